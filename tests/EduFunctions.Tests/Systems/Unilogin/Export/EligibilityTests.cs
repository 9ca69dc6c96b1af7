using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;
using static EduFunctions.Tests.Systems.Unilogin.Export.DanishNight;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>The rules for Unilogin, each from a document to the files for Apple.</summary>
[Collection(SourceTests.Name)]
public sealed class EligibilityTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_school_becomes_location_class_and_people_under_its_own_ids()
    {
        var school = School();
        school.Groups.Add(new DanishGroup("MAT", "Hold") { Name = "Matematik" });
        school.Members.Add(new DanishMember(Person("elev0001")) { Student = new DanishStudent("7", "7A") { Groups = ["MAT"] } });

        var zip = await (await azurite.Danish(school).Dry().RunAsync()).AppleAsync();

        Assert.Equal(["999001"], zip.Column("locations.csv", "location_id"));
        Assert.Equal(["999001-7A", "999001-MAT"], zip.Column("classes.csv", "class_id"));
        Assert.Equal(["laer0001", ""], zip.Column("classes.csv", "instructor_id"));
        Assert.Equal(["Klass", "Undervisning"], zip.Column("courses.csv", "course_name").Order());
        var student = Assert.Single(zip.Rows("students.csv"));
        Assert.Equal(
            ("elev0001", "Fornavnelev0001", "7", "elev0001@skole.example", "999001"),
            (student["person_id"], student["first_name"], student["grade_level"], student["email_address"], student["location_id"]));
        Assert.Equal(["laer0001"], zip.Column("staff.csv", "person_id"));
        Assert.Equal(["999001-7A", "999001-MAT"], zip.Column("rosters.csv", "class_id").Order());
    }

    [Fact]
    public async Task Whoever_is_protected_in_any_place_is_in_no_role_anywhere()
    {
        var (first, second) = (School(), School("999002"));
        first.Members.Add(Pupil("elev0001"));
        first.Members.Add(Pupil("elev0002", new DanishContact(Person("elev0003") with { Protected = "true" }, "Andet")));
        second.Members.Add(Pupil("elev0003"));
        second.Members.Add(Pupil(Person("elev0004") with { Protected = null }));

        var night = await azurite.Danish(first, second).Dry().RunAsync();

        Assert.Equal(["elev0001", "elev0002"], (await night.AppleAsync()).Column("students.csv", "person_id"));
        Assert.Equal(["student False: person.protected", "guardian False: person.protected"], await night.ReasonsAsync("elev0003"));
        Assert.Equal(["student False: person.markingUnknown"], await night.ReasonsAsync("elev0004"));
    }

    [Fact]
    public async Task Students_abroad_are_left_out_and_staff_abroad_are_not()
    {
        var school = School();
        school.Members.Add(Pupil(Person("elev0001") with { Country = "SE" }));
        school.Members.Add(Pupil(Person("elev0002") with { Country = null }));
        school.Members.Add(new DanishMember(Person("laer0002") with { Country = "SE" }) { Employee = new DanishEmployee("Lærer") });

        var night = await azurite.Danish(school).Dry().RunAsync();

        Assert.Equal(["student False: person.abroad"], await night.ReasonsAsync("elev0001"));
        Assert.Equal(["student True: "], await night.ReasonsAsync("elev0002"));
        Assert.Equal(["staff True: "], await night.ReasonsAsync("laer0002"));
    }

    [Fact]
    public async Task Other_groups_are_taken_when_the_tenant_lists_them_and_none_that_is_over()
    {
        var school = School();
        school.Groups.Add(new DanishGroup("TEAM", "Team"));
        school.Groups.Add(new DanishGroup("SFO", "SFO"));
        school.Groups.Add(new DanishGroup("OVER", "Hold") { To = "2026-08-18" });
        school.Groups.Add(new DanishGroup("SOON", "Hold") { From = "2026-09-14" });
        school.Groups.Add(new DanishGroup("LATE", "Hold") { From = "2026-09-15" });

        var night = await azurite.Danish(school)
            .With("eligibility.groupTypes", new JsonArray("Team"))
            .WithApple("groupTypes", new JsonArray("Klass", "Undervisning", "Team"))
            .Dry().RunAsync();

        Assert.Equal(["999001-7A", "999001-SOON", "999001-TEAM"], (await night.AppleAsync()).Column("classes.csv", "class_id"));
        Assert.Equal(("group.dates", 2), Assert.Single(night.Run.Exclusions!, code => code.Key == "group.dates").Pair());
        Assert.Equal(1, night.Run.Exclusions!["group.type"]);
    }

    [Theory]
    [InlineData(false, "staff False: person.extern", 1)]
    [InlineData(true, "staff True: ", 2)]
    public async Task Externs_are_staff_when_the_tenant_wants_them(bool included, string told, int staff)
    {
        var school = School();
        school.Members.Add(new DanishMember(Person("gaes0001")) { Extern = new DanishExtern("Praktikant") { Groups = ["7A"] } });

        var night = await azurite.Danish(school).With("eligibility.includeExtern", included).Dry().RunAsync();

        Assert.Equal([told], await night.ReasonsAsync("gaes0001"));
        Assert.Equal(staff, night.Run.Counts!.Staff);
        Assert.All((await night.ExplainAsync("gaes0001"))!.Roles.SelectMany(role => role.Reasons), reason => Assert.Equal("gaes0001", reason.Entity));
    }

    [Fact]
    public async Task Parents_with_custody_of_a_student_are_guardians_and_others_when_listed()
    {
        var school = School();
        school.Members.Add(Pupil(
            "elev0001",
            new DanishContact(Person("mor00001"), "Mor"), new DanishContact(Person("far00001"), "Far", "false"),
            new DanishContact(Person("offi0001"), "Officielt tilknyttet person", "false"), new DanishContact(new DanishPerson(null, "Uden", "Bruger"), "Andet")));
        school.Members.Add(Pupil(
            Person("elev0002") with { Country = "SE" }, new DanishContact(Person("mor00002"), "Mor"), new DanishContact(Person("far00002"), "Far", "0"),
            new DanishContact(Person("far00001"), "Far")));

        var night = await azurite.Danish(school).With("eligibility.contactRelations", new JsonArray("Officielt tilknyttet person")).Dry().RunAsync();

        Assert.Equal(["guardian True: "], await night.ReasonsAsync("mor00001"));
        Assert.Equal(["guardian True: "], await night.ReasonsAsync("offi0001"));
        Assert.Equal(["guardian False: guardian.custody"], await night.ReasonsAsync("far00001"));
        Assert.Equal(["guardian False: guardian.noStudent"], await night.ReasonsAsync("mor00002"));
        Assert.Equal(["guardian False: guardian.noStudent, guardian.custody"], await night.ReasonsAsync("far00002"));
        Assert.Equal(2, night.Run.Counts!.Guardians);
        Assert.Equal(1, night.Run.Findings!.Single(finding => finding.Code == FindingCodes.IdMissing).Count);
    }

    [Fact]
    public async Task One_user_id_is_one_person_in_all_institutions()
    {
        var (first, second) = (School(), School("A99002"));
        first.Members.Add(Pupil("elev0001", new DanishContact(Person("laer0002") with { Email = "hjem@privat.example" }, "Mor")));
        second.Members.Add(Pupil("elev0001"));
        second.Members.Add(new DanishMember(Person("laer0002")) { Employee = new DanishEmployee("Leder", "Lærer") { Groups = ["7A"] } });

        var night = await azurite.Danish(first, second).Dry().RunAsync();

        var zip = await night.AppleAsync();
        var student = Assert.Single(zip.Rows("students.csv"));
        Assert.Equal(("999001", "A99002"), (student["location_id"], student["location_id_2"]));
        Assert.Equal(["staff True: ", "guardian True: "], await night.ReasonsAsync("laer0002"));
        Assert.Equal("laer0002@skole.example", zip.Rows("staff.csv").Single(row => row["person_id"] == "laer0002")["email_address"]);
        Assert.Equal(["laer0001", "laer0001"], zip.Column("classes.csv", "instructor_id"));
        Assert.Equal(["", "laer0002"], zip.Column("classes.csv", "instructor_id_2"));
    }

    [Fact]
    public async Task The_import_of_the_latest_school_year_counts()
    {
        var school = School();
        school.Imports.Add(new DanishImport("manuel", "2025-2026"));
        school.Groups.Add(new DanishGroup("6A", "Hovedgruppe"));
        school.Members.Add(Pupil("elev0001"));
        school.Members.Add(new DanishMember(Person("elev0001")) { Source = "manuel", Student = new DanishStudent("6", "6A") });
        school.Members.Add(new DanishMember(Person("elev0002")) { Source = "manuel", Student = new DanishStudent("6", "6A") });
        school.Members.Add(new DanishMember(Person("elev0003")) { Source = "ukendt", Student = new DanishStudent("7", "7A") { Groups = ["INGEN"] } });

        var night = await azurite.Danish(school).Dry().RunAsync();

        var zip = await night.AppleAsync();
        Assert.Equal(["7", "6", "7"], zip.Column("students.csv", "grade_level"));
        Assert.Equal(
            ["999001-6A elev0002", "999001-7A elev0001", "999001-7A elev0003"],
            zip.Rows("rosters.csv").Select(row => $"{row["class_id"]} {row["student_id"]}").Order());
        Assert.Equal(["elev0001", "elev0002"], Sample(night, ExportFindings.SchoolYearOutdated));
        Assert.Equal(["elev0003"], Sample(night, ExportFindings.SourceUndeclared));
        Assert.Equal(["elev0003"], Sample(night, ExportFindings.GroupUndeclared));
    }

    [Fact]
    public async Task Ids_of_any_length_and_alphabet_reach_the_feed_sorted()
    {
        var school = School();
        foreach (var id in new[] { "hold-matematik-og-naturfag-7-og-8-klasse", "hold-matematik-og-naturfag-7", "7.B blå", "7" })
        {
            school.Groups.Add(new DanishGroup(id, "Hold"));
        }

        school.Members.Add(new DanishMember(Person("elev0001")) { Student = new DanishStudent("7", "7A") { Groups = [.. school.Groups.Select(group => group.Id)] } });
        school.Members.Add(Pupil("meget.langt_bruger-id-0001"));

        var night = await azurite.Danish(school).RunAsync();

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        var classes = (await night.AppleAsync()).Column("classes.csv", "class_id");
        Assert.Equal(classes.Order(StringComparer.Ordinal), classes);
        Assert.Equal(
            ["999001-7", "999001-7A", "999001-hold-matematik-og-naturfag-7", "999001-hold-matematik-og-naturfag-7-og-8-klasse"],
            classes.Where(id => id.StartsWith("999001-", StringComparison.Ordinal)));
        Assert.Equal(5, classes.Count);
        Assert.Contains("999001-7.B blå", (await night.ExplainAsync("elev0001"))!.Sections);
        Assert.Equal(["meget.langt_bruger-id-0001"], Sample(night, "apple.idRefused"));
    }

    [Theory]
    [InlineData(ExportPackage.Lille)]
    [InlineData(ExportPackage.Mellem)]
    public async Task A_package_that_marks_nobody_holds_the_run_unless_the_tenant_accepts_it(ExportPackage package)
    {
        var school = School();
        school.Members.Add(Pupil("elev0001"));
        var format = new ExportFormat(7, package);

        var held = await azurite.Danish(format, school).Dry().RunAsync();
        var accepted = await azurite.Danish(format, school).With("eligibility.acceptUnmarkedProtection", true).Dry().RunAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("fuld", held.Run.StateReason);
        Assert.Equal(["elev0001"], (await accepted.AppleAsync()).Column("students.csv", "person_id"));
    }

    [Theory]
    [InlineData(6, ExportPackage.Fuld)]
    [InlineData(7, ExportPackage.Fuld)]
    [InlineData(6, ExportPackage.FuldMyndighed)]
    [InlineData(7, ExportPackage.FuldMyndighed)]
    public async Task Both_versions_come_to_the_same(int version, ExportPackage package)
    {
        var school = School();
        school.Members.Add(Pupil("elev0001", new DanishContact(Person("mor00001") with { Protected = "true", AliasFirstName = "Dæk", AliasFamilyName = "Navn" }, "Mor")));
        school.Members.Add(Pupil(Person("elev0002") with { Protected = "true", AliasFirstName = "Dæk", AliasFamilyName = "Navn", CivicNumber = "7102130006" }));

        var expected = await (await azurite.Danish(school).Dry().RunAsync()).AppleAsync();
        var night = await azurite.Danish(new ExportFormat(version, package), school).With("privacy.includeCivicNumber", true).Dry().RunAsync();

        Assert.Equal(expected.Bytes, (await night.AppleAsync()).Bytes);
        Assert.Equal(["guardian False: person.protected"], await night.ReasonsAsync("mor00001"));
    }


    private static List<string> Sample(NightResult night, string code) =>
        night.Run.Findings!.Where(finding => finding.Code == code).SelectMany(finding => finding.Sample).ToList();
}

internal static class Told
{
    /// <summary>A person's roles with all reasons, by id.</summary>
    public static async Task<IEnumerable<string>> ReasonsAsync(this NightResult night, string person) =>
        (await night.ExplainAsync(person))!.Roles.Select(role =>
            $"{role.Role.ToString().ToLowerInvariant()} {role.Eligible}: {string.Join(", ", role.Reasons.Select(reason => reason.Code))}");

    public static (string, int) Pair(this KeyValuePair<string, int> entry) => (entry.Key, entry.Value);
}
