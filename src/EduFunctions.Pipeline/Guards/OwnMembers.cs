using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Memberships that go or come although their section and person were there and stay; the others go and come with those.</summary>
internal sealed class OwnMembers(RosterDifference difference)
{
    /// <summary>Places among the removed.</summary>
    public IReadOnlyList<int> Leaving { get; } = Own(difference, difference.Before, difference.RemovedMembers, Change.Removed);

    /// <summary>Places among the added.</summary>
    public IReadOnlyList<int> Coming { get; } = Own(difference, difference.Now, difference.AddedMembers, Change.Added);

    /// <summary>Ranks of those who were there and join something: who also leaves something changes from one to the other.</summary>
    public HashSet<int> FindMovers() =>
    [
        .. difference.AddedMembers.Rows.ToArray()
            .Select(row => difference.Persons.RankNow[difference.Now.Roster.Members[row].Person])
            .Where(rank => difference.PersonRows[rank].Change != Change.Added),
    ];

    public int SchoolOfLeaving(int at) => SchoolOf(difference.Before, difference.RemovedMembers[at]);

    public int SchoolOfComing(int at) => SchoolOf(difference.Now, difference.AddedMembers[at]);

    public ulong KeyOfLeaving(int at) => KeyOf(difference.Before.Roster, difference.RemovedMembers[at]);

    public ulong KeyOfComing(int at) => KeyOf(difference.Now.Roster, difference.AddedMembers[at]);

    public (int Section, int Person) RanksOfLeaving(int at) => Ranks(difference, difference.Before, difference.RemovedMembers[at]);

    /// <param name="other">What becomes of the sections and persons that the others go or come with. In a first delivery all come.</param>
    private static IReadOnlyList<int> Own(RosterDifference difference, RosterSide side, Table<int> rows, Change other)
    {
        bool IsOwn(int at)
        {
            var (section, person) = Ranks(difference, side, rows[at]);
            return difference.SectionRows[section].Change != other && difference.PersonRows[person].Change != other;
        }

        return difference.Before.Roster.Sections.Count == 0 ? [] : [.. Enumerable.Range(0, rows.Count).Where(IsOwn)];
    }

    private static ulong KeyOf(Roster roster, int row) =>
        Movement.KeyOf(roster.Sections[roster.Members[row].Section].Id, roster.Persons[roster.Members[row].Person].Id);

    private int SchoolOf(RosterSide side, int row) => difference.SectionRows[Ranks(difference, side, row).Section].School;

    private static (int Section, int Person) Ranks(RosterDifference difference, RosterSide side, int row)
    {
        SectionPerson member = side.Roster.Members[row];
        return ReferenceEquals(side, difference.Before)
            ? (difference.Sections.RankBefore[member.Section], difference.Persons.RankBefore[member.Person])
            : (difference.Sections.RankNow[member.Section], difference.Persons.RankNow[member.Person]);
    }
}
