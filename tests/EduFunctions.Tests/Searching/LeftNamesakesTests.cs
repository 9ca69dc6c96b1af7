using System.Net;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Http;
using Xunit;

namespace EduFunctions.Tests.Searching;

/// <summary>Who has left is found by a name that somebody still there has too: it is offered, and earlier nights are looked through for it.</summary>
[Collection(AzuriteTests.Name)]
public sealed class LeftNamesakesTests(AzuriteFixture azurite)
{
    private const string Reader = KeyedCalls.Reader;

    [Fact]
    public async Task Those_who_have_left_are_listed_behind_those_still_there_with_the_night_that_had_them_last()
    {
        await using var town = await TownAsync(["noor"], ["noor3"]);

        var first = await FoundAsync(town, Reader, "Noor", withGone: false);
        var all = await FoundAsync(town, Reader, "Noor", withGone: true);

        Assert.Equal([Ids.Of("noor2")], IdsIn(first));
        Assert.Equal([Ids.Of("noor2"), .. new[] { Ids.Of("noor"), Ids.Of("noor3") }.Order(StringComparer.Ordinal)], IdsIn(all));
        Assert.False((bool)all["isPast"]!);
        Assert.Null(all["people"]![0]!["lastSeen"]);
        var gone = all["people"]!.AsArray().Skip(1).ToDictionary(one => (string)one!["id"]!, one => one!);
        Assert.All(gone.Values, one => Assert.Equal("2026-09-01", (string?)one["lastSeen"]));
        Assert.True(string.CompareOrdinal((string)gone[Ids.Of("noor")]["lastRun"]!, (string)gone[Ids.Of("noor3")]["lastRun"]!) < 0);
        Assert.Equal(200, (await town.ApiAsync(Reader, "GET", $"people/{Ids.Of("noor")}?run={gone[Ids.Of("noor")]["lastRun"]}")).Status);
        var acts = JsonNode.Parse((await town.ApiAsync(KeyedCalls.Protection, "GET", "acts")).Text)!.AsArray().Where(act => (string?)act!["kind"] == "find");
        Assert.Contains(acts, act => act!["people"]!.AsArray().Count == 3);
    }

    [Fact]
    public async Task The_page_offers_to_look_further_back_and_lets_choose()
    {
        await using var town = await TownAsync(["noor"]);

        var (one, all) = (await PageAsync(town, ("person", "Noor")), await PageAsync(town, ("person", "Noor"), ("gone", "true")));
        var chosen = await PageAsync(town, ("person", Ids.Of("noor")));
        var byLogin = await PageAsync(town, ("person", "noor2@id.example"));

        Assert.Contains("Någon annan: leta även i tidigare nätter", one, StringComparison.Ordinal);
        Assert.Contains("name=\"person\" value=\"Noor\"", one, StringComparison.Ordinal);
        Assert.All([Ids.Of("noor"), Ids.Of("noor2")], id => Assert.Contains($"value=\"{id}\"", all, StringComparison.Ordinal));
        Assert.Contains("senast sedd 2026-09-01", all, StringComparison.Ordinal);
        Assert.All([all, chosen, byLogin], page => Assert.DoesNotContain("leta även i tidigare nätter", page, StringComparison.Ordinal));
        Assert.Contains("lämnar inte längre ut personen", chosen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_command_line_it_is_offered_and_asked_for_by_a_word()
    {
        await using var town = await TownAsync(["noor"]);

        var one = await town.AskAsync("Noor", "explain", "--tenant", town.Id, "--find", "-");
        var all = await town.AskAsync("Noor", "explain", "--tenant", town.Id, "--find", "-", "--gone");
        var byId = await town.CommandAsync("explain", "--tenant", town.Id, "--person", Ids.Of("noor"), "--gone");

        Assert.Equal((0, 0, 2), (one.ExitCode, all.ExitCode, byId.ExitCode));
        Assert.Contains("with --gone earlier nights are looked through too", one.Errors, StringComparison.Ordinal);
        Assert.Equal([Ids.Of("noor2"), Ids.Of("noor")], IdsIn(JsonNode.Parse(all.Output)!));
    }

    /// <summary>Neither that there was a protected person of the name, nor that nobody else was there.</summary>
    [Fact]
    public async Task Who_was_protected_and_has_left_is_told_of_to_the_role_alone()
    {
        await using var town = await TownAsync(["alva"]);

        var others = await FoundAsync(town, Reader, "Alva", withGone: true);
        var found = await FoundAsync(town, KeyedCalls.Protection, "Alva", withGone: true);

        Assert.Equal([Ids.Of("alva2")], IdsIn(others));
        Assert.Equal((false, false), ((bool)others["hasMore"]!, (bool)others["isPast"]!));
        Assert.Equal([Ids.Of("alva2"), Ids.Of("alva")], IdsIn(found));
        Assert.DoesNotContain(Ids.Of("alva"), (await PageAsync(town, ("person", "Alva"), ("gone", "true"))).Replace(Ids.Of("alva2"), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static IEnumerable<string> IdsIn(JsonNode found) => found["people"]!.AsArray().Select(one => (string)one!["id"]!);

    private static async Task<JsonNode> FoundAsync(Town town, string by, string question, bool withGone)
    {
        var answer = await town.ApiAsync(by, "POST", "people", new JsonObject { ["find"] = question, ["withGone"] = withGone }.ToJsonString());
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Text)!;
    }

    private static async Task<string> PageAsync(Town town, params (string Name, string Value)[] form)
    {
        var answer = await town.PageAsync(Reader, "person", form);
        Assert.Equal(200, answer.Status);
        return WebUtility.HtmlDecode(answer.Text);
    }

    /// <param name="nights">Who is gone, night by night.</param>
    private async Task<Town> TownAsync(params string[][] nights)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Unit("dalen");
        school.Student("noor", "berget");
        school.Student("noor2", "dalen")["givenName"] = "Noor";
        school.Student("noor3", "dalen")["givenName"] = "Noor";
        school.Student("alva2", "dalen")["givenName"] = "Alva";
        school.Student("alva", "berget")["securityMarking"] = "Sekretessmarkering";
        school.Employee("lärare");
        school.Duty("tjänst", "lärare", "berget");
        Remove(nights is [["noor"]] ? ["noor3"] : []);
        var town = await Town.StartAsync(azurite, school.Data);
        Assert.Equal(0, await town.PassAsync());
        foreach (var night in nights)
        {
            Remove(night);
            await town.PassAsync();
        }

        return town;

        void Remove(string[] labels)
        {
            var persons = school.Data["persons"];
            labels.ToList().ForEach(label => persons.Remove(persons.First(person => (string?)person["id"] == Ids.Of(label))));
        }
    }
}
