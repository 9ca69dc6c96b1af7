using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Looks for those who were taken out of a target while nothing else might be sent to it. What is kept of the target does not say so: whoever is nobody to be
/// protected any more by the time it goes on would seem to be there still, and would never be told to it again.
/// </summary>
public sealed class TakenOut(ReceiptStore receipts, RunStore runs, RosterStore rosters)
{
    /// <summary>
    /// Whether somebody was, or may have been, since the last delivery, who is not protected in this run. Costs nothing where there was no run in between.
    /// </summary>
    public async Task<bool> IsBackAsync(RunRecord run, string feed, TargetKey target, CancellationToken ct)
    {
        var last = await receipts.FindLastAsync(run.Tenant, feed, ct);
        var (between, _) = await runs.ListBetweenAsync(run.Tenant, last?.Number ?? 0, run.Number, ct);
        HashSet<EntityId>? now = null;
        foreach (var name in between)
        {
            var (receipt, mayBe) = await receipts.LookForAsync(run.Tenant, name, target, ct);
            if (receipt is { Leaving: not null, IsTried: true })
            {
                now ??= [.. await FindProtectedAsync(run.Tenant, run.Run, ct) ?? []];
                mayBe = await FindProtectedAsync(run.Tenant, name, ct) is not { } then || !now.IsSupersetOf(then);
            }

            if (mayBe)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null where nobody knows any more.</summary>
    private async Task<EntityId[]?> FindProtectedAsync(string tenant, string run, CancellationToken ct) =>
        (await rosters.TryFindAsync(RosterPath.Roster(tenant, run), ct) ?? await rosters.TryFindAsync(RosterPath.Leaving(tenant, run), ct))?.Protected.Rows.ToArray();
}
