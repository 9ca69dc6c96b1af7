using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// What a feed's part of one roster has that its part of another has not, row by row. Both rosters are sorted by id, so that one walk over each pair
/// of tables is enough: no dictionary and nothing allocated per row.
/// </summary>
public sealed class RosterDifference
{
    private readonly RosterSide _before;
    private readonly RosterSide _now;

    private RosterDifference(RosterSide before, RosterSide now)
    {
        (_before, _now) = (before, now);
        Units = Alignment.Of(before.Roster.Units, now.Roster.Units, static (in row) => row.Id);
        Persons = Alignment.Of(before.Roster.Persons, now.Roster.Persons, static (in row) => row.Id);
        Sections = Alignment.Of(before.Roster.Sections, now.Roster.Sections, static (in row) => row.Id);
        PersonRows = new RankedRow[Persons.Count];
        SectionRows = new RankedRow[Sections.Count];
        Counts = new ChangeCounts(Units.Count);
    }

    /// <summary>Ranks of the schools.</summary>
    public Alignment Units { get; }

    public Alignment Persons { get; }

    public Alignment Sections { get; }

    public ChangeCounts Counts { get; }

    /// <summary>By rank. Who has lost a higher kind, such as staff, and is still there as another, is removed from the former.</summary>
    public RankedRow[] PersonRows { get; }

    /// <summary>By rank.</summary>
    public RankedRow[] SectionRows { get; }

    /// <summary>Rows of the later roster's members.</summary>
    public Table<int> AddedMembers { get; } = new();

    /// <summary>Rows of the earlier roster's members.</summary>
    public Table<int> RemovedMembers { get; } = new();

    internal RosterSide Before => _before;

    internal RosterSide Now => _now;

    public static RosterDifference Between(Roster before, FeedSelection beforeSelection, Roster now, FeedSelection nowSelection)
    {
        var difference = new RosterDifference(new RosterSide(before, beforeSelection), new RosterSide(now, nowSelection));
        var comparison = new RowComparison(difference._before, difference._now, difference.Units, difference.Persons);
        difference.ComparePersons(comparison);
        difference.CompareSections(comparison);
        difference.CompareMembers();
        return difference;
    }

    public EntityId UnitId(int school) =>
        school < 0 || school >= Units.Count ? default
        : Units.Before(school) is >= 0 and var row ? _before.Roster.Units[row].Id
        : _now.Roster.Units[Units.Now(school)].Id;

    public EntityId PersonId(int rank) =>
        Persons.Before(rank) is >= 0 and var row ? _before.Roster.Persons[row].Id : _now.Roster.Persons[Persons.Now(rank)].Id;

    public EntityId SectionId(int rank) =>
        Sections.Before(rank) is >= 0 and var row ? _before.Roster.Sections[row].Id : _now.Roster.Sections[Sections.Now(rank)].Id;

    /// <summary>The school of a row of the earlier roster's members.</summary>
    internal int SchoolOfMember(int row) => SectionRows[Sections.RankBefore[_before.Roster.Members[row].Section]].School;

    private void ComparePersons(RowComparison comparison)
    {
        for (var rank = 0; rank < Persons.Count; rank++)
        {
            var (left, right) = (Persons.Before(rank), Persons.Now(rank));
            var (was, isNow) = (_before.HasPerson(left), _now.HasPerson(right));
            if (!was && !isNow)
            {
                continue;
            }

            var change =
                !was ? Change.Added
                : !isNow || IsLower(_before.KindOf(left), _now.KindOf(right)) ? Change.Removed
                : comparison.IsSamePerson(left, right) ? Change.Same
                : Change.Changed;
            var row = was
                ? new RankedRow(change, _before.KindOf(left), Rank(Units.RankBefore, _before.UnitOf(left)))
                : new RankedRow(change, _now.KindOf(right), Rank(Units.RankNow, _now.UnitOf(right)));
            PersonRows[rank] = row;
            Counts[row.Kind, row.School].Count(change);
        }
    }

    private void CompareSections(RowComparison comparison)
    {
        for (var rank = 0; rank < Sections.Count; rank++)
        {
            var (left, right) = (Sections.Before(rank), Sections.Now(rank));
            var (was, isNow) = (_before.HasSection(left), _now.HasSection(right));
            if (!was && !isNow)
            {
                continue;
            }

            var change =
                !was ? Change.Added
                : !isNow ? Change.Removed
                : comparison.IsSameSection(left, right) ? Change.Same
                : Change.Changed;
            var school = was ? Units.RankBefore[_before.Roster.Sections[left].Unit] : Units.RankNow[_now.Roster.Sections[right].Unit];
            SectionRows[rank] = new RankedRow(change, RowKind.Sections, school);
            Counts[RowKind.Sections, school].Count(change);
        }
    }

    private void CompareMembers()
    {
        for (var rank = 0; rank < Sections.Count; rank++)
        {
            var (left, right) = (Sections.Before(rank), Sections.Now(rank));
            var was = _before.HasSection(left) ? _before.Members(left) : [];
            var isNow = _now.HasSection(right) ? _now.Members(right) : [];
            ref var counts = ref Counts[RowKind.Memberships, SectionRows[rank].School];
            for (var (i, j) = (0, 0); i < was.Length || j < isNow.Length;)
            {
                var order = i == was.Length ? 1 : j == isNow.Length ? -1
                    : Persons.RankBefore[was[i].Person].CompareTo(Persons.RankNow[isNow[j].Person]);
                var had = order <= 0 && _before.HasPerson(was[i].Person);
                var has = order >= 0 && _now.HasPerson(isNow[j].Person);
                if (had && !has)
                {
                    RemovedMembers.Add(_before.FirstMember(left) + i);
                }
                else if (has && !had)
                {
                    AddedMembers.Add(_now.FirstMember(right) + j);
                }

                counts.Count(had && has ? Change.Same : had ? Change.Removed : has ? Change.Added : Change.Absent);
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
            }
        }
    }

    private static bool IsLower(RowKind before, RowKind now) => now != before && (before == RowKind.Staff || now == RowKind.Guardians);

    private static int Rank(int[] ranks, int row) => row < 0 ? -1 : ranks[row];
}

/// <summary>A person or a section of either roster, by its rank.</summary>
/// <param name="School">Rank of its school, where it was before when it was; -1 for none.</param>
public readonly record struct RankedRow(Change Change, RowKind Kind, int School);
