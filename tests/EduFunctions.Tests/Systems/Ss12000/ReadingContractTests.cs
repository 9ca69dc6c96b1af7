using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Read, absent or not understood: the third is never taken for the second.</summary>
[Collection(SourceTests.Name)]
public sealed class ReadingContractTests(AzuriteFixture azurite)
{
    public static TheoryData<string, string, string, string> Misreadings => new()
    {
        { "persons", "enrolments", "{}", "enrolments" },
        { "persons", "enrolments", "\"none\"", "enrolments" },
        { "persons", "enrolments", "[7]", "enrolments" },
        { "persons", "enrolments.0.startDate", "\"1 aug 2026\"", "enrolments.startDate" },
        { "persons", "enrolments.0.startDate", "20260801", "enrolments.startDate" },
        { "persons", "enrolments.0.endDate", "\"2026-13-01\"", "enrolments.endDate" },
        { "persons", "enrolments.0.enroledAt", "\"berget\"", "enrolments.enroledAt" },
        { "persons", "enrolments.0.enroledAt", "{}", "enrolments.enroledAt" },
        { "persons", "enrolments.0.schoolYear", "\"seven\"", "enrolments.schoolYear" },
        { "persons", "enrolments.0.cancelled", "\"perhaps\"", "enrolments.cancelled" },
        { "persons", "responsibles", "7", "responsibles" },
        { "persons", "addresses.0.country", "46", "addresses.country" },
        { "persons", "givenName", "{}", "givenName" },
        { "persons", "id", "17", "id" },
        { "persons", "id", "\"\"", "id" },
        { "groups", "groupMemberships", "{}", "groupMemberships" },
        { "persons", "enrolments", "[{}]", "enrolments.enroledAt" },
        { "persons", "enrolments.0.enroledAt", "null", "enrolments.enroledAt" },
        { "persons", "enrolments.0.startDate", "null", "enrolments.startDate" },
        { "persons", "addresses.0.country", "\"Okänd\"", "addresses.country" },
        { "persons", "addresses.0.country", "\"-\"", "addresses.country" },
        { "persons", "addresses.0.country", "\"Stockholm\"", "addresses.country" },
        { "persons", "responsibles", "[{}]", "responsibles.person" },
        { "groups", "groupMemberships", "[{}]", "groupMemberships.person" },
        { "groups", "groupMemberships", """[{"personId": "x"}]""", "groupMemberships.person" },
        { "groups", "groupMemberships.0.person", "null", "groupMemberships.person" },
        { "groups", "organisation", "null", "organisation" },
        { "duties", "person", "null", "person" },
        { "duties", "dutyAt", "null", "dutyAt" },
        { "duties", "assignmentRole.0.group", "null", "assignmentRole.group" },
        { "activities", "groups", "[null]", "groups" },
        { "activities", "teachers", "[{}]", "teachers.duty" },
        { "activities", "teachers.0.duty", "null", "teachers.duty" },
        { "placements", "child", "null", "child" },
        { "placements", "placedAt", "null", "placedAt" },
        { "groups", "groupMemberships.0.person", "true", "groupMemberships.person" },
        { "groups", "groupType", "1", "groupType" },
        { "groups", "organisation", "[]", "organisation" },
        { "groups", "startDate", "\"soon\"", "startDate" },
        { "groups", "id", "{}", "id" },
        { "organisations", "organisationType", "[]", "organisationType" },
        { "organisations", "startDate", "true", "startDate" },
        { "organisations", "id", "1", "id" },
        { "duties", "person", "1", "person" },
        { "duties", "dutyAt", "\"x\"", "dutyAt" },
        { "duties", "startDate", "{}", "startDate" },
        { "duties", "assignmentRole", "{}", "assignmentRole" },
        { "duties", "id", "[]", "id" },
        { "activities", "groups", "{}", "groups" },
        { "activities", "groups.0", "7", "groups" },
        { "activities", "teachers", "\"x\"", "teachers" },
        { "activities", "syllabus", "7", "syllabus" },
        { "activities", "startDate", "0", "startDate" },
        { "syllabuses", "id", "false", "id" },
        { "placements", "child", "7", "child" },
        { "placements", "startDate", "7", "startDate" },
    };

