using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What is harmless in every single night and is not over a fortnight; and what comes instead of what goes.</summary>
[Collection(AzuriteTests.Name)]
public sealed class ManyNightsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Ten_of_a_hundred_every_night_are_held_from_the_second_night_on()
    {
        var town = GuardTown.Of(("berget", 100));
        var first = await azurite.Night(town).On("2026-09-01").RunAsync();

        var nights = new List<NightResult>();
        for (var night = 1; night <= 4; night++)
        {
            nights.Add(await NextAsync(first, town.Next().Losing("berget", 100 - (10 * night), 100), night));
            Assert.Equal(90, await PupilsAsync(nights[^1]));
        }

        Assert.Equal([RunState.Delivered, RunState.Held, RunState.Held, RunState.Held], nights.Select(night => night.Run.State));
        var hold = Assert.Single(nights[1].Run.Feeds[0].Holds, hold => hold is { Kind: RowKind.Students, School: not null });
        Assert.Equal((HoldCode.Removals, 20, 10, 100), (hold.Code, hold.Count, hold.Earlier, hold.Of));
    }

    [Fact]
    public async Task What_somebody_has_released_is_not_held_against_the_next_night()
    {
        var town = GuardTown.Of(("berget", 100));
        var first = await azurite.Night(town).On("2026-09-01").RunAsync();
        await NextAsync(first, town.Next().Losing("berget", 90, 100), 1);
        var held = await NextAsync(first, town.Next().Losing("berget", 80, 100), 2);

        await azurite.Night(town.Next().Losing("berget", 80, 100)).On("2026-09-03").As(first.Run.Tenant).ApproveAsync(held.Run.Run, held.Run.Feeds[0].Plan!.Hash);
        var next = await NextAsync(first, town.Next().Losing("berget", 75, 100), 3);

        Assert.Equal(RunState.Delivered, next.Run.State);
        Assert.Equal(75, await PupilsAsync(next));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(0)]
    public async Task What_is_longer_ago_than_the_window_does_not_count(int windowDays)
    {
        var town = GuardTown.Of(("berget", 100));
        var first = await azurite.Night(town).On("2026-09-01").With("guard.windowDays", windowDays).RunAsync();
        await azurite.Night(town.Next().Losing("berget", 90, 100)).On("2026-09-02").With("guard.windowDays", windowDays).As(first.Run.Tenant).RunAsync();

        var next = await azurite.Night(town.Next().Losing("berget", 82, 100)).On("2026-09-17").With("guard.windowDays", windowDays).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Delivered, next.Run.State);
        Assert.Equal(82, await PupilsAsync(next));
    }

    [Fact]
    public async Task Who_is_back_is_not_counted_as_gone()
    {
        var town = GuardTown.Of(("berget", 100));
        var first = await azurite.Night(town).On("2026-09-01").RunAsync();
        await NextAsync(first, town.Next().Losing("berget", 90, 100), 1);
        await NextAsync(first, town, 2);

        var next = await NextAsync(first, town.Next().Losing("berget", 0, 10), 3);

        Assert.Equal(RunState.Delivered, next.Run.State);
        Assert.Equal(90, await PupilsAsync(next));
    }

    [Fact]
    public async Task Everybody_twice_is_held_and_mended_without_hand_work()
    {
        var town = GuardTown.Of(("berget", 100), ("dalen", 60));
        var first = await azurite.Night(town).RunAsync();
        var doubled = town.Next();
        foreach (var person in GuardTown.WithIdsOf("again-", ("berget", 100), ("dalen", 60))[Collections.Persons].Where(person => person["enrolments"] is not null))
        {
            doubled.Add(Collections.Persons, person);
        }

        var second = await NextAsync(first, doubled, 1);
        var mended = await NextAsync(first, town, 2);

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Additions, Kind: RowKind.Students, Count: 160, Of: 160 });
        Assert.Equal((160, 160), (await PupilsAsync(second), await PupilsAsync(mended)));
        Assert.Equal(RunState.Delivered, mended.Run.State);
    }

    [Fact]
    public async Task New_ids_under_new_names_wait_together_with_the_old_ones()
    {
        var town = GuardTown.Of(("berget", 18));
        var first = await azurite.Night(town).RunAsync();
        var renamed = GuardTown.WithIdsOf("new-", ("berget", 18)).Next().Edit(
            Collections.Persons, person => person["enrolments"] is not null, person =>
            {
                person["givenName"] = $"Other{(string)person["givenName"]!}";
                person["emails"] = new JsonArray();
                person["eduPersonPrincipalNames"] = new JsonArray();
            });

        var second = await NextAsync(first, renamed, 1);
        var mended = await NextAsync(first, town, 2);

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.OtherHalf, Kind: RowKind.Students, Count: 18 });
        Assert.Equal((await first.AppleAsync()).Files["students.csv"], (await second.AppleAsync()).Files["students.csv"]);
        Assert.Equal(RunState.Delivered, mended.Run.State);
        Assert.Equal((await first.AppleAsync()).Files["students.csv"], (await mended.AppleAsync()).Files["students.csv"]);
    }

    [Fact]
    public async Task A_new_school_may_come_whole()
    {
        var town = GuardTown.Of(("berget", 120));
        var first = await azurite.Night(town).RunAsync();

        var second = await NextAsync(first, GuardTown.Of(("berget", 120), ("dalen", 60)), 1);

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal(180, await PupilsAsync(second));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    public async Task A_school_of_ten_does_not_lose_nearly_all(int leavers)
    {
        var town = GuardTown.Of(("berget", 10), ("dalen", 200));
        var first = await azurite.Night(town).RunAsync();

        var second = await NextAsync(first, town.Next().Losing("berget", 10 - leavers, 10), 1);

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal(210, await PupilsAsync(second));
    }

    [Fact]
    public async Task One_unit_of_eight_does_not_vanish()
    {
        var schools = Enumerable.Range(0, 8).Select(number => ($"school{number}-", 9)).ToArray();
        var first = await azurite.Night(GuardTown.Of(schools)).RunAsync();

        var second = await NextAsync(first, GuardTown.Of(schools[1..]), 1);

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal(72, await PupilsAsync(second));
    }

    [Theory]
    [InlineData("Ã…ke", HoldCode.TextMisread)]
    [InlineData("Ã\u0085ke", HoldCode.TextMisread)]
    [InlineData("?ke", HoldCode.TextLost)]
    [InlineData("\uFFFD\uFFFDke", HoldCode.TextLost)]
    public async Task A_name_that_was_read_wrongly_stays_as_it_was_even_if_it_is_the_only_one(string damaged, HoldCode code)
    {
        var town = GuardTown.Of(("berget", 30)).Next().Editing("berget7", pupil => pupil["givenName"] = "Åke");
        var first = await azurite.Night(town).RunAsync();
        var next = GuardTown.Of(("berget", 30)).Next().Editing("berget7", pupil => pupil["givenName"] = damaged)
            .Editing("berget8", pupil => pupil["givenName"] = "Maj?");

        var second = await NextAsync(first, next, 1);

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal((code, 1), (Assert.Single(second.Run.Feeds[0].Holds).Code, second.Run.Feeds[0].Holds[0].Count));
        Assert.Contains("Åke", (await second.AppleAsync()).Column("students.csv", "first_name"));
        Assert.Contains("Maj?", (await second.AppleAsync()).Column("students.csv", "first_name"));
    }

    [Theory]
    [InlineData(9, 10)]
    [InlineData(4, 20)]
    public async Task Teachers_are_few_so_that_few_are_many(int leavers, int teachers)
    {
        var town = Teachers(teachers);
        var first = await azurite.Night(town).RunAsync();
        var gone = Enumerable.Range(0, leavers).SelectMany(number => new[] { Ids.Of($"duty{number}"), Ids.Of($"lesson{number}") }).ToHashSet();

        var second = await NextAsync(first, Without(town, Collections.Duties, gone), 1);

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Staff } && hold.Count == leavers);
        Assert.Equal(teachers, (await second.AppleAsync()).Rows("staff.csv").Count);
    }

    [Fact]
    public async Task Classes_that_lose_all_their_teachers_keep_them()
    {
        var town = Teachers(20);
        var first = await azurite.Night(town).RunAsync();

        var second = await NextAsync(first, town.Next().Edit(Collections.Activities, _ => true, lesson => lesson["teachers"] = new JsonArray()), 1);

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal((await first.AppleAsync()).Files["classes.csv"], (await second.AppleAsync()).Files["classes.csv"]);
    }

    [Fact]
    public async Task Half_of_the_classes_do_not_vanish()
    {
        var town = Teachers(20);
        var first = await azurite.Night(town).RunAsync();
        var gone = Enumerable.Range(0, 10).SelectMany(number => new[] { Ids.Of($"class{number}"), Ids.Of($"lesson{number}") }).ToHashSet();

        var second = await NextAsync(first, Without(town, Collections.Groups, gone), 1);

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal((await first.AppleAsync()).Files["classes.csv"], (await second.AppleAsync()).Files["classes.csv"]);
        Assert.Equal((await first.AppleAsync()).Files["rosters.csv"], (await second.AppleAsync()).Files["rosters.csv"]);
    }

    /// <summary>One school, each teacher with a class of five.</summary>
    private static JsonSchoolData Teachers(int teachers)
    {
        var town = new SchoolBuilder(Night.Today);
        town.Unit("berget");
        for (var number = 0; number < teachers; number++)
        {
            var pupils = Enumerable.Range(0, 5).Select(pupil => $"pupil{number}-{pupil}").ToList();
            pupils.ForEach(pupil => town.Student(pupil, "berget"));
            town.Employee($"teacher{number}");
            town.Duty($"duty{number}", $"teacher{number}", "berget");
            town.Group($"class{number}", "berget", "Klass", [.. pupils]);
            town.Activity($"lesson{number}", "berget", $"class{number}", null, $"duty{number}");
        }

        return town.Data;
    }

    /// <summary>Rows and the lessons that refer to them.</summary>
    private static EditedSchoolData Without(JsonSchoolData town, string collection, HashSet<string> gone) => town.Next()
        .Remove(collection, row => gone.Contains((string)row["id"]!)).Remove(Collections.Activities, lesson => gone.Contains((string)lesson["id"]!));

    private Task<NightResult> NextAsync(NightResult first, ISchoolData school, int night) => azurite.Night(school)
        .On(new DateOnly(2026, 9, 1).AddDays(night).ToString("yyyy-MM-dd", null)).AcceptingShrink().As(first.Run.Tenant).RunAsync();

    private static async Task<int> PupilsAsync(NightResult night) => (await night.AppleAsync()).Rows("students.csv").Count;
}
