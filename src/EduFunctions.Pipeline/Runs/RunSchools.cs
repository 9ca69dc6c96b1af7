using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>What the schools are called that a run tells of: those of its roster, and those that its feeds keep though the register does not have them tonight.</summary>
public sealed class RunSchools(SchoolNaming naming)
{
    // A history of years is told in a moment all the same.
    private const int MostRosters = 24;
    private const int MostPulls = 4;
    private const string At = " at ";

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

    /// <summary>What schools and groups are called that are told of a person: of the latest night, and of those before it in which something changed.</summary>
    /// <param name="nights">As they were explained, newest first.</param>
    public async Task<NamedSchools> OfPersonAsync(string tenant, IReadOnlyList<Explanation> nights, CancellationToken ct)
    {
        if (nights.Count == 0)
        {
            return NamedSchools.None;
        }

        var groups = nights.SelectMany(night => night.ChangedSince?.Changes ?? []).Select(ChangedGroup.Of).OfType<ChangedGroup>().Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        var runs = nights.SelectMany(night => new[] { night.Run, night.ChangedSince?.Run }).OfType<string>().Distinct().Take(MostRosters);
        var places = nights.SelectMany(night => night.ChangedSince?.Changes ?? []).Select(PlaceOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var schools = await OfPlacesAsync(tenant, nights, places, ct);
        return schools.With(await naming.FindGroupsAsync(tenant, nights[0].Run, runs.Select(run => RosterPath.Roster(tenant, run)), groups, ct));
    }

    /// <summary>Where no roster says it, the register does: as long as it has the school, and in the nights before.</summary>
    private async Task<NamedSchools> OfPlacesAsync(string tenant, IReadOnlyList<Explanation> nights, IReadOnlyCollection<string> places, CancellationToken ct)
    {
        var isTelling = await naming.TryFindTestAsync(tenant, nights[0].Run, ct);
        var schools = NamedSchools.None;
        foreach (var run in nights.SelectMany(night => new[] { night.Run, night.ChangedSince?.Run }).OfType<string>().Distinct().Take(MostPulls))
        {
            schools = schools.And(await naming.FindAsync(tenant, run, isTelling, [RosterPath.Roster(tenant, run)], places.Where(place => !schools.Has(place)), ct));
            if (places.All(schools.Has))
            {
                break;
            }
        }

        return schools;
    }

    /// <summary>The school at which something came or went, as changes are written.</summary>
    private static string? PlaceOf(string change) => change.LastIndexOf(At, StringComparison.Ordinal) is >= 0 and var found ? change[(found + At.Length)..] : null;

    internal static IReadOnlyList<string> FeedsOf(RunRecord run) => [.. run.Feeds.Where(feed => feed.Holds.Count > 0).Select(feed => feed.Name)];
}
