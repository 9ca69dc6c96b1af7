using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Http;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

/// <summary>Every night on which something changed for a person, what and why, as far back as decisions are kept.</summary>
[Collection(CommandTests.Name)]
public sealed class PersonHistoryTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Nights_on_which_something_changed_are_told_and_no_others()
    {
        var school = GuardTown.Of(("berget", 6)).Next();
        await using var town = await Town.StartAsync(azurite, school);
        var nights = new List<string> { await PassAsync(town), await PassAsync(town) };
        school.Editing("berget1", pupil => pupil["enrolments"]![0]!["endDate"] = "2026-06-12");
        nights.Add(await PassAsync(town));
        await town.PassAsync(isDry: true);
        school.Losing("berget", 1, 2);
        nights.Add(await PassAsync(town));
        await PassAsync(town);

        var history = JsonNode.Parse((await town.CommandAsync("explain", "--tenant", town.Id, "--person", Ids.Of("berget1"), "--history")).Output)!;
        var unknown = await town.CommandAsync("explain", "--tenant", town.Id, "--person", Ids.Of("nobody"), "--history");
        var absent = await town.CommandAsync("explain", "--tenant", town.Id, "--person", Ids.Of("nobody"));

        var told = history["nights"]!.AsArray();
        Assert.Equal([nights[3], nights[2], nights[0]], told.Select(night => (string)night!["run"]!));
        Assert.Equal(["person: not in the pull any more"], Changes(told[0]!));
        Assert.Contains("placement.dates: endDate went from absent to 2026-06-12", Changes(told[1]!));
        Assert.Contains("feeds.apple: included went from true to false", Changes(told[1]!));
        Assert.Equal("placement.dates", (string?)told[1]!["roles"]![0]!["reasons"]![0]!["code"]);
        Assert.Equal(["person: in the first night that is kept"], Changes(told[2]!));
        Assert.Equal("2026-09-01", (string?)history["since"]);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("Ask with --history", absent.Errors, StringComparison.Ordinal);
    }

    /// <summary>On the nights before the marking the group's id told nothing of anybody.</summary>
    [Fact]
    public async Task A_group_whose_id_names_somebody_protected_by_now_is_not_named()
    {
        var school = GuardTown.Of(("berget", 6)).Next();
        school.Edit(Collections.Groups, Ids.Of("berget-class"), group => group["id"] = "stod-hilda-hemlig");
        school.Edit(Collections.Activities, Ids.Of("berget-lesson"), lesson => lesson["groups"]![0]!["id"] = "stod-hilda-hemlig");
        school.Editing("berget2", pupil => (pupil["givenName"], pupil["familyName"]) = ("Hilda", "Hemlig"));
        await using var town = await Town.StartAsync(azurite, school);
        var first = await PassAsync(town);
        var before = await town.ApiAsync(KeyedCalls.Reader, "GET", $"people/{Ids.Of("berget1")}/history");
        school.Editing("berget2", pupil => pupil["securityMarking"] = "Sekretessmarkering");
        await PassAsync(town);

        var after = await town.ApiAsync(KeyedCalls.Reader, "GET", $"people/{Ids.Of("berget1")}/history");
        var then = await town.ApiAsync(KeyedCalls.Reader, "GET", $"people/{Ids.Of("berget1")}?run={first}");

        Assert.Contains(Ids.Of("berget1"), then.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hilda", then.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("stod-hilda-hemlig", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hilda", after.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Ids.Of("berget1"), after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_guard_kept_and_let_go_is_in_it_and_what_is_no_longer_kept_is_not()
    {
        var school = GuardTown.Of(("berget", 40)).Next();
        await using var town = await Town.StartAsync(azurite, school);
        var first = await PassAsync(town);
        var second = await PassAsync(town);
        school.Losing("berget", 20, 40);
        Assert.Equal(3, await town.PassAsync());
        var held = (string)town.Run["run"]!;
        await town.Container("rosters").DeleteBlobAsync($"{town.Id}/{first}/ledger.bin");

        var answer = await town.ApiAsync(KeyedCalls.Reader, "GET", $"people/{Ids.Of("berget30")}/history");
        var page = await town.PageAsync(KeyedCalls.Reader, "history", ("person", Ids.Of("berget30")));
        var nobody = await town.PageAsync(KeyedCalls.Reader, "history", ("person", "Alva Berglund"));

        var told = JsonNode.Parse(answer.Text)!["nights"]!.AsArray();
        Assert.Equal([held, second], told.Select(night => (string)night!["run"]!));
        Assert.Contains("feeds.apple: guard.staying went from false to true", Changes(told[0]!));
        Assert.Equal((200, 404), (page.Status, nobody.Status));
        Assert.Contains("guard.staying", page.Text);
        Assert.DoesNotContain("Berglund", nobody.Text);
        var acts = await town.ApiAsync(KeyedCalls.Protection, "GET", "acts");
        Assert.Equal(["vera history", "vera history"], JsonNode.Parse(acts.Text)!.AsArray().Select(act => $"{act!["by"]} {act["what"]![0]}"));
    }

    private static IEnumerable<string> Changes(JsonNode night) => night["changedSince"]!["changes"]!.AsArray().Select(change => (string)change!);

    private static async Task<string> PassAsync(Town town)
    {
        Assert.Equal(0, await town.PassAsync());
        return (string)town.Run["run"]!;
    }
}
