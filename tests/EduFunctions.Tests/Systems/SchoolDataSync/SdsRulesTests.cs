using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.SchoolDataSync;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.OneRoster.Feed;
using EduFunctions.Tests.Systems.Unilogin.Import;
using Xunit;

namespace EduFunctions.Tests.Systems.SchoolDataSync;

/// <summary>Whatever a register says, School Data Sync would take the files; whoever cannot be in them is named.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class SdsRulesTests
{
    [Theory]
    [InlineData(41, 400, "{}")]
    [InlineData(42, 1500, """{"guardians": true}""")]
    [InlineData(43, 900, """{"groupTypes": ["Klass", "Mentor"], "username": "email", "guardians": true, "classTitle": "{school} {group}"}""")]
    public async Task A_checker_of_the_vendor_s_rules_finds_nothing_in_the_files_of_any_world(int seed, int persons, string settings)
    {
        var world = new SchoolWorld(new WorldOptions { Seed = seed, Persons = persons, Today = Night.Today });

        using var night = await PaperNight.RunAsync(world, PaperFeeds.SchoolDataSync(JsonNode.Parse(settings)!.AsObject()));

        var zip = night.Bytes("sds.zip");
        Assert.Empty(night.Errors);
        Assert.Empty(night.Leaks);
        Assert.Empty(SdsRules.Broken(zip));
        Assert.Equal(settings.Contains("guardians", StringComparison.Ordinal) ? 8 : 7, FormRules.Files(zip).Count);
        Assert.All(FormRules.Files(zip).Values, rows => Assert.True(rows.Count > 1));
    }

    [Fact]
    public async Task Without_a_zip_the_same_files_go_each_for_itself()
    {
        using var zipped = await PaperNight.RunAsync(PlainTown.Make().Data, PaperFeeds.SchoolDataSync());
        using var single = await PaperNight.RunAsync(PlainTown.Make().Data, PaperFeeds.SchoolDataSync(new() { ["zip"] = false }));

        Assert.Empty(single.Errors);
        Assert.Equal(FormRules.Files(zipped.Bytes("sds.zip")).Keys, single.Files.Names);
        Assert.StartsWith("sourcedId,username,givenName,familyName,email\r\n", single.Text("users.csv"));
    }

    [Fact]
    public async Task Whoever_cannot_be_in_the_files_is_named()
    {
        var school = DanishSchool.With("alva", "bo", "cia", "dan", "eva");
        school.Person("alva").Remove("eduPersonPrincipalNames");
        school.Person("bo")["eduPersonPrincipalNames"] = new JsonArray("bo åberg@id.example");
        school.Person("cia")["eduPersonPrincipalNames"] = new JsonArray("DAN@id.example");
        school.Person("eva")["familyName"] = new string('x', 65);
        school.Guardian("gun", "dan").Remove("emails");
        school.Guardian("hans", "sif");
        school.Person("sif")["emails"]![0]!["value"] = "nobody";

        using var night = await PaperNight.RunAsync(school.Builder.Data, PaperFeeds.SchoolDataSync(new() { ["guardians"] = true }));

        Assert.Equal([Ids.Of("alva")], night.Found("schoolDataSync.userNameMissing"));
        Assert.Equal([Ids.Of("bo")], night.Found("schoolDataSync.userNameRefused"));
        Assert.Single(night.Found("schoolDataSync.userNameTaken"));
        Assert.Equal([Ids.Of("eva")], night.Found("schoolDataSync.tooLong"));
        Assert.Equal([Ids.Of("sif")], night.Found("schoolDataSync.emailRefused"));
        Assert.Equal((false, true, true), (night.Has("alva"), night.Has("hans"), night.Has("sif")));
        Assert.Empty(SdsRules.Broken(night.Bytes("sds.zip")));
    }

    [Fact]
    public async Task A_login_without_a_domain_gets_the_one_of_the_tenant_file()
    {
        var school = DanishSchool.With("alva");
        school.Person("alva")["eduPersonPrincipalNames"] = new JsonArray("alva01");

        using var night = await PaperNight.RunAsync(school.Builder.Data, PaperFeeds.SchoolDataSync(new() { ["domain"] = "skole.example" }));

        Assert.Contains(FormRules.Files(night.Bytes("sds.zip"))["users.csv"], row => row[1] == "alva01@skole.example");
    }

    [Fact]
    public async Task A_new_syllabus_makes_a_new_class()
    {
        var (one, two) = (Town("maths"), Town("maths", "physics"));

        using var before = await PaperNight.RunAsync(one.Data, PaperFeeds.SchoolDataSync());
        using var after = await PaperNight.RunAsync(two.Data, PaperFeeds.SchoolDataSync());
        using var other = await PaperNight.RunAsync(Town("physics").Data, PaperFeeds.SchoolDataSync());

        Assert.Single(Classes(before));
        Assert.Equal(2, Classes(after).Count);
        Assert.Subset(Classes(after), Classes(before));
        Assert.Equal(Classes(after).Except(Classes(before)).Single(), Classes(other).Single());
        Assert.Equal(["north 7 Maths", "north 7 Physics"], FormRules.Files(after.Bytes("sds.zip"))["classes.csv"].Skip(1).Select(row => row[2]).Order(), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_learns_and_teaches_in_one_class_stands_there_once()
    {
        var town = PlainTown.Make();
        town.Duty("pupil's duty", "north-7-1", "north");
        town.Activity("tutoring", "north", "north-7", null, "pupil's duty");

        using var night = await PaperNight.RunAsync(town.Data, PaperFeeds.SchoolDataSync());

        var rows = FormRules.Files(night.Bytes("sds.zip"))["enrollments.csv"].Where(row => row[1] == Ids.Of("north-7-1"));
        Assert.Equal("teacher", Assert.Single(rows)[2]);
    }

    [Theory]
    [InlineData("sourcedId,username", "sourcedId,userName")]
    [InlineData(",teacher\r\n", ",wizard\r\n")]
    [InlineData("@id.example", "")]
    [InlineData(",school\r\n", ",School of\r\n")]
    public async Task What_breaks_the_rules_is_found_by_both_checks(string was, string becomes)
    {
        using var night = await PaperNight.RunAsync(PlainTown.Make().Data, PaperFeeds.SchoolDataSync());

        var broken = Broken.Zip(night.Bytes("sds.zip"), text => text.Replace(was, becomes, StringComparison.Ordinal));

        using var files = new FeedFiles();
        files.Create("sds.zip").Write(broken);
        Assert.NotEmpty(SdsRules.Broken(broken));
        Assert.NotEmpty(new SdsFeed().Check(files, new SdsSettings()));
    }

    private static SchoolBuilder Town(params string[] syllabuses)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Student("alva", "north");
        school.Employee("hugo");
        school.Duty("hugo's", "hugo", "north");
        school.Group("north 7", "north", "Undervisning", "alva");
        foreach (var syllabus in syllabuses)
        {
            school.Syllabus(syllabus, subjectName: syllabus);
            school.Activity($"{syllabus} hours", "north", "north 7", syllabus, "hugo's");
        }

        return school;
    }

    private static HashSet<string> Classes(PaperNight night) => [.. FormRules.Files(night.Bytes("sds.zip"))["classes.csv"].Skip(1).Select(row => row[0])];
}