    [Theory]
    [MemberData(nameof(Misreadings))]
    public async Task What_is_not_understood_stays_as_the_target_has_it(string collection, string path, string value, string property)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = TwoNights.Editing(collection, 0, page => Set(Row(collection, page), path, value)));

        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
        if (property.Length > 0)
        {
            nights.AssertNobodyLeft();
            var told = (await ReportAsync(night))["notUnderstood"]!.AsArray().Single()!;
            Assert.Equal((collection, 1, property), ((string?)told["collection"], (int?)told["page"], (string?)told["property"]));
            Assert.Equal(1, night.Run.Findings.Single(finding => finding.Code == "value.notUnderstood").Count);
        }
        else
        {
            Assert.DoesNotContain(night.Run.Findings, finding => finding.Code == "value.notUnderstood");
        }
    }

    [Theory]
    [InlineData("cancelled", "\"true\"", false)]
    [InlineData("cancelled", "\"FALSE\"", true)]
    [InlineData("schoolYear", "\"7\"", true)]
    [InlineData("schoolYear", "7.0", true)]
    public async Task What_means_the_same_is_taken(string property, string value, bool stays)
    {
        var town = TwoNights.Town();
        Set(town.Data["persons"].Single(person => (string?)person["givenName"] == "Elev3"), $"enrolments.0.{property}", value);

        var night = await azurite.Night(town).Dry().RunAsync();

        Assert.Equal(stays ? 15 : 14, night.Run.Counts!.Students);
        Assert.Equal(value.StartsWith('"'), night.Run.Findings.Any(finding => finding.Code == "value.asText"));
        Assert.DoesNotContain(night.Run.Findings, finding => finding.Code == "value.notUnderstood");
    }

    [Theory]
    [InlineData("T00:00:00")]
    [InlineData("T00:00:00Z")]
    [InlineData("T23:59:59.999+02:00")]
    [InlineData("+02:00")]
    [InlineData("Z")]
    public async Task Dates_may_have_times_and_zones(string suffix)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = (_, body) => Encoding.UTF8.GetBytes(
            System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(body), "(\"(?:start|end)Date\":\"[-0-9]{10})\"", $"$1{suffix}\"")));

        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
        Assert.Empty(night.Run.Findings);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task A_property_that_is_mostly_not_understood_holds_the_run()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = (request, body) => request.Collection != "persons" ? body : Encoding.UTF8.GetBytes(
            System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(body), "\"startDate\":\"([0-9]{4})-([0-9]{2})-([0-9]{2})\"", "\"startDate\":\"$3.$2.$1\"")));

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("All 14 enrolments.startDate of persons are not dates of the form yyyy-MM-dd but another text, the first on page 1", night.Run.StateReason);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task A_rule_that_all_fail_at_once_holds_the_run()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = TwoNights.Replacing("organisations", "\"Skolenhet\"", "\"Enhet\""));

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("fail the rule placement.unit", night.Run.StateReason);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task An_order_that_moves_between_two_pages_removes_nobody()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Shift = (request, start) => request is { Collection: "persons", Page: 1 } ? start - 1 : start);

        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
        Assert.Contains(night.Run.Findings, finding => finding.Code == "pull.unstable");
        Assert.Contains("persons", Assert.Single(Alarm.AllOf(night.Run), alarm => alarm.Kind == AlarmKind.Source).Text);
        Assert.Equal(2, night.Requests.Count(request => request.PathAndQuery.Contains("/persons?limit=6", StringComparison.Ordinal)
            && !request.PathAndQuery.Contains("pageToken", StringComparison.Ordinal)));
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task An_order_that_moves_once_is_pulled_once_more_and_forgotten()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits =>
            habits.Shift = (request, start) => request is { Collection: "persons", Page: 1, Attempt: 1 } ? start - 1 : start);

        Assert.DoesNotContain(night.Run.Findings, finding => finding.Code == "pull.unstable");
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("p-", "")]
    [InlineData("{", "}")]
    [InlineData(" ", " ")]
    public async Task Ids_may_be_any_text(string before, string after)
    {
        await using var nights = await TwoNights.BeginAsync(azurite, change: night => night.Behaving(habits => habits.Rewrite = Ids(before, after)));

        var night = await nights.NextAsync(habits => habits.Rewrite = Ids(before, after));

        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
        Assert.Equal((2, 15, 2, 2, 5), (night.Run.Counts!.Units, night.Run.Counts.Students, night.Run.Counts.Staff, night.Run.Counts.Guardians, night.Run.Counts.Sections));
        Assert.Empty(night.Run.Findings);
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("p-", "")]
    [InlineData("{", "}")]
    public async Task A_marking_on_a_reference_protects_by_any_id(string before, string after)
    {
        await using var nights = await TwoNights.BeginAsync(azurite, change: night => night.Behaving(habits => habits.Rewrite = Ids(before, after)));
        var town = TwoNights.Town();
        town.Data["groups"].First(group => (string?)group["groupType"] == "Klass")["groupMemberships"]![2]!["person"]!["securityMarking"] = "Sekretessmarkering";

        var night = await nights.NextAsync(habits => habits.Rewrite = Ids(before, after), town);

        Assert.Equal(14, night.Run.Counts!.Students);
        Assert.DoesNotContain(nights.Enabled(), key => key.Contains(EduFunctions.Simulators.Schools.Ids.Of("elev2"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_login_names_that_differ_in_case_only_are_one_to_Learn()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);
        var town = TwoNights.Town();
        town.Student("ny", "berget")["eduPersonPrincipalNames"] = new JsonArray("ELEV3@id.example");

        var night = await nights.NextAsync(_ => { }, town);

        Assert.Equal(1, night.Run.Findings.Single(finding => finding.Code == "blackboard.userIdTaken").Count);
        nights.AssertNobodyLeft();
    }

    private static Func<PageRequest, byte[], byte[]> Ids(string before, string after) => (request, body) => request.Collection == "token"
        ? body
        : Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(body), "\"id\":\"([^\"]*)\"", $"\"id\":\"{before}$1{after}\""));

    private static async Task<JsonNode> ReportAsync(NightResult night) => JsonNode.Parse(await night.ReportAsync())!;

    /// <summary>The row of a page that the tests change: one that has everything.</summary>
    private static JsonObject Row(string collection, JsonObject page)
    {
        var rows = page["data"]!.AsArray().Select(row => row!.AsObject());
        return collection switch
        {
            "organisations" => rows.First(row => (string?)row["organisationType"] == "Skolenhet"),
            "groups" => rows.First(row => (string?)row["groupType"] == "Klass"),
            _ => rows.First(),
        };
    }

    private static void Set(JsonNode row, string path, string value)
    {
        var names = path.Split('.');
        var at = row;
        foreach (var name in names.SkipLast(1))
        {
            at = at is JsonArray list ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : at[name]!;
        }

        if (at is JsonArray last)
        {
            last[int.Parse(names[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(value);
        }
        else
        {
            at[names[^1]] = JsonNode.Parse(value);
        }
    }
}
