using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Something that tells of an earlier delivery.</summary>
/// <param name="Run">The run that made it; null where not even that is known.</param>
/// <param name="Target">Where it went; null where that is not known.</param>
/// <param name="Type">As what kind of feed.</param>
public sealed record DeliveryTrace(string? Run, string? Target, string? Type)
{
    /// <summary>Whether it is known to have gone to another target.</summary>
    public bool IsElsewhere(TargetKey target) => Target is { } address && !TargetKey.Of(address, Type).Is(target);
}

/// <summary>Deliveries of which the record of what was delivered last knows nothing.</summary>
/// <param name="Any">Whether there is one: the target has something else than is on record.</param>
/// <param name="IsLost">Whether nobody can say of all of them what they were.</param>
/// <param name="Places">Where the rosters lie of those that it may have taken since the newest that was confirmed, newest first.</param>
public sealed record Tries(bool Any, bool IsLost, IReadOnlyList<DeliveredRoster> Places)
{
    /// <summary>How many in a row are put together.</summary>
    private const int Most = 10;

    private bool _isConfirmed;

    /// <summary>The newest of them, each after those before.</summary>
    public IEnumerable<DeliveredRoster> InOrder => Places.Take(Most).Reverse();

    /// <param name="isGone">Whether it is not known what an older one was.</param>
    /// <param name="older">Null for none. One that only took people out leaves no doubt of its own: what it left is what was there before.</param>
    /// <param name="planned">What one would have delivered of which the receipt is gone.</param>
    /// <param name="endsDoubt">Whether nothing before one that was confirmed matters.</param>
    internal Tries With(bool isGone, Receipt? older, DeliveredRoster? planned, bool endsDoubt)
    {
        var place = older?.Roster ?? planned;
        return new Tries(
            Any || isGone || older is not null,
            IsLost || isGone,
            _isConfirmed || place is null || Places.Contains(place) ? Places : [.. Places, place])
        {
            _isConfirmed = _isConfirmed || (endsDoubt && older is { Roster: not null, IsDelivered: true }),
        };
    }
}

/// <summary>
/// Looks for traces of deliveries, under a feed's name or to its target, of which the target's own record says nothing: where there is no record, which may cost
/// some calls, and of the nights since it was written, which costs none where there are none.
/// </summary>
public sealed class DeliveryTraces(ReceiptStore receipts, RunStore runs, LeftRuns left, PlanStore plans, Seals seals)
{
    private static readonly DeliveryTrace Lost = new(null, null, null);

    /// <param name="target">Whatever went to its address counts, of another kind as well.</param>
    /// <returns>Null when nothing at all tells of one.</returns>
    public Task<DeliveryTrace?> FindAsync(RunRecord run, string feed, TargetKey target, CancellationToken ct) =>
        FindAsync(run, (name, given) => name == feed || given?.IsAt(target) == true, ct);

    /// <summary>Whether anything may have been delivered to this very target.</summary>
    public async Task<bool> HasBeenGivenAsync(RunRecord run, string feed, TargetKey target, CancellationToken ct) =>
        (await receipts.FindLastAsync(run.Tenant, feed, ct) is { } last && last.Key.Is(target)) || await FindAsync(run, (_, given) => given?.Is(target) == true, ct) is not null;

    /// <summary>
    /// What was begun for a feed, or to its target by another name, after the delivery on record, and is not on record itself: a target may have taken it without
    /// saying so. A run or a receipt that is lost or damaged may have been one.
    /// </summary>
    /// <param name="after">The number of the run that is on record.</param>
    public Task<Tries> FindTriesAsync(RunRecord run, string feed, TargetKey target, int after, CancellationToken ct) =>
        FindTriesAsync(run.Tenant, feed, target, after, run.Number, ct);

    /// <summary>The same of all runs by now and of all their feeds, whatever they were called and wherever they went.</summary>
    internal Task<Tries> FindTriesAsync(string tenant, int after, CancellationToken ct) => FindTriesAsync(tenant, feed: null, target: null, after, before: null, ct);

