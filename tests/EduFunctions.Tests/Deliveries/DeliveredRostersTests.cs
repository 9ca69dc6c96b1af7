using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>What the guard compares a night with: a school that a target has is never taken for a new one, or half of it could go without a question.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DeliveredRostersTests
{
    private static readonly DeliveredRoster Place = new("1", "nordhamn/1/roster", "nordhamn/1/apple/selection");

    private readonly Records _records = new();

    private DeliveredRosters Rosters => new(_records.Blobs, _records.Receipts);

    [Fact]
    public async Task Only_where_nothing_tells_of_a_delivery_is_it_the_first() => Assert.False((await FindAsync()).IsLost);

    [Fact]
    public async Task A_damaged_record_is_enough_to_know_that_there_was_one()
    {
        await _records.WriteAsync(Containers.State, ReceiptStore.LastName(Records.Tenant, Records.Feed), "{ \"run\":");

        Assert.True((await FindAsync()).IsLost);
    }

    /// <summary>The receipt is gone, too: nobody can say that it failed.</summary>
    [Fact]
    public async Task So_is_what_the_target_is_known_to_have()
    {
        await _records.KnowAsync(Records.Feed, Records.Target, new KnownFile(Records.File, "1", IsConfirmed: true));

        Assert.True((await FindAsync()).IsLost);
    }

    [Theory]
    [InlineData(ReceiptState.Failed, false)]
    [InlineData(ReceiptState.Sent, true)]
    public async Task What_the_only_delivery_left_counts_when_it_came_to_its_end(ReceiptState state, bool isLost)
    {
        await _records.KnowAsync(Records.Feed, Records.Target, new KnownFile(Records.File, "1", IsConfirmed: false));
        await _records.Receipts.SaveAsync(Records.Receipt("1", state), CancellationToken.None);

        Assert.Equal(isLost, (await FindAsync()).IsLost);
    }

    /// <summary>A roster that is made anew begins no new count: who went night by night, a few each time, would go unseen.</summary>
    [Fact]
    public async Task Who_left_in_the_nights_before_is_counted_on_when_the_roster_is_lost()
    {
        var school = EntityId.Parse(Ids.Of("berget"));
        Movement[] moved = [new(17, school, 1, Moved.Left, 0, 739_860), new(18, school, 2, Moved.ChangedNames, 1, 739_861)];
        var selection = new FeedSelection(new BitArray(3, true), new BitArray(1), new FindingLog()) { Movements = moved };
        await _records.Blobs.WriteAsync(Containers.Rosters, Place.Selection, stream => SelectionFile.Write(selection, RosterOf(1, 2, 3), owner: null, stream), CancellationToken.None);

        var baseline = await Rosters.ReadAsync(Place, Earlier(), CancellationToken.None);

        Assert.Equal((true, Place), (baseline.IsLost, baseline.Lost));
        Assert.Equal(moved, await Rosters.FindMovementsAsync(Place, CancellationToken.None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a page that is no data at all")]
    public async Task And_of_what_is_gone_or_damaged_nobody_has_moved(string? selection)
    {
        if (selection is not null)
        {
            await _records.WriteAsync(Containers.Rosters, Place.Selection, selection);
        }

        Assert.Empty(await Rosters.FindMovementsAsync(Place, CancellationToken.None));
    }

    /// <summary>As many others would be in the feed in the place of whoever was.</summary>
    [Theory]
    [InlineData(new[] { 1, 2 }, false)]
    [InlineData(new[] { 1, 3 }, true)]
    [InlineData(new[] { 2, 1 }, true)]
    [InlineData(new[] { 1 }, true)]
    public async Task A_selection_is_read_with_the_roster_that_it_is_of_alone(int[] persons, bool isLost)
    {
        var selection = new FeedSelection(new BitArray(2, true), new BitArray(0), new FindingLog());
        await _records.Blobs.WriteAsync(Containers.Rosters, Place.Selection, stream => SelectionFile.Write(selection, RosterOf(1, 2), owner: null, stream), CancellationToken.None);
        await new RosterStore(_records.Blobs).SaveAsync(Place.Roster, RosterOf(persons), CancellationToken.None);

        Assert.Equal(isLost, (await Rosters.ReadAsync(Place, Earlier(), CancellationToken.None)).IsLost);
    }

    [Fact]
    public async Task What_the_release_before_has_written_does_not_say_and_is_read()
    {
        await _records.Blobs.WriteAsync(
            Containers.Rosters,
            Place.Selection,
            stream => TableFile.Write(stream, "selection/1", new { Persons = 2, Sections = 0 }, TableBytes.Of("persons", new Table<byte>([3]))),
            CancellationToken.None);
        await new RosterStore(_records.Blobs).SaveAsync(Place.Roster, RosterOf(1, 3), CancellationToken.None);

        Assert.False((await Rosters.ReadAsync(Place, Earlier(), CancellationToken.None)).IsLost);
    }

    private static Roster RosterOf(params int[] persons) =>
        new RosterSketch { Persons = [.. persons.Select(id => new SketchPerson(id, Roles.Student, "", "", IsChosen: true))] }.Build();

    private EarlierRosters Earlier() => new(new RosterStore(_records.Blobs));

    private Task<Baseline> FindAsync() => Rosters.FindAsync(Records.Tenant, Records.Feed, TargetKey.Of(Records.Target), Earlier(), CancellationToken.None);
}
