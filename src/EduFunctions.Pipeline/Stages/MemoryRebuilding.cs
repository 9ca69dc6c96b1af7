using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Makes a memory where there is none, or none that can be believed: of whoever is in what there is of it, and whoever was protected in any roster that is
/// still kept, whatever release wrote it, or was marked in the pull of a run of which no roster is left. Only a tenant without earlier nights begins with nothing.
/// </summary>
public sealed class MemoryRebuilding(BlobStorage blobs, RunStore runs, LeftRuns left, RosterStore rosters, EarlierPulls pulls)
{
    /// <param name="older">What there is of it; null for nothing.</param>
    /// <param name="key">For a tenant that has none yet.</param>
    /// <returns>The memory, and whether there were nights before at all.</returns>
    internal async Task<(ProtectionMemory Memory, bool HasNights)> RebuildAsync(string tenant, string run, ulong key, ProtectionMemory? older, CancellationToken ct)
    {
        var (earlier, unrecorded) = await NightsAsync(tenant, run, ct);
        var memory = new ProtectionMemory(older?.Key ?? await FindKeyAsync(tenant, earlier, ct) ?? key, run: "") { Unrecorded = unrecorded };
        foreach (var person in older?.People ?? [])
        {
            memory.Set(person with { Clears = 0 });
        }

        var (known, roster) = (new HashSet<EntityId>(), (string?)null);
        foreach (var name in earlier.AsEnumerable().Reverse())
        {
            if (await FindAsync(tenant, name, ct) is var (path, found))
            {
                await AddAsync(memory, [.. found.Where(id => !known.Contains(id))], Day.From(RunId.DayOf(name)), roster, ct);
                (known, roster) = ([.. found], path);
            }
            else
            {
                await AddAsync(memory, await pulls.MarkedAsync(tenant, name, ct), Day.From(RunId.DayOf(name)), roster, ct);
            }
        }

        return (memory, earlier.Count > 0);
    }

    /// <summary>Runs, newest first, also those of which the record is lost.</summary>
    private async Task<(IReadOnlyList<string> All, IReadOnlyList<string> Unrecorded)> NightsAsync(string tenant, string run, CancellationToken ct)
    {
        var recorded = await runs.ListAsync(tenant, ct);
        List<string> lost = [.. (await left.FindAsync(tenant, ct)).Except(recorded).Where(name => name != run).OrderDescending(StringComparer.Ordinal)];
        return ([.. lost, .. recorded.Where(name => name != run)], lost);
    }

    /// <summary>Of a run that decided on nothing, whom it took out of targets all the same.</summary>
    private async Task<(string Path, IReadOnlyList<EntityId> Protected)?> FindAsync(string tenant, string run, CancellationToken ct)
    {
        foreach (var path in new[] { RosterPath.Roster(tenant, run), RosterPath.Leaving(tenant, run) })
        {
            if (await ProtectedTable.FindAsync(blobs, path, ct) is { } found)
            {
                return (path, found);
            }
        }

        return null;
    }

    /// <summary>Who was not protected the night before is in that night's roster, with all by which the person is recognised and who answers for him or her.</summary>
    private async Task AddAsync(ProtectionMemory memory, HashSet<EntityId> found, Day day, string? before, CancellationToken ct)
    {
        foreach (var id in found.Where(id => !memory.Has(id)))
        {
            memory.Set(new Remembered(id, day, MemoryReason.Records));
        }

        if (found.Count > 0 && before is not null && await rosters.TryFindAsync(before, ct) is { } roster)
        {
            var people = new DeliveredPeople(roster, memory.Key);
            foreach (var row in people.Rows(found.Contains, _ => false))
            {
                people.AddTo(memory.Find(roster.Persons[row].Id)!, row);
            }
        }
    }

    /// <summary>With the key that rosters of earlier nights were made with, people are known in them by more than their ids.</summary>
    private async Task<ulong?> FindKeyAsync(string tenant, IEnumerable<string> earlier, CancellationToken ct)
    {
        foreach (var name in earlier)
        {
            try
            {
                await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(tenant, name), ct);
                if (stored is not null && await ProtectedValuesFile.ReadAsync(stored, ct) is { Key: not 0 } values)
                {
                    return values.Key;
                }
            }
            catch (Exception e) when (RosterStore.IsUnreadable(e))
            {
                // An earlier night's will do.
            }
        }

        return null;
    }
}
