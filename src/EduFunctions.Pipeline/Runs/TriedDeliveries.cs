using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Where a feed goes, or went.</summary>
/// <param name="After">Number of the run that is on record as its last delivery; 0 for none.</param>
public sealed record TriedTarget(string Feed, TargetKey Target, int After)
{
    public static TriedTarget Of(string feed, LastDelivery last) => new(feed, last.Key, last.Number);
}

/// <summary>Deliveries that were begun after what is on record of their targets, and that nobody has confirmed: a target may have taken any of them.</summary>
public sealed class TriedDeliveries(RunStore runs, ReceiptStore receipts)
{
    /// <summary>A target that is switched off has been tried soon after its last delivery, and one that fails fails to this day.</summary>
    private const int MostAtEachEnd = 100;

    /// <returns>Those that hand out a roster, not those that only take people out.</returns>
    public async Task<IReadOnlyList<Receipt>> FindAsync(string tenant, IReadOnlyCollection<TriedTarget> targets, CancellationToken ct)
    {
        if (targets.Count == 0)
        {
            return [];
        }

        var found = new List<Receipt>();
        var (later, _) = await runs.ListBetweenAsync(tenant, targets.Min(target => target.After), int.MaxValue, ct);
        foreach (var run in later.Where((_, at) => at < MostAtEachEnd || at >= later.Count - MostAtEachEnd))
        {
            foreach (var feed in await NamesAsync(tenant, run, targets, ct))
            {
                if (await receipts.FindWholeAsync(tenant, run, feed, ct) is { IsTried: true, Roster: not null, IsDelivered: false } tried
                    && targets.Any(target => tried.Number > target.After && tried.Key.Is(target.Target)))
                {
                    found.Add(tried);
                }
            }
        }

        return found;
    }

    /// <summary>The feeds of a run that went to one of the targets; of one whose record is lost or damaged any may have.</summary>
    private async Task<IEnumerable<string>> NamesAsync(string tenant, string run, IReadOnlyCollection<TriedTarget> targets, CancellationToken ct) => await runs.ShowAsync(tenant, run, ct) switch
    {
        { DryRun: true } => [],
        { IsUnreadable: false } known => known.Feeds.Where(feed => feed.Key is { } key && targets.Any(target => key.Is(target.Target))).Select(feed => feed.Name),
        _ => targets.Select(target => target.Feed).Distinct(),
    };
}
