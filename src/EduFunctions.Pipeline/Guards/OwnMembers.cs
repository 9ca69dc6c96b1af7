using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Memberships that go or come although their section and person were there and stay; the others go and come with those.</summary>
internal sealed class OwnMembers(RosterDifference difference)
{
    /// <summary>Places among the removed.</summary>
    public IReadOnlyList<int> Leaving { get; } =
        [.. Enumerable.Range(0, difference.RemovedMembers.Count).Where(at => IsOwn(difference, difference.Before, difference.RemovedMembers[at], Change.Removed))];

    /// <summary>Places among the added.</summary>
    public IReadOnlyList<int> Coming { get; } =
        [.. Enumerable.Range(0, difference.Before.Roster.Sections.Count == 0 ? 0 : difference.AddedMembers.Count).Where(at => IsOwn(difference, difference.Now, difference.AddedMembers[at], Change.Added))];

    public int SchoolOfLeaving(int at) => SchoolOf(difference.Before, difference.RemovedMembers[at]);

    public int SchoolOfComing(int at) => SchoolOf(difference.Now, difference.AddedMembers[at]);

    public (int Section, int Person) RanksOfLeaving(int at) => Ranks(difference, difference.Before, difference.RemovedMembers[at]);

    private static bool IsOwn(RosterDifference difference, RosterSide side, int row, Change other)
    {
        var (section, person) = Ranks(difference, side, row);
        return difference.SectionRows[section].Change != other && difference.PersonRows[person].Change != other;
    }

    private int SchoolOf(RosterSide side, int row) => difference.SectionRows[Ranks(difference, side, row).Section].School;

    private static (int Section, int Person) Ranks(RosterDifference difference, RosterSide side, int row)
    {
        SectionPerson member = side.Roster.Members[row];
        return ReferenceEquals(side, difference.Before)
            ? (difference.Sections.RankBefore[member.Section], difference.Persons.RankBefore[member.Person])
            : (difference.Sections.RankNow[member.Section], difference.Persons.RankNow[member.Person]);
    }
}
