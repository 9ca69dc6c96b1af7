using System.Collections.Concurrent;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Two rosters side by side, whoever of them is in which feed: what feeds that share both need not find out twice. Both are sorted by id, so that
/// one walk over each pair of tables is enough: no dictionary and nothing allocated per row.
/// </summary>
internal sealed class RosterPair
{
    private readonly RowComparison _comparison;
    private readonly bool[] _hasSameMembers;

    public RosterPair(Roster before, Roster now)
    {
        var (earlier, later) = (Task.Run(() => new RosterSide(before)), Task.Run(() => new RosterSide(now)));
        Units = Alignment.Of(before.Units, now.Units, static (in row) => row.Id);
        Persons = Alignment.Of(before.Persons, now.Persons, static (in row) => row.Id);
        Sections = Alignment.Of(before.Sections, now.Sections, static (in row) => row.Id);
        (Before, Now) = (earlier.Result, later.Result);
        _comparison = new RowComparison(Before, Now, Units, Persons);
        PersonRows = new RankedRow[Persons.Count];
        SectionRows = new RankedRow[Sections.Count];
        _hasSameMembers = new bool[Sections.Count];
        InRanges(Persons.Count, ComparePersons);
        InRanges(Sections.Count, CompareSections);
    }

    public RosterSide Before { get; }

    public RosterSide Now { get; }

    /// <summary>Ranks of the schools.</summary>
    public Alignment Units { get; }

    public Alignment Persons { get; }

    public Alignment Sections { get; }

    /// <summary>By rank: what becomes of the person in a feed that has everybody of both rosters.</summary>
    public RankedRow[] PersonRows { get; }

    /// <inheritdoc cref="PersonRows"/>
    public RankedRow[] SectionRows { get; }

    /// <summary>Whether the section of a rank is in both with the same persons as members.</summary>
    public bool HasSameMembers(int rank) => _hasSameMembers[rank];

    /// <summary>A row that a feed had, as it was.</summary>
    public RankedRow PersonBefore(Change change, int row) => new(change, Before.KindOf(row), Rank(Units.RankBefore, Before.UnitOf(row)));

    /// <summary>A row that a feed has now.</summary>
    public RankedRow PersonNow(Change change, int row) => new(change, Now.KindOf(row), Rank(Units.RankNow, Now.UnitOf(row)));

    public RankedRow SectionBefore(Change change, int row) => new(change, RowKind.Sections, Units.RankBefore[Before.Roster.Sections[row].Unit]);

    public RankedRow SectionNow(Change change, int row) => new(change, RowKind.Sections, Units.RankNow[Now.Roster.Sections[row].Unit]);

    private void ComparePersons(int first, int end)
    {
        for (var rank = first; rank < end; rank++)
        {
            var (before, now) = (Persons.Before(rank), Persons.Now(rank));
            PersonRows[rank] =
                before < 0 ? PersonNow(Change.Added, now)
                : now < 0 || IsLower(Before.KindOf(before), Now.KindOf(now)) ? PersonBefore(Change.Removed, before)
                : PersonBefore(_comparison.IsSamePerson(before, now) ? Change.Same : Change.Changed, before);
        }
    }

    private void CompareSections(int first, int end)
    {
        for (var rank = first; rank < end; rank++)
        {
            var (before, now) = (Sections.Before(rank), Sections.Now(rank));
            SectionRows[rank] =
                before < 0 ? SectionNow(Change.Added, now)
                : now < 0 ? SectionBefore(Change.Removed, before)
                : SectionBefore(_comparison.IsSameSection(before, now) ? Change.Same : Change.Changed, before);
            _hasSameMembers[rank] = before >= 0 && now >= 0 && _comparison.HasSameMembers(before, now);
        }
    }

    internal static bool IsLower(RowKind before, RowKind now) => now != before && (before == RowKind.Staff || now == RowKind.Guardians);

    private static int Rank(int[] ranks, int row) => row < 0 ? -1 : ranks[row];

    private static void InRanges(int count, Action<int, int> compare)
    {
        if (count > 0)
        {
            Parallel.ForEach(Partitioner.Create(0, count), range => compare(range.Item1, range.Item2));
        }
    }
}
