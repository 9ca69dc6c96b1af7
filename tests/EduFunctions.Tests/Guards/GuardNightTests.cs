using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What the settings of the guard do from night to night.</summary>
[Collection(AzuriteTests.Name)]
public sealed class GuardNightTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 30));

    [Fact]
    public async Task Who_is_missing_goes_in_the_third_run_without_a_break_and_a_repeated_stage_counts_once()
    {
        var first = await azurite.Night(_town).With("guard.removeAfterRuns", 3).RunAsync();
        async Task<NightResult> NextAsync(ISchoolData school) => await azurite.Night(school).With("guard.removeAfterRuns", 3).As(first.Run.Tenant)
            .RunAsync(async (pipeline, started) =>
            {
                var next = await pipeline.ExtractAsync(started.Next.Extract[0], CancellationToken.None);
                next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
                await pipeline.ExportAsync(next.Export[0], CancellationToken.None);

                // As after a kill before the receipt: the stage judges a second time.
                await azurite.DamageAsync(started.Run, "receipt", "gone");
                await new RunStore(azurite.Blobs, new Discretion(), TimeProvider.System).UpdateAsync(
                    started.Run.Tenant, started.Run.Run, run => run with { State = RunState.Exporting, Finished = null }, CancellationToken.None);
                await pipeline.ExportAsync(next.Export[0], CancellationToken.None);
            });
        var without = _town.Next().Losing("berget", 28, 30);

        var counts = new List<int>();
        foreach (var school in new ISchoolData[] { without, without, _town, without, without, without })
        {
            counts.Add((await (await NextAsync(school)).AppleAsync()).Rows("students.csv").Count);
        }

        Assert.Equal([30, 30, 30, 30, 30, 28], counts);
    }

    [Fact]
    public async Task Who_is_missing_goes_on_the_third_day_without_a_break_however_many_nights_a_day_has()
    {
        var first = await azurite.Night(_town).On("2026-09-01").With("guard.removeAfterDays", 3).RunAsync();
        var without = _town.Next().Losing("berget", 28, 30);
        (string Day, ISchoolData School)[] nights =
        [
            ("2026-09-01", without), ("2026-09-01", without), ("2026-09-02", without), ("2026-09-02", _town), ("2026-09-03", without),
            ("2026-09-04", without), ("2026-09-04", without), ("2026-09-05", without),
        ];

        var counts = new List<int>();
        foreach (var (day, school) in nights)
        {
            var night = await azurite.Night(school).On(day).With("guard.removeAfterDays", 3).As(first.Run.Tenant).RunAsync();
            counts.Add((await night.AppleAsync()).Rows("students.csv").Count);
        }

        Assert.Equal([30, 30, 30, 30, 30, 30, 30, 28], counts);
    }

    [Fact]
    public async Task A_strange_date_is_one_day_and_no_more()
    {
        var first = await azurite.Night(_town).On("2026-09-01").With("guard.removeAfterDays", 4).RunAsync();
        var without = _town.Next().Losing("berget", 28, 30);

        var counts = new List<int>();
        foreach (var day in new[] { "2026-09-02", "2027-06-01", "2026-09-03", "2026-09-04" })
        {
            var night = await azurite.Night(without).On(day).With("guard.removeAfterDays", 4).As(first.Run.Tenant).RunAsync();
            counts.Add((await night.AppleAsync()).Rows("students.csv").Count);
        }

        Assert.Equal([30, 30, 30, 28], counts);
    }

    [Fact]
    public async Task A_window_has_its_own_limits()
    {
        var night = (ISchoolData school) => azurite.Night(school).With(
            "guard", new JsonObject { ["rolloverWindows"] = new JsonArray(new JsonObject { ["from"] = "08-15", ["to"] = "09-01", ["maxRemovedPercent"] = 60 }) });
        var first = await night(_town).RunAsync();

        var inside = await night(_town.Next().Losing("berget", 15, 30)).As(first.Run.Tenant).RunAsync();
        var after = await night(_town.Next().Losing("berget", 2, 30)).As(first.Run.Tenant).On("2026-09-02").AcceptingShrink().RunAsync();

        Assert.Equal(RunState.Delivered, inside.Run.State);
        Assert.Equal(RunState.Held, after.Run.State);
    }

    [Fact]
    public async Task A_changed_setting_of_the_feed_is_guarded_like_a_changed_source()
    {
        var town = GuardTown.Of([.. Enumerable.Range(0, 12).Select(number => ($"school{number}-", 2))]);
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town).WithApple("groupTypes", new JsonArray("Undervisning")).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal((await first.AppleAsync()).Files, (await second.AppleAsync()).Files);
    }

    [Fact]
    public async Task Another_folder_of_the_receiver_does_not_switch_the_guard_off()
    {
        var first = await azurite.Night(_town).RunAsync();

        var second = await azurite.Night(_town.Next().Losing("berget", 15, 30)).With("feeds", Renamed(first.Tenant)).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal(30, (await second.AppleAsync()).Rows("students.csv").Count);
    }

    [Fact]
    public async Task A_dry_run_shows_its_holds_and_moves_nothing()
    {
        var first = await azurite.Night(_town).RunAsync();
        var before = await azurite.Blobs.ReadAsync("state", $"{first.Run.Tenant}/feeds/apple/delivered.json", CancellationToken.None);

        var dry = await azurite.Night(_town.Next().Losing("berget", 15, 30)).As(first.Run.Tenant).Dry().RunAsync();

        Assert.Equal(RunState.Held, dry.Run.State);
        Assert.Equal(ReceiptState.Built, dry.Run.Feeds[0].State);
        Assert.Contains(dry.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Count: 15 });
        var after = await azurite.Blobs.ReadAsync("state", $"{first.Run.Tenant}/feeds/apple/delivered.json", CancellationToken.None);
        Assert.Equal(before!.Content, after!.Content);
    }

    [Fact]
    public async Task The_forecast_says_what_Apple_does_tonight_and_when_the_plan_is_approved()
    {
        var first = await azurite.Night(_town).RunAsync();

        var second = await azurite.Night(_town.Next().Losing("berget", 15, 30).Joining("berget", "newcomer")).As(first.Run.Tenant).RunAsync();

        var plan = (await second.PlanAsync()).Plan;
        Assert.Equal(["1 accounts are created, or revived where Apple still has them."], plan.Tonight);
        Assert.Contains("15 accounts are deactivated, and deleted on 2026-12-30 (120 days) unless they come back.", plan.WhenApproved);
        Assert.Contains(plan.Ceiling, rows => rows is { Kind: RowKind.Students, Removed: 15, Added: 0 });
    }

    [Fact]
    public async Task A_roster_of_an_earlier_run_is_sent_again_without_who_is_protected_by_now()
    {
        var first = await azurite.Night(_town.Next().Add(Collections.Organisations, new SchoolBuilder(Night.Today).Unit("empty"))).RunAsync();
        await azurite.Night(_town.Next().Joining("berget", "mistake").Editing("berget1", pupil => pupil["givenName"] = "Wrong")
            .Editing("berget7", pupil => pupil["securityMarking"] = "Sekretessmarkering")).As(first.Run.Tenant).RunAsync();

        var again = await azurite.Night(_town).As(first.Run.Tenant).ResendAsync(first.Run.Run);

        Assert.Equal(RunState.Delivered, again.Run.State);
        Assert.Single(again.Received);
        var rows = (await first.AppleAsync()).Rows("students.csv").Where(row => row["person_id"] != Ids.Of("berget7"));
        Assert.Equal(rows, (await again.AppleAsync()).Rows("students.csv"));
        Assert.Equal((await first.AppleAsync()).Files["locations.csv"], (await again.AppleAsync()).Files["locations.csv"]);
        var stored = await again.StoredAsync("rosters");
        Assert.True(stored.AsSpan().IndexOf("berget8"u8) >= 0);
        Assert.Equal(-1, stored.AsSpan().IndexOf("berget7"u8));
    }

    [Fact]
    public async Task A_roster_sent_again_is_guarded_too()
    {
        var small = await azurite.Night(_town.Next().Losing("berget", 12, 30)).RunAsync();
        await azurite.Night(_town).As(small.Run.Tenant).RunAsync();

        var again = await azurite.Night(_town).As(small.Run.Tenant).ResendAsync(small.Run.Run);

        Assert.Equal(RunState.Held, again.Run.State);
        Assert.Equal(30, (await again.AppleAsync()).Rows("students.csv").Count);
    }

    [Theory]
    [InlineData("2026-08-14", false)]
    [InlineData("2026-08-15", true)]
    [InlineData("2027-01-06", true)]
    [InlineData("2027-01-07", false)]
    public void A_window_may_pass_the_turn_of_the_year(string date, bool isInside) => Assert.Equal(
        isInside,
        new EduFunctions.Pipeline.Guards.RolloverWindow { From = "08-15", To = "01-06" }.Contains(DateOnly.Parse(date, null)));

    private static JsonNode Renamed(JsonObject tenant)
    {
        var feeds = tenant["feeds"]!.DeepClone();
        feeds[0]!["delivery"]!["directory"] = "./dropbox";
        return feeds;
    }
}
