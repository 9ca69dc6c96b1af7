using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What is counted over a fortnight, through the front door: also when what was kept of it is lost.</summary>
[Collection(AzuriteTests.Name)]
public sealed class WindowNightTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("selection")]
    [InlineData("roster")]
    public async Task A_lost_file_of_last_night_forgets_nothing(string blob)
    {
        var town = GuardTown.Of(("berget", 100));
        var first = await azurite.Night(town).On("2026-09-01").RunAsync();
        var second = await NextAsync(first, Losing(90), 1);
        await azurite.DamageAsync(second.Run, blob, "garbage");

        var third = await NextAsync(first, Losing(80), 2);

        Assert.Equal(RunState.Held, third.Run.State);
        Assert.Contains(third.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20, Earlier: 10 });
        Assert.Equal(90, (await third.AppleAsync()).Rows("students.csv").Count);

        ISchoolData Losing(int left) => town.Next().Losing("berget", left, 100);
    }

    [Fact]
    public async Task Other_names_for_twenty_more_every_night_are_held_in_the_second()
    {
        var first = await azurite.Night(GuardTown.Of(("berget", 100))).On("2026-09-01").RunAsync();

        var second = await NextAsync(first, Renaming(20), 1);
        var third = await NextAsync(first, Renaming(40), 2);
        var mended = await NextAsync(first, GuardTown.Of(("berget", 100)), 3);

        Assert.Equal((RunState.Delivered, RunState.Held, RunState.Delivered), (second.Run.State, third.Run.State, mended.Run.State));
        Assert.Contains(third.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Changes, Kind: RowKind.Students, Count: 40, Earlier: 20 });
        Assert.Equal((await second.AppleAsync()).Files["students.csv"], (await third.AppleAsync()).Files["students.csv"]);
        Assert.Equal((await first.AppleAsync()).Files["students.csv"], (await mended.AppleAsync()).Files["students.csv"]);

        static EditedSchoolData Renaming(int pupils) => Enumerable.Range(0, pupils).Aggregate(
            GuardTown.Of(("berget", 100)).Next(), (town, number) => town.Editing($"berget{number}", pupil => pupil["familyName"] = $"Other{number}"));
    }

    /// <summary>More may come than may go: what has come lately was not there when the window began, so that a source that is mended takes it back.</summary>
    [Fact]
    public async Task Strangers_that_came_within_the_limits_go_when_the_source_is_mended()
    {
        var town = GuardTown.Of(("berget", 100));
        var first = await azurite.Night(town).On("2026-09-01").RunAsync();
        var strangers = Enumerable.Range(0, 20).Aggregate(town.Next(), (next, number) => next.Joining("berget", $"stranger{number}"));

        var second = await NextAsync(first, strangers, 1);
        var mended = await NextAsync(first, town, 2);

        Assert.Equal((RunState.Delivered, RunState.Delivered), (second.Run.State, mended.Run.State));
        Assert.Equal((120, 100), ((await second.AppleAsync()).Rows("students.csv").Count, (await mended.AppleAsync()).Rows("students.csv").Count));
    }

    /// <summary>Of a school of 300 twenty are few; they are half of the school that they were at a night before.</summary>
    [Fact]
    public async Task Who_moves_to_a_large_school_and_vanishes_there_is_gone_from_the_small_one()
    {
        var town = GuardTown.Of(("berget", 40), ("dalen", 300));
        var movers = Enumerable.Range(0, 20).Select(number => Ids.Of($"berget{number}")).ToHashSet();
        var first = await azurite.Night(town).On("2026-09-01").RunAsync();
        var moved = town.Next().Edit(
            Collections.Persons, person => movers.Contains((string)person["id"]!), pupil => pupil["enrolments"]![0]!["enroledAt"] = SchoolBuilder.Reference("dalen"));

        var second = await NextAsync(first, moved, 1);
        var third = await NextAsync(first, town.Next().Losing("berget", 0, 20), 2);
        var mended = await NextAsync(first, town, 3);

        Assert.Equal((RunState.Delivered, RunState.Held, RunState.Delivered), (second.Run.State, third.Run.State, mended.Run.State));
        Assert.Contains(third.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20, Of: 40 } && hold.School == Ids.Of("berget"));
        Assert.Equal((await first.AppleAsync()).Files["students.csv"], (await mended.AppleAsync()).Files["students.csv"]);
    }

    [Fact]
    public async Task A_school_that_is_missing_for_a_night_keeps_its_teacher_and_class()
    {
        var first = await azurite.Night(GuardTown.Of(("berget", 60), ("dalen", 2))).RunAsync();

        var second = await NextAsync(first, GuardTown.Of(("berget", 60)), 1);
        var mended = await NextAsync(first, GuardTown.Of(("berget", 60), ("dalen", 2)), 2);

        Assert.Equal((RunState.Held, RunState.Delivered), (second.Run.State, mended.Run.State));
        foreach (var file in (string[])["students.csv", "staff.csv", "classes.csv", "rosters.csv"])
        {
            Assert.Equal((await first.AppleAsync()).Files[file], (await second.AppleAsync()).Files[file]);
        }
    }

    [Fact]
    public async Task A_newcomer_whose_name_was_read_wrongly_waits_and_comes_when_it_is_mended()
    {
        var town = GuardTown.Of(("berget", 30));
        var first = await azurite.Night(town).RunAsync();

        var second = await NextAsync(first, town.Next().Joining("berget", "ny").Editing("ny", pupil => pupil["givenName"] = "Ã…ke"), 1);
        var third = await NextAsync(first, town.Next().Joining("berget", "ny").Editing("ny", pupil => pupil["givenName"] = "Åke"), 2);

        Assert.Equal((RunState.Held, RunState.Delivered), (second.Run.State, third.Run.State));
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.TextMisread, Kind: RowKind.Students, Count: 1 });
        Assert.Equal(30, (await second.AppleAsync()).Rows("students.csv").Count);
        Assert.Contains("Åke", (await third.AppleAsync()).Column("students.csv", "first_name"));
    }

    /// <summary>There is nothing that could stay, so it goes out and is told; and what is mended is no change to be held.</summary>
    [Fact]
    public async Task A_first_delivery_of_damaged_names_is_told_and_mended_the_next_night()
    {
        var damaged = Named("Ã…ke");

        var first = await azurite.Night(damaged).RunAsync();
        var second = await NextAsync(first, Named("Åke"), 1);

        Assert.Contains(first.Run.Feeds[0].Notices!, notice => notice.Code == NoticeCode.TextDamaged && notice.Message.StartsWith("40 students", StringComparison.Ordinal));
        Assert.Equal((RunState.Delivered, RunState.Delivered), (first.Run.State, second.Run.State));
        Assert.All((await second.AppleAsync()).Column("students.csv", "first_name"), name => Assert.StartsWith("Åke", name, StringComparison.Ordinal));

        static EditedSchoolData Named(string name) => GuardTown.Of(("berget", 40)).Next().Edit(
            Collections.Persons, person => person["enrolments"] is not null, person => person["givenName"] = $"{name} {(string)person["givenName"]!}");
    }

    private Task<NightResult> NextAsync(NightResult first, ISchoolData school, int night) => azurite.Night(school)
        .On(new DateOnly(2026, 9, 1).AddDays(night).ToString("yyyy-MM-dd", null)).AcceptingShrink().As(first.Run.Tenant).RunAsync();
}
