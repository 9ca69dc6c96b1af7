using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a run record says of the decisions: how many came in, how many are left, and why the others are not.</summary>
internal sealed record Summary(
    SortedDictionary<string, CollectionCount> Pull,
    RosterCounts Counts,
    SortedDictionary<string, int> Exclusions,
    IReadOnlyList<Finding> Findings)
{
    public static Summary Of(Decisions decisions, Roster roster, SnapshotManifest manifest) => new(
        PullOf(manifest),
        Of(roster),
        Eligibility.Exclusions.Count(decisions),
        [.. decisions.Data.Findings.Summarise(id => !decisions.Data.ProtectedIds.Contains(id)).Concat(FindingsOf(manifest)).OrderBy(f => f.Code, StringComparer.Ordinal)]);

    public static RosterCounts Of(Roster roster)
    {
        var (students, staff, guardians) = (0, 0, 0);
        foreach (ref readonly var person in roster.Persons.Rows)
        {
            students += person.Roles.HasFlag(Roles.Student) ? 1 : 0;
            staff += person.Roles.HasFlag(Roles.Staff) ? 1 : 0;
            guardians += person.Roles.HasFlag(Roles.Guardian) ? 1 : 0;
        }

        return new RosterCounts(roster.Units.Count, students, staff, guardians, roster.Sections.Count, roster.Members.Count);
    }

    private static IEnumerable<Finding> FindingsOf(SnapshotManifest manifest) => manifest.Notes
        .GroupBy(note => note.Code)
        .Select(notes => new Finding(notes.Key, notes.Count(), [.. notes.Take(FindingLog.SampleSize).Select(note => note.Collection)]));

    private static SortedDictionary<string, CollectionCount> PullOf(SnapshotManifest manifest) => new(
        manifest.Collections.Where(entry => !SnapshotManifest.IsAside(entry.Key)).ToDictionary(
            entry => entry.Key,
            entry => new CollectionCount(entry.Value.Pages.Count, entry.Value.Rows, entry.Value.Distinct, entry.Value.Dangling)),
        StringComparer.Ordinal);
}
