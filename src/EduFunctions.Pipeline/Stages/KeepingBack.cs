using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What would name a protected person is kept back, so that everything else can go: names become neutral, telling rows are left out.</summary>
public sealed class KeepingBack(BlobStorage blobs, RosterStore rosters, DeliveredRosters delivered, FeedChoosing choosing)
{
    private const string Leaving = "leaving";

    /// <summary>Tonight's rosters, before anything is made of them.</summary>
    /// <returns>The same without what tells, and what was kept back of the run's own.</returns>
    internal static (Roster Run, IReadOnlyList<ChosenFeed> Chosen, FindingLog Findings) From(
        Roster run, IReadOnlyList<ChosenFeed> chosen, ProtectedValues values, NeutralWords words)
    {
        var findings = new FindingLog();
        var neutral = chosen.Select(feed => feed.Roster).Append(run).Distinct().ToDictionary(roster => roster, roster => NeutralIds.Of(roster, values));
        chosen = [.. chosen.Select(feed => feed with { Roster = neutral[feed.Roster].Roster, Selection = neutral[feed.Roster].Of(feed.Selection) })];
        foreach (var (before, (roster, _, ids)) in neutral)
        {
            var names = NeutralNames.Apply(roster, values, words);
            var persons = TellingPersons.In(roster, values);
            foreach (var feed in chosen.Where(feed => feed.Roster == roster))
            {
                LeaveOut(persons, feed.Roster, feed.Selection);
            }

            if (before == run)
            {
                findings.Add(names);
                persons.ToList().ForEach(person => findings.Add(FindingCodes.RowTelling, EntityKind.Person, roster.Persons[person].Id));
                ids.Values.ToList().ForEach(id => findings.Add(FindingCodes.IdTelling, EntityKind.Group, id));
            }
        }

        return (neutral[run].Roster, chosen, findings);
    }

    /// <summary>
    /// A planned feed in which something was found has rows of earlier nights. Who had a protected person's name then and has left since is in last night's
    /// roster only: such a name is anybody's.
    /// </summary>
    internal async Task<(PlannedFeed Planned, ProtectedValues Values)> FromAsync(PlannedFeed planned, ProtectedValues values, NeutralWords words, CancellationToken ct)
    {
        if (planned.Plan.Plan.Against is { } place && await delivered.ReadAsync(place, new EarlierRosters(rosters), ct) is { IsLost: false } before)
        {
            values = values.WithoutOthers(before.Roster, planned.Roster.Protected.Rows.ToArray().ToHashSet());
        }

        var neutral = NeutralIds.Of(planned.Roster, values);
        NeutralNames.Apply(neutral.Roster, values, words);
        var selection = neutral.Of(planned.Selection) with { Persons = new BitArray(planned.Selection.Persons) };
        LeaveOut(TellingPersons.In(neutral.Roster, values), neutral.Roster, selection);
        return (planned with { Roster = neutral.Roster, Selection = selection }, values);
    }

    /// <summary>What the target was given last without those who are protected by now; null where there was nothing.</summary>
    public async Task<PlannedFeed?> LeavingAsync(string tenant, string run, FeedSetup feed, PlannedFeed planned, CancellationToken ct)
    {
        if (planned.Plan.Plan.Against is not { } place || await delivered.ReadAsync(place, new EarlierRosters(rosters), ct) is not { IsLost: false } before)
        {
            return null;
        }

        var roster = LeavingRoster.Of(before.Roster, planned.Roster.Protected.Rows, planned.Roster.KeysOnly.Rows);
        var chosen = await choosing.ChooseAsync(tenant, feed, roster, ct);
        place = new DeliveredRoster(run, RosterPath.Effective(tenant, run, feed.Name, Leaving), RosterPath.Selection(tenant, run, feed.Name, Leaving));
        await rosters.SaveAsync(place.Roster, roster, ct);
        var selection = chosen.Selection with { Movements = before.Selection.Movements, Arrivals = before.Selection.Arrivals, Left = before.Selection.Left };
        await blobs.WriteAsync(Containers.Rosters, place.Selection, stream => SelectionFile.Write(selection, roster, RosterPath.OwnerOf(place.Selection), stream), ct);
        return planned with { Roster = roster, Selection = chosen.Selection, Place = place, DeletesNone = true };
    }

    /// <summary>Takes people out of what is kept of a planned feed, for the nights that are compared with it.</summary>
    /// <param name="persons">By row: who is in it after all.</param>
    internal async Task SaveAsync(PlannedFeed planned, BitArray persons, CancellationToken ct)
    {
        var stored = await delivered.ReadAsync(planned.Place, new EarlierRosters(rosters), ct);
        var selection = stored.Selection with { Persons = persons, Excused = null };
        await blobs.WriteAsync(Containers.Rosters, planned.Place.Selection, stream => SelectionFile.Write(selection, stored.Roster, RosterPath.OwnerOf(planned.Place.Selection), stream), ct);
    }

    /// <summary>Nobody who tells is handed on, and the feed says why.</summary>
    internal static void LeaveOut(IReadOnlyList<int> persons, Roster roster, FeedSelection selection)
    {
        foreach (var person in persons.Where(person => selection.Persons[person]))
        {
            selection.Persons[person] = false;
            selection.Findings.Add(FindingCodes.RowTelling, EntityKind.Person, roster.Persons[person].Id);
        }
    }
}
