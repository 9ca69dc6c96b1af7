using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

/// <summary>Nobody is out of a feed, or in it otherwise than tonight, without a reason that <c>explain</c> gives.</summary>
[Collection(AzuriteTests.Name)]
public sealed class FeedReasonsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Rules_settings_and_what_the_feed_itself_finds_are_told_apart()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Unit("dalen");
        school.Student("vilda", "berget");
        school.Student("noor", "berget")["givenName"] = "";
        school.Student("ebbe", "dalen");
        school.Student("iris", "dalen")["securityMarking"] = "Sekretessmarkering";
        school.Guardian("rut", "vilda");
        var night = await azurite.Night(school).WithFeed("schools", new JsonArray(Ids.Of("berget"))).Dry().RunAsync();

        Assert.Equal([], await ReasonsAsync(night, "vilda"));
        Assert.Equal(["apple.nameMissing"], await ReasonsAsync(night, "noor"));
        Assert.Equal(["feed.partial"], await ReasonsAsync(night, "ebbe"));
        Assert.Equal(["feed.rules"], await ReasonsAsync(night, "iris"));
    }

    [Fact]
    public async Task A_role_that_the_feed_does_not_have_is_told()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        school.Guardian("rut", "vilda");
        var night = await azurite.Night(school).Dry().RunAsync();

        Assert.Equal(["feed.roles"], await ReasonsAsync(night, "rut"));
        Assert.False((bool)(await night.ExplainAsJsonAsync("rut"))["feeds"]!["apple"]!["included"]!);
    }

    [Fact]
    public async Task Who_is_gone_but_kept_by_the_guard_is_told_with_the_day_since_when()
    {
        var town = GuardTown.Of(("berget", 40));
        var first = await azurite.Night(town).RunAsync();
        var without = town.Next().Losing("berget", 20, 40);
        Night Next(string day) => azurite.Night(without).As(first.Run.Tenant).On(day).AcceptingShrink();
        await Next("2026-09-02").RunAsync();
        var held = await Next("2026-09-03").RunAsync();

        var kept = (await held.ExplainAsJsonAsync("berget39"))["feeds"]!["apple"]!;
        Assert.Equal(["feed.register", "guard.staying"], kept["reasons"]!.AsArray().Select(reason => (string)reason!["code"]!));
        Assert.Equal("2026-09-02", (string?)kept["reasons"]![1]!["since"]);
        Assert.Equal("skippedUnchanged", (string?)kept["state"]);
        Assert.Equal([], await ReasonsAsync(held, "berget0"));

        var released = (await Next("2026-09-03").ApproveAsync(held.Run.Run, (await held.PlanAsync()).Hash)).Night;
        Assert.Null(await released.ExplainAsync(Ids.Of("berget39")));
    }

    [Fact]
    public async Task Who_is_to_come_but_waits_is_in_the_feed_and_told_to_wait()
    {
        var town = GuardTown.Of(("berget", 30), ("dalen", 1));
        var first = await azurite.Night(town).RunAsync();

        var held = await azurite.Night(GuardTown.Of(("berget", 30), ("dalen", 120))).As(first.Run.Tenant).On("2026-09-02").RunAsync();

        var waiting = (await held.ExplainAsJsonAsync("dalen99"))["feeds"]!["apple"]!;
        Assert.Equal("guard.waiting", (string?)waiting["reasons"]![0]!["code"]);
        Assert.True((bool)waiting["included"]!);
    }

    /// <summary>There is nothing to approve.</summary>
    [Fact]
    public async Task Who_stays_since_the_target_rests_is_told_that_it_does()
    {
        var town = GuardTown.Of(("berget", 40));
        var first = await azurite.Night(town).RunAsync();

        var resting = await azurite.Night(town.Next().Losing("berget", 39, 40)).As(first.Run.Tenant).On("2026-09-02")
            .WithFeed("freeze", new JsonObject { ["until"] = "2026-12-30", ["what"] = "removals" }).RunAsync();

        Assert.Equal(["feed.register", "guard.staying", "guard.resting"], await ReasonsAsync(resting, "berget39"));
    }

    private static async Task<IEnumerable<string>> ReasonsAsync(NightResult night, string label) =>
        (await night.ExplainAsJsonAsync(label))["feeds"]!["apple"]!["reasons"]!.AsArray().Select(reason => (string)reason!["code"]!);
}
