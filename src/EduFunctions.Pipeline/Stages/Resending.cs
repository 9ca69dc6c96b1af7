using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Makes the roster of an earlier run that of a new one. Who has become protected since is not in it: what is known now counts, not then.</summary>
public sealed class Resending(
    BlobStorage blobs, RosterStore rosters, RunStore runs, TenantStore tenants, Remembering remembering, Deciding deciding)
{
    /// <exception cref="RunHeldException">The earlier run has no roster any more.</exception>
    [Told]
    public async Task<Roster> PrepareAsync(RunRecord run, CancellationToken ct)
    {
        var earlier = await FindAsync(run.Tenant, run.Resends!, ct)
            ?? throw new RunHeldException($"The roster of run {run.Resends} is gone or cannot be read, so it cannot be sent again. Choose another run.");
        var (latest, now) = await LatestAsync(run, ct);
        var (memory, tenant) = (await remembering.FindAsync(run.Tenant, run.Run, ct), (await tenants.ReadAsync(run.Tenant, ct)).Tenant);
        var values = DeliveredPeople.Values(earlier, memory, await ValuesAsync(run, tenant, (latest, now), memory, ct));
        await blobs.WriteAsync(Containers.Rosters, RosterPath.Protected(run.Tenant, run.Run), stream => ProtectedValuesFile.Write(values, stream), ct);
        var roster = Discreet(earlier);
        await rosters.SaveAsync(RosterPath.Roster(run.Tenant, run.Run), roster, ct);
        foreach (var feed in run.Feeds)
        {
            if (await rosters.TryFindAsync(RosterPath.Roster(run.Tenant, run.Resends!, feed.Name), ct) is { } own)
            {
                await rosters.SaveAsync(RosterPath.Roster(run.Tenant, run.Run, feed.Name), Discreet(own), ct);
            }
        }

        return roster;

        Roster Discreet(Roster then)
        {
            var left = Without(then, memory, now, values);
            NeutralNames.Apply(left, values, NeutralWords.Of(tenant));
            return left;
        }
    }

    /// <summary>
    /// By what the protected would be recognised: as the latest pull and the memory of now have it, since a later pull that came to nothing may have marked
    /// somebody. Without its snapshot, as it was noted then and is remembered since.
    /// </summary>
    [Told]
    private async Task<ProtectedValues> ValuesAsync(
        RunRecord run, Tenant tenant, (string Run, Roster Roster) latest, ProtectionMemory? memory, CancellationToken ct)
    {
        if (await Snapshot.FindAsync(blobs, run.Tenant, latest.Run, ct) is { } snapshot)
        {
            return await deciding.RememberAsync(snapshot, Occasion.WithoutEffect(tenant, latest.Run, run.Date, isKept: false), ct);
        }

        await using var values = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(run.Tenant, latest.Run), ct)
            ?? throw new RunHeldException($"What run {latest.Run} must keep back is not on record. Sync first.");
        var noted = await ProtectedValuesFile.ReadAsync(values, ct);
        return memory is null ? noted : ProtectedValuesBuilder.Of(memory, noted, latest.Roster);
    }

    /// <summary>Without whom tonight's roster knows as protected, or the memory, and with no id that tells of them.</summary>
    private static Roster Without(Roster earlier, ProtectionMemory? memory, Roster now, ProtectedValues values) => NeutralIds.Of(
        LeavingRoster.Of(
            earlier,
            [.. ProtectedIn(earlier, memory).Union(now.Protected.Rows.ToArray()).Order()],
            [.. now.KeysOnly.Rows.ToArray().Union(memory?.People.SelectMany(person => person.Companions) ?? []).Order()]),
        values).Roster;

    /// <summary>Whoever is remembered, under the ids of that day as well.</summary>
    private static IEnumerable<EntityId> ProtectedIn(Roster earlier, ProtectionMemory? memory) => memory is null
        ? []
        : memory.People.Select(person => person.Id).Union(DeliveredPeople.Rows(earlier, memory).Select(row => earlier.Persons[row].Id));

    /// <summary>The latest pull that came to a roster; what was sent again says nothing newer of anybody, and does only where no pull is left.</summary>
    [Told]
    private async Task<(string Run, Roster Roster)> LatestAsync(RunRecord run, CancellationToken ct)
    {
        (string, Roster)? again = null;
        foreach (var name in (await runs.ListAsync(run.Tenant, ct)).SkipWhile(name => name != run.Run).Skip(1))
        {
            if (await FindAsync(run.Tenant, name, ct) is { } latest)
            {
                if ((await runs.ShowAsync(run.Tenant, name, ct))?.Resends is null)
                {
                    return (name, latest);
                }

                again ??= (name, latest);
            }
        }

        return again ?? throw new RunHeldException("No pull is left that says who is protected now. Sync first.");
    }

    private async Task<Roster?> FindAsync(string tenant, string run, CancellationToken ct)
    {
        try
        {
            return await rosters.FindAsync(RosterPath.Roster(tenant, run), ct);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }
}
