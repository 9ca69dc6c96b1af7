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
        PullOf(decisions.Data, manifest),
        CountsOf(roster),
        Eligibility.Exclusions.Count(decisions),
        decisions.Data.Findings.Summarise(id => !decisions.Data.ProtectedIds.Contains(id)));

    private static RosterCounts CountsOf(Roster roster)
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

    private static SortedDictionary<string, CollectionCount> PullOf(SourceData data, SnapshotManifest manifest)
    {
        var dangling = new Dictionary<EntityKind, HashSet<EntityId>>();
        foreach (var reference in data.Dangling.Rows)
        {
            (dangling.TryGetValue(reference.Kind, out var ids) ? ids : dangling[reference.Kind] = []).Add(reference.Id);
        }

        var pull = new SortedDictionary<string, CollectionCount>(StringComparer.Ordinal);
        foreach (var (name, pages) in manifest.Collections)
        {
            var (kind, distinct) = Collection(data, name);
            pull[name] = new CollectionCount(pages.Pages.Count, pages.Rows, distinct, dangling.GetValueOrDefault(kind)?.Count ?? 0);
        }

        return pull;
    }

    private static (EntityKind Kind, int Distinct) Collection(SourceData data, string name) => name switch
    {
        "organisations" => (EntityKind.Unit, data.Units.Distinct),
        "persons" => (EntityKind.Person, data.Persons.Distinct),
        "placements" => (EntityKind.Placement, data.Placements.Distinct),
        "duties" => (EntityKind.Duty, data.Duties.Distinct),
        "groups" => (EntityKind.Group, data.Groups.Distinct),
        "activities" => (EntityKind.Activity, data.Activities.Distinct),
        _ => (EntityKind.Syllabus, data.Syllabuses.Distinct),
    };
}
