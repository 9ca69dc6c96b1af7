using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Guardians whom only a look-up hands out, and a night in which it does not: silence is no absence.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class LookUpTests : IDisposable
{
    private static readonly string[] Guardians = ["vardare-berget", "vardare-dalen"];

    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("404 of a web server")]
    [InlineData("404 of the API")]
    [InlineData("403")]
    [InlineData("nobody")]
    [InlineData("nobody in an envelope")]
    public async Task A_look_up_that_knows_nobody_of_the_list_either_is_none(string form)
    {
        await using var nights = await BeginAsync();

        var night = await nights.NextAsync(habits => Answer(habits, form), Listed());

        AssertDelivered(night, "pull.lookUpRefused");
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("one at a time")]
    [InlineData("one at a time, with a page token")]
    public async Task Whom_an_answer_leaves_out_is_asked_for_again(string form)
    {
        await using var nights = await BeginAsync();

        var night = await nights.NextAsync(habits => Answer(habits, form), Listed());

        AssertDelivered(night);
        Assert.Equal(2, night.Run.Counts!.Guardians);
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("410", "/persons/lookup answered 410 for page 1")]
    [InlineData("an error within a 200", "which tells of an error")]
    public async Task A_look_up_that_fails_holds_the_run(string form, string told)
    {
        await using var nights = await BeginAsync();

        var night = await nights.NextAsync(habits => Answer(habits, form), Listed());

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains(told, night.Run.StateReason);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task Who_is_not_answered_for_any_more_stays_as_long_as_somebody_refers_to_them()
    {
        await using var nights = await BeginAsync();
        var town = Listed();

        for (var silent = 0; silent < 3; silent++)
        {
            var night = await nights.NextAsync(habits => Answer(habits, "without the second"), town);
            AssertDelivered(night, "reference.dangling", "pull.lookUpSilent");
            nights.AssertNobodyLeft();
        }

        foreach (var pupil in town.Data["persons"])
        {
            pupil["responsibles"]?.AsArray().RemoveAll(responsible => (string?)responsible!["person"]!["id"] == Ids.Of(Guardians[1]));
        }

        AssertDelivered(await nights.NextAsync(habits => Answer(habits, "without the second"), town));
        Assert.Contains($"person {Ids.Of(Guardians[1])}", nights.Left());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_left_the_list_and_is_unknown_to_a_look_up_that_works_is_gone(bool refusesUnknown)
    {
        await using var nights = await TwoNights.BeginAsync(_ground);
        var town = TwoNights.Town();
        Take(town, "elev6");

        var night = await nights.NextAsync(habits => habits.RefuseUnknown = refusesUnknown, town);

        AssertDelivered(night, "reference.dangling");
        Assert.Contains($"person {Ids.Of("elev6")}", nights.Left());
        Assert.Single(nights.Left(), left => left.StartsWith("person ", StringComparison.Ordinal));
    }

    private Task<TwoNights> BeginAsync() => TwoNights.BeginAsync(_ground, Listed(), night => night.Behaving(habits => habits.Unlisted = Unlisted()));

    private static SchoolBuilder Listed()
    {
        var town = TwoNights.Town();
        foreach (var guardian in Guardians)
        {
            Take(town, guardian);
        }

        return town;
    }

    private static JsonSchoolData Unlisted()
    {
        var (town, unlisted) = (TwoNights.Town(), new SchoolBuilder(Night.Today));
        foreach (var guardian in Guardians)
        {
            unlisted.Data["persons"].Add(Take(town, guardian));
        }

        return unlisted.Data;
    }

    private static JsonObject Take(SchoolBuilder town, string label)
    {
        var row = town.Data["persons"].Single(person => (string?)person["id"] == Ids.Of(label));
        town.Data["persons"].Remove(row);
        return row;
    }

    private static void Answer(EduCloudHabits habits, string form)
    {
        habits.Unlisted = Unlisted();
        habits.Fault = request => request.Collection != "persons/lookup" ? null : form switch
        {
            "404 of a web server" => new Fault.Status(404, "<html>File or directory not found.</html>"),
            "404 of the API" => new Fault.Status(404),
            "403" => new Fault.Status(403),
            "410" => new Fault.Gone(),
            _ => null,
        };
        habits.Rewrite = (request, body) => request.Collection == "persons/lookup" ? Encoding.UTF8.GetBytes(Of(form, JsonNode.Parse(body)!.AsArray())) : body;
    }

    private static string Of(string form, JsonArray found) => form switch
    {
        "nobody" => "[]",
        "nobody in an envelope" => """{"data": []}""",
        "an error within a 200" => $$"""{"data": {{found.ToJsonString()}}, "errors": ["late"]}""",
        "one at a time" => $"[{found[0]!.ToJsonString()}]",
        "one at a time, with a page token" => $$"""{"data": [{{found[0]!.ToJsonString()}}], "pageToken": {{(found.Count > 1 ? "\"more\"" : "null")}}}""",
        "without the second" => new JsonArray([.. found.Where(person => (string?)person!["id"] != Ids.Of(Guardians[1])).Select(person => person!.DeepClone())]).ToJsonString(),
        _ => found.ToJsonString(),
    };

    private static void AssertDelivered(NightResult night, params string[] findings)
    {
        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
        Assert.Superset(findings.ToHashSet(), night.Run.Findings.Select(finding => finding.Code).ToHashSet());
        Assert.Equal(findings.Any(code => code.StartsWith("pull.", StringComparison.Ordinal)), night.Run.PullNotes.Count > 0);
    }
}
