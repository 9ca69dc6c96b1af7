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
    /// <returns>What was kept back of the run's own roster.</returns>
    internal static FindingLog From(Roster run, IReadOnlyList<ChosenFeed> chosen, ProtectedValues values, NeutralWords words)
    {
        var findings = new FindingLog();
        foreach (var roster in chosen.Select(feed => feed.Roster).Append(run).Distinct())
        {
            var names = NeutralNames.Apply(roster, values, words);
            var persons = TellingPersons.In(roster, values);
            foreach (var feed in chosen.Where(feed => feed.Roster == roster))
            {
                LeaveOut(persons, feed.Selection);
            }

            if (roster == run)
            {
                findings.Add(names);
                persons.ToList().ForEach(person => findings.Add(FindingCodes.RowTelling, EntityKind.Person, roster.Persons[person].Id));
            }
        }

        return findings;
    }

    /// <summary>
    /// A planned feed in which something was found has rows of earlier nights. Who had a protected person's name then and has left since is in last night's
    /// roster only: such a name is anybody's.
    /// </summary>
    internal async Task<(PlannedFeed Planned, ProtectedValues Values)> FromAsync(PlannedFeed planned, ProtectedValues values, NeutralWords words, CancellationToken ct)
    {
        if (planned.Plan.Plan.Against is { } place && await delivered.ReadAsync(place, new EarlierRosters(rosters), ct) is { IsLost: false } before)
        {
            values = values.Without(SharedValues.Find(before.Roster, planned.Roster.Protected.Rows.ToArray().ToHashSet(), values));
        }

        NeutralNames.Apply(planned.Roster, values, words);
        var selection = planned.Selection with { Persons = new BitArray(planned.Selection.Persons) };
        LeaveOut(TellingPersons.In(planned.Roster, values), selection);
        return (planned with { Selection = selection }, values);
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
        var selection = chosen.Selection with { Movements = before.Selection.Movements, Arrivals = before.Selection.Arrivals };
        await blobs.WriteAsync(Containers.Rosters, place.Selection, stream => SelectionFile.Write(selection, stream), ct);
        return planned with { Roster = roster, Selection = chosen.Selection, Place = place };
    }

    private static void LeaveOut(IReadOnlyList<int> persons, FeedSelection selection)
    {
        foreach (var person in persons)
        {
            selection.Persons[person] = false;
        }
    }
}
