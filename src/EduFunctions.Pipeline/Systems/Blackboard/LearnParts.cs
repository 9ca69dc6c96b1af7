using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// What Learn has by a setting alone: a file that is written no more says nothing of what it had, so that it stays for ever, or with a refresh goes at once.
/// </summary>
internal static class LearnParts
{
    public static void Add(FeedParts parts, BlackboardSettings settings)
    {
        parts.Add("observers", settings.Observers, () => parts.Guardians);
        foreach (var (condition, roles) in settings.SecondaryRoles ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            parts.Add($"secondaryRoles.{condition}", isOn: true, () => HoldersOf(parts, new() { [condition] = roles }));
        }

        var hierarchy = settings.Hierarchy;
        parts.Add("hierarchy", hierarchy is not null, () => parts.Roster.Units.Count)
            .Add("hierarchy.users", hierarchy?.Users == true, () => parts.PersonsWhere(row => parts.Roster.Persons[row].Roles != Roles.Guardian))
            .Add("hierarchy.courses", hierarchy?.Courses == true, () => parts.Sections);
        if (hierarchy?.Organisation is { } organisation)
        {
            parts.AddValue("hierarchy.organisation", organisation.Key, () => 1);
        }
    }

    private static int HoldersOf(FeedParts parts, Dictionary<string, IReadOnlyList<string>> condition)
    {
        var map = new SecondaryRoleMap(parts.Roster, condition);
        return parts.PersonsWhere(row => Enumerable.Range(0, map.Roles.Count).Any(role => map.Has(row, role)));
    }
}
