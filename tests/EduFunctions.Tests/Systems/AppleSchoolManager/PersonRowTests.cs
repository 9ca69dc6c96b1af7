using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.AppleSchoolManager;

/// <summary>students.csv and staff.csv.</summary>
[Collection(TargetTests.Name)]
public sealed class PersonRowTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Theory]
    [InlineData("Bo \"Bosse\"", "Bo ’Bosse’")]
    [InlineData("O'Prov", "O'Prov")]
    [InlineData("Back\\slash", "Back/slash")]
    [InlineData("Ta\tb\r\nbo", "Ta b bo")]
    [InlineData("von\u00A0Prov", "von Prov")]
    [InlineData("thin\u2009and\u3000wide", "thin and wide")]
    [InlineData("  von \u00A0 Prov  ", "von Prov")]
    [InlineData("Prov, d.y.", "Prov, d.y.")]
    [InlineData("a;b", "a;b")]
    [InlineData("Åäöé 李", "Åäöé 李")]
    public async Task Names_are_normalised(string name, string written)
    {
        _school.Unit("north");
        _school.Student("alva", "north")["familyName"] = name;
        _school.Employee("hugo")["givenName"] = name;
        _school.Duty("hugo's", "hugo", "north");

        var zip = await (await NightAsync()).AppleAsync();

        Assert.Equal([written], zip.Column("students.csv", "last_name"));
        Assert.Equal([written], zip.Column("staff.csv", "first_name"));
        Assert.Empty(AppleRules.Broken(zip));
    }

    [Fact]
    public async Task Every_column_is_normalised()
    {
        _school.Unit("north")["displayName"] = "Norra\u00A0\"skolan\"";
        var alva = _school.Student("alva", "north");
        (alva["middleName"], alva["eduPersonPrincipalNames"]) = ("a\\b", new JsonArray("alva\t@id.example"));
        alva["emails"]![0]!["value"] = " alva@elev.example ";
        _school.Group("7a", "north")["displayName"] = "7\n\nA";

        var zip = await (await NightAsync()).AppleAsync();

        Assert.Equal(["Norra ’skolan’"], zip.Column("locations.csv", "location_name"));
        var row = Assert.Single(zip.Rows("students.csv"));
        Assert.Equal(("a/b", "alva@elev.example", "alva @id.example"), (row["middle_name"], row["email_address"], row["sis_username"]));
        Assert.Equal(["7 A"], zip.Column("classes.csv", "class_number"));
    }

    /// <summary>Apple takes 999 locations of a person: the next one is left out and told.</summary>
    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    public async Task A_person_has_as_many_locations_as_Apple_takes(int units, bool isTold)
    {
        _school.Employee("hugo");
        foreach (var unit in Enumerable.Range(0, units).Select(number => $"u{number}"))
        {
            _school.Unit(unit);
            _school.Duty($"{unit}'s", "hugo", unit);
        }

        var night = await NightAsync();

        var row = Assert.Single((await night.AppleAsync()).Rows("staff.csv"));
        Assert.Equal(999, row.Count(column => column.Key.StartsWith("location_id", StringComparison.Ordinal) && column.Value.Length > 0));
        Assert.Equal(isTold, night.Run.Findings.Any(finding => finding.Code == "apple.tooManyLocations"));
    }

    [Fact]
    public async Task Exactly_the_values_with_a_space_comma_or_semicolon_are_quoted()
    {
        _school.Unit("north")["displayName"] = "a;b";
        var alva = _school.Student("alva", "north");
        (alva["givenName"], alva["middleName"], alva["familyName"]) = ("Alva-Ella", "von Prov", "Prov,d.y.");

        var zip = await (await NightAsync()).AppleAsync();

        Assert.Contains($"\n{Ids.Of("north")},\"a;b\"\n", zip.Files["locations.csv"], StringComparison.Ordinal);
        Assert.Contains(
            $"\n{Ids.Of("alva")},,Alva-Ella,\"von Prov\",\"Prov,d.y.\",7,alva@elev.example,alva@id.example,,{Ids.Of("north")}\n",
            zip.Files["students.csv"],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("givenName", null)]
    [InlineData("familyName", null)]
    [InlineData("givenName", "")]
    [InlineData("familyName", " \u00A0\t")]
    public async Task Who_has_no_first_or_last_name_is_left_out_with_a_finding(string name, string? value)
    {
        _school.Unit("north");
        _school.Student("alva", "north")[name] = value;
        _school.Employee("hugo")[name] = value;
        _school.Duty("hugo's", "hugo", "north");
        _school.Student("bo", "north");
        _school.Group("7a", "north", "Klass", "alva", "bo");
        _school.Activity("class hour", "north", "7a", null, "hugo's");

        var night = await NightAsync();

        var zip = await night.AppleAsync();
        Assert.Equal([Ids.Of("bo")], zip.Column("students.csv", "person_id"));
        Assert.Empty(zip.Rows("staff.csv"));
        Assert.Equal([Ids.Of("bo")], zip.Column("rosters.csv", "student_id"));
        Assert.Equal([""], zip.Column("classes.csv", "instructor_id"));
        Assert.Equal(2, night.Run.Findings.Single(finding => finding.Code == "apple.nameMissing").Count);
        Assert.Equal((2, 1), (night.Run.Counts!.Students, night.Run.Counts.Staff));
        Assert.False((await night.ExplainAsync(Ids.Of("alva")))!.Feeds["apple"].Included);
    }

    [Fact]
    public async Task Who_is_both_student_and_staff_is_staff_only_with_a_finding()
    {
        _school.Unit("north");
        Both("alva");
        _school.Group("7a", "north", "Klass", "alva");
        _school.Activity("class hour", "north", "7a", null, "alva's");

        var night = await NightAsync();

        var zip = await night.AppleAsync();
        Assert.Empty(zip.Rows("students.csv"));
        Assert.Equal([Ids.Of("alva")], zip.Column("staff.csv", "person_id"));
        Assert.Empty(zip.Rows("rosters.csv"));
        Assert.Equal([Ids.Of("alva")], zip.Column("classes.csv", "instructor_id"));
        Assert.Equal([Ids.Of("alva")], night.Run.Findings.Single(finding => finding.Code == "apple.staffBeforeStudent").Sample);
    }

    [Fact]
    public async Task Staff_wins_before_the_email_is_asked_for()
    {
        _school.Unit("north");
        Both("alva");

        var zip = await (await NightAsync("emailRequired", true)).AppleAsync();

        Assert.Empty(zip.Rows("students.csv"));
        Assert.Empty(zip.Rows("staff.csv"));
    }

    [Fact]
    public async Task Whoever_lacks_the_email_of_the_role_is_left_out_where_it_is_required()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("bo", "north")["emails"] = new JsonArray();
        _school.Student("cleo", "north")["emails"]![0]!["type"] = "Privat";
        _school.Employee("hugo")["emails"] = null;
        _school.Duty("hugo's", "hugo", "north");

        var required = await NightAsync("emailRequired", true);
        var usual = await NightAsync();

        Assert.Equal([Ids.Of("alva")], (await required.AppleAsync()).Column("students.csv", "person_id"));
        Assert.Empty((await required.AppleAsync()).Rows("staff.csv"));
        Assert.Equal(3, required.Run.Findings.Single(finding => finding.Code == "apple.emailMissing").Count);
        Assert.Equal((3, 1), ((await usual.AppleAsync()).Rows("students.csv").Count, (await usual.AppleAsync()).Rows("staff.csv").Count));
    }

    [Fact]
    public async Task The_first_of_several_emails_and_user_names_counts()
    {
        _school.Unit("north");
        var alva = _school.Student("alva", "north");
        alva["emails"] = new JsonArray(
            Email("p@example", "Privat"), Email("first@example", "Skola elev"), Email("second@example", "Skola elev"));
        alva["eduPersonPrincipalNames"] = new JsonArray("one@id.example", "two@id.example");

        var row = Assert.Single((await (await NightAsync()).AppleAsync()).Rows("students.csv"));

        Assert.Equal(("first@example", "one@id.example"), (row["email_address"], row["sis_username"]));
    }

    [Fact]
    public async Task The_grade_is_that_of_the_passing_enrolment_that_started_last_and_has_one()
    {
        _school.Unit("north");
        _school.Student("alva", "north", 6)["enrolments"] = new JsonArray(
            Enrolment("north", 6, -300), Enrolment("north", 7, -100), Enrolment("north", null, -50), Enrolment("north", 8, 100));

        var zip = await (await NightAsync()).AppleAsync();

        Assert.Equal(["7"], zip.Column("students.csv", "grade_level"));
    }

    [Fact]
    public async Task Of_enrolments_that_started_together_the_lowest_unit_and_then_the_higher_year_gives_the_grade()
    {
        string[] units = [.. new[] { "north", "south" }.OrderBy(Ids.Of, StringComparer.Ordinal)];
        _school.Unit("north");
        _school.Unit("south");
        _school.Student("alva", "north")["enrolments"] = new JsonArray(
            Enrolment(units[1], 9, -100), Enrolment(units[0], 3, -100), Enrolment(units[0], 4, -100));

        var zip = await (await NightAsync()).AppleAsync();

        Assert.Equal(["4"], zip.Column("students.csv", "grade_level"));
    }

    [Fact]
    public async Task A_year_of_nought_is_a_grade_and_a_placement_has_none()
    {
        _school.Unit("north");
        _school.Student("alva", "north", 0, "FKLASS");
        _school.Student("ebba", null);
        _school.Placement("ebba's", "ebba", "north");

        var rows = (await (await NightAsync("passwordPolicy", new JsonObject { ["0"] = "4" })).AppleAsync()).Rows("students.csv");

        Assert.Equal(("0", "4"), Of("alva"));
        Assert.Equal(("", ""), Of("ebba"));

        (string Grade, string Policy) Of(string label)
        {
            var row = rows.Single(row => row["person_id"] == Ids.Of(label));
            return (row["grade_level"], row["password_policy"]);
        }
    }

    [Fact]
    public async Task Locations_stand_earliest_start_first_and_each_once()
    {
        _school.Unit("north");
        _school.Unit("south");
        _school.Unit("east");
        _school.Student("alva", "north")["enrolments"] = new JsonArray(
            Enrolment("north", 7, -100), Enrolment("south", 7, -200), Enrolment("north", 7, -300), Enrolment("nowhere", 7, -400));
        _school.Placement("place", "alva", "east")["startDate"] = _school.Day(-250);
        _school.Student("bo", "east");

        var zip = await (await NightAsync()).AppleAsync();

        var header = zip.Files["students.csv"].Split('\n')[0];
        Assert.EndsWith(",location_id,location_id_2,location_id_3", header, StringComparison.Ordinal);
        var row = zip.Rows("students.csv").Single(row => row["person_id"] == Ids.Of("alva"));
        Assert.Equal(
            (Ids.Of("north"), Ids.Of("east"), Ids.Of("south")), (row["location_id"], row["location_id_2"], row["location_id_3"]));
        Assert.EndsWith(",location_id\n", zip.Files["staff.csv"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locations_that_started_together_stand_in_the_order_of_their_ids()
    {
        string[] units = ["a", "b", "c", "d", "e"];
        foreach (var unit in units)
        {
            _school.Unit(unit);
        }

        _school.Employee("hugo");
        foreach (var unit in units)
        {
            _school.Duty($"at {unit}", "hugo", unit);
        }

        var zip = await (await NightAsync()).AppleAsync();

        var row = Assert.Single(zip.Rows("staff.csv"));
        var locations = row.Where(cell => cell.Key.StartsWith("location_id", StringComparison.Ordinal)).Select(cell => cell.Value);
        Assert.Equal(units.Select(Ids.Of).Order(StringComparer.Ordinal), locations);
    }

    [Fact]
    public async Task A_civic_number_is_written_without_hyphen_and_only_where_the_tenant_may_hand_it_on()
    {
        _school.Unit("north");
        _school.Student("alva", "north")["civicNo"] = new JsonObject { ["value"] = "20130101-TF01", ["nationality"] = "SE" };

        var usual = await NightAsync();
        var refused = await NightAsync("personNumber", "civicNo");
        var allowed = await azurite.Night(_school)
            .With("privacy.includeCivicNumber", true)
            .WithApple("personNumber", "civicNo")
            .Dry()
            .RunAsync();

        Assert.Equal([""], (await usual.AppleAsync()).Column("students.csv", "person_number"));
        Assert.Contains("personNumber", refused.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(["20130101TF01"], (await allowed.AppleAsync()).Column("students.csv", "person_number"));
    }

    private void Both(string label)
    {
        _school.Student(label, "north");
        _school.Duty($"{label}'s", label, "north");
    }

    private JsonObject Enrolment(string unit, int? year, int start)
    {
        var enrolment = _school.Enrolment(unit, year ?? 0);
        enrolment["startDate"] = _school.Day(start);
        if (year is null)
        {
            enrolment.Remove("schoolYear");
        }

        return enrolment;
    }

    private static JsonObject Email(string value, string type) => new() { ["value"] = value, ["type"] = type };

    private Task<NightResult> NightAsync(string? setting = null, JsonNode? value = null)
    {
        var night = azurite.Night(_school).Dry();
        return (setting is null ? night : night.WithApple(setting, value)).RunAsync();
    }
}
