using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>What the schools are called that a run tells of: those of its roster, and those that its feeds keep though the register does not have them tonight.</summary>
public sealed class RunSchools(SchoolNaming naming)
{
    /// <summary>None, and nothing read, for a run that tells of no school.</summary>
    public Task<NamedSchools> OfAsync(RunRecord run, CancellationToken ct) => run.Feeds.All(feed => feed.Plan is null && feed.Holds.Count == 0 && feed.Notices is null)
        ? Task.FromResult(NamedSchools.None)
        : OfAsync(run.Tenant, run.Run, FeedsOf(run), ct);

    /// <summary>The same where the reader sees what waits alone.</summary>
    public Task<NamedSchools> OfHeldAsync(RunRecord? run, CancellationToken ct) =>
        run is not null && FeedsOf(run) is { Count: > 0 } feeds ? OfAsync(run.Tenant, run.Run, feeds, ct) : Task.FromResult(NamedSchools.None);

    /// <param name="held">Feeds of the run in which something waits.</param>
    public Task<NamedSchools> OfAsync(string tenant, string run, IReadOnlyList<string> held, CancellationToken ct) => naming.FindAsync(
        tenant, run, [RosterPath.Roster(tenant, run), .. held.Select(feed => RosterPath.Effective(tenant, run, feed, PlanPhase.Planned))], ct);

    internal static IReadOnlyList<string> FeedsOf(RunRecord run) => [.. run.Feeds.Where(feed => feed.Holds.Count > 0).Select(feed => feed.Name)];
}
