using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Rows that were not understood under ids that nobody delivered: of whoever goes in the same night they may be the new ones. One that held nobody in the night
/// before, or whose leavers an operator has let go, is a stranger no longer: it was there while everybody else was.
/// </summary>
internal sealed class UnreadStrangers
{
    private readonly RosterDifference _difference;
    private readonly ILookup<(EntityKind Kind, ulong Hash), EntityId> _byMark;
    private readonly HashSet<DoubtRow> _holding = [];

    public UnreadStrangers(RosterDifference difference)
    {
        _difference = difference;
        var marks = difference.Now.Roster.Unread.Rows.ToArray();
        var known = marks.Length == 0 ? [] : difference.Before.Roster.Doubts.Rows.ToArray().ToHashSet();
        var groups = marks.Length == 0 ? [] : Groups(difference.Before.Roster).Concat(Groups(difference.Now.Roster)).ToHashSet();
        _byMark = marks
            .Where(mark => !known.Contains(new DoubtRow(mark.Kind, mark.Entity))
                && (mark.Kind == EntityKind.Person ? difference.FindPerson(mark.Entity) < 0 : !groups.Contains(mark.Entity)))
            .ToLookup(mark => (mark.Kind, mark.Hash), mark => mark.Entity);
    }

    public bool HasNone => _byMark.Count == 0;

    /// <summary>Whether one of them has kept somebody tonight, so that it is as new in the next night.</summary>
    public bool Holds(DoubtRow doubt) => _holding.Contains(doubt);

    /// <summary>An operator lets go whom they have kept.</summary>
    public void LetGo() => _holding.Clear();

    public bool MayBePerson(int rank)
    {
        var (roster, row) = (_difference.Before.Roster, _difference.Persons.Before(rank));
        var identity = roster.Identities.Count > row ? roster.Identities[row] : default;
        return MayBe(EntityKind.Person, UnreadMarks.OfPerson(roster.Persons[row].Texts, identity, roster.Texts));
    }

    public bool MayBeSection(int rank)
    {
        var roster = _difference.Before.Roster;
        return MayBe(EntityKind.Group, [UnreadMarks.OfName(roster[roster.Sections[_difference.Sections.Before(rank)].Name])]);
    }

    private bool MayBe(EntityKind kind, IEnumerable<ulong> hashes)
    {
        var found = hashes.Append(UnreadMarks.Anybody).SelectMany(hash => _byMark[(kind, hash)]).ToList();
        _holding.UnionWith(found.Select(id => new DoubtRow(kind, id)));
        return found.Count > 0;
    }

    private static IEnumerable<EntityId> Groups(Roster roster) => roster.Sections.Rows.ToArray().Select(section => section.Group);
}
