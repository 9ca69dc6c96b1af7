using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Answers "why is this person missing?" from the ledgers of the runs.</summary>
/// <param name="rebuilding">Brings back ledgers that cannot be read; null where nobody can.</param>
public sealed class People(BlobStorage blobs, RunStore runs, RuleCatalog rules, IRunRebuilding? rebuilding = null)
{
    /// <summary>The decision on a person; null when the run's pull does not have the person.</summary>
    /// <param name="run">Null for the latest run that came to decisions.</param>
    /// <exception cref="InvalidDataException">The run came to no decisions.</exception>
    public async Task<Explanation?> ExplainAsync(string tenant, EntityId person, string? run, CancellationToken ct)
    {
        run ??= (await FindLatestAsync(tenant, before: null, ct))?.Run;
        if (run is null || await FindAsync(tenant, run, person, ct) is not { } entry)
        {
            return null;
        }

        var explanation = Explanation.Of(tenant, run, entry, rules);
        return explanation with { ChangedSince = await CompareAsync(tenant, run, person, entry, ct) };
    }

    /// <summary>By the latest earlier run whose ledger is still there: retention and purges take them one by one, and nobody has to miss an answer for it.</summary>
    private async Task<ChangesSince?> CompareAsync(string tenant, string run, EntityId person, LedgerEntry entry, CancellationToken ct)
    {
        for (var earlier = await FindLatestAsync(tenant, before: run, ct); earlier is not null; earlier = await FindLatestAsync(tenant, earlier.Run, ct))
        {
            try
            {
                return ChangesSince.Of(earlier.Run, earlier.Date, await ReadAsync(tenant, earlier.Run, person, ct), entry, rules);
            }
            catch (Exception e) when (RosterStore.IsUnreadable(e))
            {
                // Gone or damaged: the one before it.
            }
        }

        return null;
    }

    /// <summary>The latest run that came to decisions, dry runs included.</summary>
    /// <param name="before">Only runs before this one; null for all.</param>
    public async Task<RunRecord?> FindLatestAsync(string tenant, string? before, CancellationToken ct)
    {
        foreach (var run in (await runs.ListAsync(tenant, ct)).SkipWhile(run => before is not null && run != before).Skip(before is null ? 0 : 1))
        {
            if (await runs.FindAsync(tenant, run, ct) is { Counts: not null, Resends: null } record)
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>What a run decided on a person; null when its pull does not have the person.</summary>
    /// <exception cref="InvalidDataException">The run came to no decisions.</exception>
    public async Task<LedgerEntry?> FindAsync(string tenant, string run, EntityId person, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(tenant, run, person, ct);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e) && rebuilding is not null)
        {
            if (await runs.FindAsync(tenant, run, ct) is { Counts: not null } record && await rebuilding.RebuildAsync(record, ct))
            {
                return await ReadAsync(tenant, run, person, ct);
            }

            throw;
        }
    }

    private Task<LedgerEntry?> ReadAsync(string tenant, string run, EntityId person, CancellationToken ct)
    {
        var name = RosterPath.Ledger(tenant, run);
        return LedgerFile.FindAsync(
            async (offset, length) => await blobs.ReadRangeAsync(Containers.Rosters, name, offset, length, ct)
                ?? throw new InvalidDataException($"Run {run} of tenant {tenant} came to no decisions, or its ledger was deleted."),
            person);
    }
}
