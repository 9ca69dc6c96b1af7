using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Answers "why is this person missing?" from the ledgers of the runs.</summary>
public sealed class People(BlobStorage blobs, RunStore runs)
{
    /// <summary>The decision on a person; null when the run's pull does not have the person.</summary>
    /// <param name="run">Null for the latest run that came to decisions.</param>
    public async Task<Explanation?> ExplainAsync(string tenant, EntityId person, string? run, CancellationToken ct)
    {
        run ??= await LatestAsync(tenant, ct);
        if (run is null)
        {
            return null;
        }

        var name = RosterPath.Ledger(tenant, run);
        var entry = await LedgerFile.FindAsync(
            async (offset, length) => await blobs.ReadRangeAsync(Containers.Rosters, name, offset, length, ct)
                ?? throw new InvalidDataException($"Run {run} of tenant {tenant} came to no decisions."),
            person);
        return entry is null ? null : Explanation.Of(tenant, run, entry);
    }

    /// <summary>The latest run that came to decisions, dry runs included.</summary>
    public async Task<string?> LatestAsync(string tenant, CancellationToken ct)
    {
        foreach (var run in await runs.ListAsync(tenant, ct))
        {
            if (await runs.FindAsync(tenant, run, ct) is { Counts: not null })
            {
                return run;
            }
        }

        return null;
    }
}
