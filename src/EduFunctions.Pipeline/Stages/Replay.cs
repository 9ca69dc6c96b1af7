using System.Runtime.ExceptionServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a stored snapshot comes to with other rules or on another day, compared with what its run sent.</summary>
public sealed record ReplayResult(
    string Tenant, string Run, DateOnly Date, RosterCounts Counts, IReadOnlyDictionary<string, int> Exclusions, IReadOnlyList<ReplayedFeed> Feeds);

/// <param name="Errors">What the target would refuse.</param>
/// <param name="Differences">By kind of row, against the feed the run built; everything is added when it built none.</param>
public sealed record ReplayedFeed(
    string Name, string Type, IReadOnlyList<FeedFile> Files, IReadOnlyList<string> Errors, IReadOnlyDictionary<string, FeedDifference> Differences);

/// <summary>Transform and feeds on a stored snapshot: today's rules on last week's data, or what would be sent on a day to come. Delivers nothing, stores nothing.</summary>
public sealed class Replay(BlobStorage blobs, RunStore runs, Deciding deciding, DeliveredFiles delivered, Catalog<IFeed> feeds)
{
    /// <param name="keep">Gets each feed's files before they are gone.</param>
    /// <exception cref="RunHeldException">There is no complete snapshot, or a rule cannot be evaluated.</exception>
    [Told]
    public async Task<ReplayResult> RunAsync(Tenant tenant, string run, DateOnly? date, Action<string, FeedFiles> keep, CancellationToken ct)
    {
        var snapshot = await Snapshot.FindAsync(blobs, tenant.Id, run, ct)
            ?? throw new RunHeldException($"Run {run} of tenant {tenant.Id} has no complete snapshot, or it was deleted. Choose another run.");
        var record = await runs.FindAsync(tenant.Id, run, ct);
        var day = date ?? record?.Date ?? tenant.DateAt(snapshot.Manifest.Started);
        var decided = await deciding.DecideAsync(snapshot, Occasion.WithoutEffect(tenant, run, day, isKept: false), tenant.Feeds, ct);
        if (decided.Problems is [var problem, ..])
        {
            ExceptionDispatchInfo.Throw(problem);
        }

        var replayed = new List<ReplayedFeed>();
        foreach (var feed in decided.Feeds)
        {
            replayed.Add(await RenderAsync(tenant, run, day, record?.Started ?? snapshot.Manifest.Started, feed, decided, keep, ct));
        }

        var summary = Summary.Of(decided.Decisions, decided.Roster, snapshot.Manifest);
        return new ReplayResult(tenant.Id, run, day, summary.Counts, Exclusions.Count(decided.Decisions), replayed);
    }

    [Told]
    private async Task<ReplayedFeed> RenderAsync(
        Tenant owner, string run, DateOnly day, DateTimeOffset started, ChosenFeed chosen, Decided decided, Action<string, FeedFiles> keep, CancellationToken ct)
    {
        var (setup, feed, tenant) = (chosen.Setup, feeds[chosen.Setup.Type], owner.Id);
        using var files = new FeedFiles();
        using var known = IFeedWithMemory.SaysChanges(feed, setup.Settings)
            ? await delivered.ReadAsync(feed, tenant, setup.Name, target: null, _ => true, ct)
            : new KnownFiles();
        var input = new FeedInput(chosen.Roster, chosen.Selection, setup.Settings, known, day)
        {
            Tenant = tenant,
            Run = run,
            Begun = owner.TimeAt(started),
            IsTelling = new RowScan(decided.Protected).IsTelling,
        };
        feed.Render(input, files);
        if (LeakScan.Errors(files, decided.Protected, feed, setup.Settings) is [var leak, ..])
        {
            throw new RunHeldException($"A protected person would be recognised in the feed {setup.Name}: {leak}. Nothing was kept of it.");
        }

        keep(setup.Name, files);
        var before = new List<FeedRow>();
        foreach (var name in files.Names)
        {
            if (await blobs.ReadAsync(Containers.Feeds, FeedPath.Sent(tenant, run, setup.Name, name), ct) is { } file)
            {
                before.AddRange(feed.Rows(name, new MemoryStream(file.Content)));
            }
        }

        var now = files.Names.SelectMany(name => feed.Rows(name, files.Open(name)));
        return new ReplayedFeed(
            setup.Name, setup.Type, files.Describe(), [.. feed.Check(files, setup.Settings).Select(error => error.ToString())], FeedDifference.Between(before, now));
    }
}
