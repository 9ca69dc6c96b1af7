using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

[Collection(AzuriteTests.Name)]
public sealed class FindingReportTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Each_school_finds_what_it_can_correct_under_its_own_name()
    {
        var school = TwoSchools();
        school.Student("nameless", "berget")["familyName"] = "";
        school.Student("undated", "dalen")["enrolments"]![0]!["startDate"] = "next week";
        school.Group("7a", "dalen", "Klass", "stranger");

        var report = await ReportAsync(school);

        var (berget, dalen) = (Of(report, "berget"), Of(report, "dalen"));
        Assert.Equal("Berget", (string?)berget["name"]);
        Assert.Equal(["apple.nameMissing", "name.missing"], Codes(berget));
        Assert.Equal(["date.invalid", "reference.dangling", "value.notUnderstood"], Codes(dalen));
        Assert.Equal(Ids.Of("undated"), (string?)dalen["findings"]![0]!["entities"]![0]!["id"]);
        var reference = dalen["findings"]![1]!["entities"]![0]!;
        Assert.Equal(("group", Ids.Of("7a"), Ids.Of("stranger")), ((string)reference["kind"]!, (string)reference["id"]!, (string)reference["refersTo"]!));
        Assert.Equal("groupMemberships.person", (string?)reference["property"]);
        Assert.All(dalen["findings"]!.AsArray(), finding => Assert.NotEmpty((string)finding!["correct"]!));
    }

    [Fact]
    public async Task A_finding_says_in_which_field_it_stands_as_the_standard_calls_it()
    {
        var school = TwoSchools();
        school.Student("odd", "berget")["enrolments"]![0]!["schoolType"] = "Grundis";
        var bare = school.Student("bare", "dalen")["enrolments"]![0]!.AsObject();
        bare.Remove("schoolType");
        school.Employee("lärare");
        school.Duty("tjänst", "lärare", "dalen")["dutyRole"] = "Trollkarl";

        var report = await ReportAsync(school);

        Assert.Equal(["person enrolments.schoolType"], Fields(Of(report, "berget"), "value.unknown"));
        Assert.Equal(["duty dutyRole"], Fields(Of(report, "dalen"), "value.unknown"));
        Assert.Equal(["person enrolments.schoolType"], Fields(Of(report, "dalen"), "attribute.missing"));
    }

    [Fact]
    public async Task A_protected_person_is_counted_and_not_named()
    {
        var school = TwoSchools();
        var hidden = school.Student("hidden", "berget");
        hidden["familyName"] = "";
        hidden["securityMarking"] = "Sekretessmarkering";

        var report = await ReportAsync(school);

        var finding = Of(report, "berget")["findings"]![0]!;
        Assert.Equal(1, (int)finding["count"]!);
        Assert.Empty(finding["entities"]!.AsArray());
        Assert.DoesNotContain(Ids.Of("hidden"), report.ToJsonString());
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("da")]
    [InlineData("en")]
    public async Task The_advice_is_in_the_tenants_language(string language)
    {
        var school = TwoSchools();
        school.Student("nameless", "berget")["familyName"] = "";
        school.Student("undated", "dalen")["enrolments"]![0]!["startDate"] = "next week";

        var schools = (await ReportAsync(school, language))["schools"]!.ToJsonString(Serialization.Indented) + "\n";

        Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Ledgers/Golden/findings.{language}.json", schools), schools);
    }

    private static SchoolBuilder TwoSchools()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Unit("dalen");
        school.Student("vilda", "berget");
        return school;
    }

    private async Task<JsonNode> ReportAsync(SchoolBuilder school, string language = "en")
    {
        var night = await azurite.Night(school).With("language", language).Dry().RunAsync();
        var blob = await azurite.Blobs.ReadAsync("rosters", $"{night.Run.Tenant}/{night.Run.Run}/findings.json", CancellationToken.None);
        return JsonNode.Parse(blob!.Content)!;
    }

    private static JsonNode Of(JsonNode report, string unit) => report["schools"]!.AsArray().Single(school => (string?)school!["unit"] == Ids.Of(unit))!;

    private static IEnumerable<string> Fields(JsonNode school, string code) =>
        from finding in school["findings"]!.AsArray()
        where (string?)finding!["code"] == code
        from entity in finding["entities"]!.AsArray()
        select $"{entity!["kind"]} {entity["property"]}";

    private static IEnumerable<string> Codes(JsonNode school) => school["findings"]!.AsArray().Select(finding => (string)finding!["code"]!);
}