    private async Task<Tries> FindTriesAsync(string tenant, string? feed, TargetKey? target, int after, int? before, CancellationToken ct)
    {
        var (between, isWhole) = await runs.ListBetweenAsync(tenant, after, before ?? int.MaxValue, ct);
        var isLost = before is not null && !isWhole;
        var tries = new Tries(Any: isLost, isLost, []);
        foreach (var name in isLost || before is null ? [.. await FindUnrecordedAsync(tenant, ct), .. between] : between)
        {
            var earlier = await runs.ShowAsync(tenant, name, ct);
            var known = earlier?.Feeds.Where(each => feed is null || each.Name == feed || (target is { } key && each.Key?.Is(key) == true)).ToList() ?? [];
            foreach (var tried in earlier is { DryRun: true } ? [] : known.Select(each => each.Name).Append(feed).OfType<string>().Distinct())
            {
                var (receipt, isDamaged) = await receipts.LookAsync(tenant, name, tried, ct);
                var isGone = isDamaged || earlier is null or { IsUnreadable: true }
                    || (receipt is null && known.Exists(each => each.Name == tried && IsTried(each)));

                // A run that was taken up again when it had delivered has a higher number than what is on record of it.
                var isOnRecord = receipt is { IsDelivered: true, Number: > 0 } && receipt.Number == after;
                receipt = receipt is { IsTried: true } && !isOnRecord && (target is not { } key || receipt.Key.Is(key)) ? receipt : null;
                var planned = isGone && receipt is null ? (await plans.TryFindAsync(tenant, name, tried, ct))?.Roster : null;
                tries = tries.With(isGone, receipt, planned, endsDoubt: target is not null);
            }
        }

        return tries;
    }

    /// <summary>Whether it was sent, or there was a try.</summary>
    private static bool IsTried(FeedRun feed) =>
        feed is { Target: not null, State: not (null or ReceiptState.Built or ReceiptState.Held or ReceiptState.SkippedUnchanged) };

    /// <summary>Runs of which something is left, and the record is not.</summary>
    private async Task<IEnumerable<string>> FindUnrecordedAsync(string tenant, CancellationToken ct) =>
        (await left.FindAsync(tenant, ct)).Except(await runs.ListAsync(tenant, ct)).OrderDescending(StringComparer.Ordinal);

    private async Task<DeliveryTrace?> FindAsync(RunRecord run, Func<string, TargetKey?, bool> isWanted, CancellationToken ct) =>
        await receipts.FindDeliveredAsync(run.Tenant, run.Run, given => isWanted(given.Feed, given.Key), ct) is { } receipt
            ? new DeliveryTrace(receipt.Run, receipt.Target, receipt.Type)
            : await FindInRunsAsync(run, isWanted, ct);

    /// <summary>Records of runs are never deleted: a run of which anything else is left and no record was lost, and with it what it delivered.</summary>
    private async Task<DeliveryTrace?> FindInRunsAsync(RunRecord run, Func<string, TargetKey?, bool> isWanted, CancellationToken ct)
    {
        var recorded = await runs.ListAsync(run.Tenant, ct);
        foreach (var name in recorded.Where(name => name != run.Run))
        {
            if (await runs.ShowAsync(run.Tenant, name, ct) is { DryRun: false } earlier
                && earlier.Feeds.FirstOrDefault(each => each.IsDelivered && isWanted(each.Name, each.Key)) is { } delivered)
            {
                return new DeliveryTrace(name, delivered.Target, delivered.Type);
            }
        }

        return (await FindLeftAsync(run.Tenant, ct)).Any(name => RunId.IsValid(name) && !recorded.Contains(name)) ? Lost : null;
    }

    /// <summary>Runs that have left a roster, a pull or a seal.</summary>
    private async Task<IEnumerable<string>> FindLeftAsync(string tenant, CancellationToken ct) =>
    [
        .. await left.FindAsync(tenant, ct),
        .. (await seals.ReadAsync(tenant, ct)).Entries.Select(entry => entry.Blob.Split('/')).Where(path => path.Length > 3).Select(path => path[2]),
    ];
}
