using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Which of some rows are in the feed tonight, by the hash of their ids.</summary>
internal static class PresentRows
{
    public static IReadOnlyDictionary<ulong, RowKind> Find(RosterDifference difference, HashSet<ulong> wanted)
    {
        var (now, present) = (difference.Now, new Dictionary<ulong, RowKind>());
        for (var row = 0; wanted.Count > 0 && row < now.Roster.Persons.Count; row++)
        {
            Note(now.HasPerson(row), Movement.KeyOf(now.Roster.Persons[row].Id), now.KindOf(row));
        }

        for (var row = 0; wanted.Count > 0 && row < now.Roster.Sections.Count; row++)
        {
            Note(now.HasSection(row), Movement.KeyOf(now.Roster.Sections[row].Id), RowKind.Sections);
        }

        for (var row = 0; wanted.Count > 0 && row < now.Roster.Members.Count; row++)
        {
            var member = now.Roster.Members[row];
            Note(
                now.HasSection(member.Section) && now.HasPerson(member.Person),
                Movement.KeyOf(now.Roster.Sections[member.Section].Id, now.Roster.Persons[member.Person].Id), RowKind.Memberships);
        }

        return present;

        void Note(bool isThere, ulong key, RowKind kind)
        {
            if (isThere && wanted.Contains(key))
            {
                present[key] = kind;
            }
        }
    }
}
