using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Pulls of changes, hour after hour, between full ones.</summary>
[Collection(SourceTests.Name)]
public sealed class ChangedPullTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_has_changed_reaches_the_target_within_the_hour_and_the_night_has_nothing_to_add()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        ChangingRegister.AssertDelivered(await register.NightAsync());
        var asked = register.Server.Requests.Count;

        register.Change("persons", "north-7-1", pupil => pupil["givenName"] = "Anna");
        register.Change(town => town.Student("new", "north"));
        register.Delete("persons", "south-9-5");
        var first = await register.ChangesAsync();

        ChangingRegister.AssertDelivered(first);
        Assert.True(first.Run.Changed);
        Assert.Equal(("Anna", true, false), (register.Given("north-7-1"), register.HasLearn("new"), register.HasLearn("south-9-5")));
        Assert.True(register.HasLearn("south-9-4"));
        Assert.All(
            register.Server.Requests.Skip(asked).Where(request => !request.PathAndQuery.Contains("lookup", StringComparison.Ordinal)),
            request => Assert.Contains("after=", request.PathAndQuery, StringComparison.Ordinal));

        register.Change("groups", "north-7", group => group["groupMemberships"]!.AsArray().Add(new JsonObject { ["person"] = SchoolBuilder.Reference("new") }));
        register.Delete("persons", "new");
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        var before = register.Enabled();
        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.False(register.HasLearn("new"));
        Assert.Equal(before.Order(), register.Enabled().Order());
        Assert.DoesNotContain(night.Run.Findings, finding => finding.Code == PullNote.ChangesMissed);
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
    }

    [Theory]
    [InlineData(-3, false)]
    [InlineData(-3, true)]
    [InlineData(3, false)]
    [InlineData(0, true)]
    public async Task Neither_clocks_nor_bounds_lose_a_change(int hoursAhead, bool isInclusive)
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        register.Ahead = TimeSpan.FromHours(hoursAhead);
        register.Habits.AfterIsInclusive = isInclusive;
        await register.NightAsync();

        register.Change("persons", "north-7-1", pupil => pupil["givenName"] = "Anna");
        register.Delete("persons", "south-9-5");

        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        Assert.Equal(("Anna", false), (register.Given("north-7-1"), register.HasLearn("south-9-5")));
        Assert.DoesNotContain((await register.NightAsync()).Run.Findings, finding => finding.Code == PullNote.ChangesMissed);
    }

    [Fact]
    public async Task Slices_that_end_after_every_page_come_to_the_same()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        await register.NightAsync();
        register.Change(town => Enumerable.Range(0, 9).ToList().ForEach(number => town.Student($"new{number}", "north")));
        register.Change("persons", "south-9-4", pupil => pupil["givenName"] = "Anna");
        register.Delete("persons", "south-9-5");

        ChangingRegister.AssertDelivered(await register.ChangesAsync(night => night.Setting("Pipeline:SliceLength", "00:00:00")));

        Assert.Equal(("Anna", true, true, false), (register.Given("south-9-4"), register.HasLearn("new0"), register.HasLearn("new8"), register.HasLearn("south-9-5")));
        Assert.DoesNotContain((await register.NightAsync()).Run.Findings, finding => finding.Code == PullNote.ChangesMissed);
    }

    [Fact]
    public async Task Who_is_referred_to_and_not_listed_is_looked_up()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        await register.NightAsync();
        var elsewhere = new SchoolBuilder(Night.Today);
        elsewhere.Employee("unlisted");
        register.Habits.Unlisted = elsewhere.Data;
        register.Change(town => town.Responsible("north-7-3", "unlisted"));
        register.Change("persons", "north-7-3", _ => { });

        ChangingRegister.AssertDelivered(await register.ChangesAsync());

        Assert.True(register.HasLearn("unlisted"));
    }

    public static TheoryData<string, string> BadHabits => new()
    {
        { "passes the filter over", "since" },
        { "hands out a row twice", "twice" },
        { "says changed and deleted", "deleted" },
        { "says no time zone", "time zone" },
        { "has no deletions", "source.changes" },
        { "refuses the filter", "source.changes" },
        { "has deletions of another form", "no list of ids" },
        { "says that most has changed", "more than half" },
        { "repeats a page", "circles" },
    };

    [Theory]
    [MemberData(nameof(BadHabits))]
    public async Task What_may_not_be_all_that_has_changed_is_not_taken_and_nobody_leaves(string habit, string told)
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        await register.NightAsync();
        var before = register.Enabled();
        register.Change("persons", "north-7-1", pupil => pupil["givenName"] = "Anna");
        Take(habit, register);

        var held = await register.ChangesAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains(told, held.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Fact]
    public async Task A_deletion_that_was_not_told_is_found_by_the_night_and_ends_pulls_of_changes_until_somebody_begins_anew()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        await register.NightAsync();
        register.Delete("persons", "south-9-5", isTold: false);
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        Assert.True(register.HasLearn("south-9-5"));

        var night = await register.NightAsync();
        var held = await register.ChangesAsync();
        var again = await register.ChangesAsync(next => next.OfChanges(acceptsMisses: true));
        var further = await register.ChangesAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.False(register.HasLearn("south-9-5"));
        Assert.Equal(["persons"], Assert.Single(night.Run.Findings, finding => finding.Code == PullNote.ChangesMissed).Sample);
        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("--accept-misses", held.Run.StateReason, StringComparison.Ordinal);
        ChangingRegister.AssertDelivered(again);
        ChangingRegister.AssertDelivered(further);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_moves_no_date_is_found_by_the_night(bool isNew)
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        await register.NightAsync();
        register.Town.Data["persons"].First(row => (string?)row["id"] == Ids.Of("north-7-1"))["givenName"] = isNew ? "North-7-1" : "Anna";
        if (isNew)
        {
            register.Town.Student("new", "north");
        }

        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        var note = Assert.Single(night.Run.PullNotes, note => note.Code == PullNote.ChangesMissed);
        Assert.Contains(isNew ? "1 rows missing, 0 too many, 0 different" : "0 rows missing, 0 too many, 1 different", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_full_pull_of_the_day_and_of_the_same_source_there_is_nothing_to_change()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        var first = await register.ChangesAsync();
        await register.NightAsync();
        register.Time.Skip(TimeSpan.FromHours(26));
        var late = await register.ChangesAsync();
        await register.NightAsync();
        register.Source["pageSize"] = 9;
        var otherwise = await register.ChangesAsync();

        Assert.All([first, late, otherwise], night => Assert.Equal(RunState.Held, night.Run.State));
        Assert.Contains("no full pull", first.Run.StateReason, StringComparison.Ordinal);
        Assert.Contains("more than a day old", late.Run.StateReason, StringComparison.Ordinal);
        Assert.Contains("has changed since the last full pull", otherwise.Run.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_full_pull_is_compared_with_the_last_full_one()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        var night = await register.NightAsync();
        register.Delete("persons", "south-9-5");
        var changed = await register.ChangesAsync();
        var next = await register.NightAsync();

        var (first, second) = (await ManifestAsync(changed), await ManifestAsync(next));
        Assert.Equal((night.Run.Run, night.Run.Run), (first.Previous!.Run, second.Previous!.Run));
        Assert.Equal((night.Run.Run, night.Run.Run), (first.Basis!.Run, first.Basis.Full));
        Assert.Null(second.Basis);
    }

    private async Task<SnapshotManifest> ManifestAsync(NightResult night) =>
        (await Snapshot.FindAsync(azurite.Blobs, night.Run.Tenant, night.Run.Run, CancellationToken.None))!.Manifest;

    private static void Take(string habit, ChangingRegister register)
    {
        var habits = register.Habits;
        switch (habit)
        {
            case "passes the filter over":
                habits.PassesOver = [PullQuery];
                break;
            case "hands out a row twice":
                habits.Rewrite = Rows(rows => rows.Add(rows[0]!.DeepClone()));
                break;
            case "says changed and deleted":
                habits.Deletions = [new Deletion("persons", Ids.Of("north-7-1"), habits.Clock.GetUtcNow())];
                break;
            case "says no time zone":
                register.Change("persons", "north-7-1", pupil => { });
                habits.Rewrite = Rows(rows => rows[0]!["meta"]!["modified"] = "2030-09-01T10:00:00");
                break;
            case "has no deletions":
                habits.Deletions = null;
                break;
            case "refuses the filter":
                habits.Fault = page => page.Collection == Collections.Groups ? new Fault.Status(400) : null;
                break;
            case "has deletions of another form":
                habits.Rewrite = (page, body) => page.Collection == SnapshotManifest.Deletions ? Encoding.UTF8.GetBytes("""{"data":{"persons":{"id":"x"}}}""") : body;
                break;
            case "says that most has changed":
                register.Town.Data["persons"].Skip(10).ToList().ForEach(row => row["meta"]!["modified"] = "2030-01-01T00:00:00Z");
                break;
            default:
                register.Town.Data["persons"].Take(20).ToList().ForEach(row => row["meta"]!["modified"] = "2030-01-01T00:00:00Z");
                habits.Fault = page => page is { Collection: Collections.Persons, Page: 1 } ? new Fault.RepeatToken() : null;
                break;
        }
    }

    private const string PullQuery = "meta.modified.after";

    /// <summary>Changes the rows of a page of persons.</summary>
    private static Func<PageRequest, byte[], byte[]> Rows(Action<JsonArray> change) => TwoNights.Editing(Collections.Persons, 0, page =>
    {
        if (page["data"]!.AsArray() is { Count: > 0 } rows)
        {
            change(rows);
        }
    });
}
