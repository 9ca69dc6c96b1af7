using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>From a planned feed to files in which nobody who is protected would be recognised.</summary>
public sealed class FeedRendering(
    RosterStore rosters, DeliveredFiles delivered, TakenOut takenOut, Recognising recognising, KeepingBack keepingBack, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    private const int ErrorsShown = 3;

    /// <summary>Names of files are made of minutes.</summary>
    private static readonly TimeSpan NameLasts = TimeSpan.FromMinutes(1);

    /// <summary>The feed; made anew where a protected person would be recognised in it; and where that does not help, only what takes them out.</summary>
    /// <returns>What the files were made of, null when nothing may be sent; and what stopped the feed.</returns>
    [Told]
    internal async Task<(PlannedFeed? Rendered, string? Stopped)> RenderDiscreetlyAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, FeedFiles files, CancellationToken ct)
    {
        var all = await recognising.LearnAsync(run.Tenant, run.Run, ct);
        if (!TellsOnlyChanges(run, setup, planned))
        {
            var telling = new TellingRows(all);
            await RenderAsync(run, tenant, setup, planned, telling, files, ct);
            if (!telling.IsFound && Leaks(setup, files, all).Count == 0)
            {
                return (planned, null);
            }
        }

        (planned, var values) = await keepingBack.FromAsync(planned, all, NeutralWords.Of(tenant), ct);
        await RenderAsync(run, tenant, setup, planned, new TellingRows(values, all), files, ct);
        return Leaks(setup, files, values) is not { Count: > 0 } leaks
            ? (planned, null)
            : (await RenderLeavingAsync(run, tenant, setup, planned, values, files, ct), Shown("A protected person would be recognised in the feed", leaks));
    }

    /// <summary>
    /// Whether the feed is silent about what stays as it was, and something does that is not tonight's: no look at the files would find that a name in it tells by now.
    /// </summary>
    private bool TellsOnlyChanges(RunRecord run, FeedSetup setup, PlannedFeed planned) =>
        feeds[setup.Type] is IFeedWithMemory && planned.Place.Roster != FeedPlanning.PathOf(run, setup);

    /// <summary>The feed as it was delivered last, without those who have become protected; null when that would name somebody, too.</summary>
    private async Task<PlannedFeed?> RenderLeavingAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, ProtectedValues values, FeedFiles files, CancellationToken ct)
    {
        if (await keepingBack.LeavingAsync(run.Tenant, run.Run, setup, planned, ct) is not { } leaving)
        {
            return null;
        }

        (leaving, values) = await keepingBack.FromAsync(leaving, values, NeutralWords.Of(tenant), ct);
        await RenderAsync(run, tenant, setup, leaving, new TellingRows(values), files, ct);
        return Leaks(setup, files, values).Count == 0 && files.Names.Count > 0 ? leaving : null;
    }

    /// <summary>Where protected persons would be recognised in the files.</summary>
    internal IReadOnlyList<FeedError> Leaks(FeedSetup setup, FeedFiles files, ProtectedValues values) =>
        LeakScan.Errors(files, values, feeds[setup.Type], setup.Settings);

    internal async Task RenderAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, TellingRows telling, FeedFiles files, CancellationToken ct)
    {
        files.Clear();
        var feed = feeds[setup.Type];
        var target = deliveries.KeyOf(setup);
        using var before = IFeedWithMemory.SaysChanges(feed, setup.Settings)
            ? await delivered.ReadAsync(feed, run.Tenant, setup.Name, target, _ => true, ct)
            : new KnownFiles();
        var waiting = await FindWaitingAsync(run, setup, planned, ct);
        var deletable = planned.Deletable;
        var input = new FeedInput(planned.Roster, planned.Selection, setup.Settings, before, run.Date)
        {
            Tenant = run.Tenant,
            Run = run.Run,
            Begun = tenant.TimeAt(BeginningOf(run, setup, planned.IsAnswered)),
            IsTotal = run.Total || run.Force || (before.Names.Count > 0 && await takenOut.IsBackAsync(run, setup.Name, target, ct)),
            IsTelling = telling.Is,
            MayTell = telling.MayBe,
            Neutral = NeutralWords.Of(tenant).Names,
            Renamed = planned.Renamed,
            RemembersSince = run.Date.AddDays(-tenant.Privacy.RosterRetentionDays),
            Waiting = waiting ?? [],
            MayDelete = (kind, id) => deletable.Contains((kind, id)),
            KeepsLeavers = waiting is null || setup.Freezes.Any(freeze => freeze.HoldsRemovals(run.Date)),
        };
        feed.Render(input, files);
    }

    /// <summary>Who is held back, for a feed in which time runs out for who has left; null when nobody knows any more.</summary>
    private async Task<HashSet<EntityId>?> FindWaitingAsync(RunRecord run, FeedSetup setup, PlannedFeed planned, CancellationToken ct) =>
        feeds[setup.Type] is not IFeedWithMemory { AsksWhoWaits: true } || IsAllGiven(run, setup, planned) ? []
        : await rosters.TryFindAsync(FeedPlanning.PathOf(run, setup), ct) is { } tonight ? WaitingRows.Of(tonight, planned.Roster)
        : null;

    private static bool IsAllGiven(RunRecord run, FeedSetup setup, PlannedFeed planned) =>
        (planned.IsReleased || planned.Plan.Plan.Holds.Count == 0) && !setup.Freezes.Any(freeze => freeze.IsOn(run.Date));

    /// <summary>What an answer lets through is another delivery than the run's first: it must not bear that one's name, however quick the answer was.</summary>
    internal static DateTimeOffset BeginningOf(RunRecord run, FeedSetup setup, bool isAnswered) =>
        isAnswered && run.Feeds.FirstOrDefault(feed => feed.Name == setup.Name)?.Approval?.At is { } at
            ? new DateTimeOffset(Math.Max(at.UtcTicks, (run.Started + NameLasts).UtcTicks), TimeSpan.Zero)
            : run.Started;

    [Told]
    internal static string Shown(string problem, IReadOnlyList<FeedError> errors) =>
        $"{problem}, so it was not sent: {errors.Count} errors, first {string.Join("; ", errors.Take(ErrorsShown))}.";

    /// <summary>Of a target to which nothing else may be sent, for a reason of its own.</summary>
    [Told]
    internal static string NotTakenOut(string reason, IReadOnlyList<FeedError> errors) =>
        $"{reason} Who is protected could not be taken out of the target: {errors.Count} errors, first {string.Join("; ", errors.Take(ErrorsShown))}.";
}
