using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What a feed's part of one roster has that its part of another has not, row by row.</summary>
public sealed class RosterDifference
{
    private readonly RosterPair _pair;

    private RosterDifference(RosterPair pair, FeedSelection before, FeedSelection now)
    {
        _pair = pair;
        (Before, Now) = (pair.Before with { Selection = before }, pair.Now with { Selection = now });
        PersonRows = new RankedRow[Persons.Count];
        SectionRows = new RankedRow[Sections.Count];
        Counts = new ChangeCounts(Units.Count);
    }

    /// <summary>Ranks of the schools.</summary>
    public Alignment Units => _pair.Units;

    public Alignment Persons => _pair.Persons;

    public Alignment Sections => _pair.Sections;

    public ChangeCounts Counts { get; }

    /// <summary>By rank. Who has lost a higher kind, such as staff, and is still there as another, is removed from the former.</summary>
    public RankedRow[] PersonRows { get; }

    /// <summary>By rank.</summary>
    public RankedRow[] SectionRows { get; }

    /// <summary>Rows of the later roster's members.</summary>
    public Table<int> AddedMembers { get; } = new();

    /// <summary>Rows of the earlier roster's members.</summary>
    public Table<int> RemovedMembers { get; } = new();

    internal RosterSide Before { get; }

    internal RosterSide Now { get; }

    public static RosterDifference Between(Roster before, FeedSelection beforeSelection, Roster now, FeedSelection nowSelection) =>
        Of(new RosterPair(before, now), beforeSelection, nowSelection);

    internal static RosterDifference Of(RosterPair pair, FeedSelection before, FeedSelection now)
    {
        var difference = new RosterDifference(pair, before, now);
        Parallel.Invoke(difference.ComparePersons, difference.CompareSections);
        return difference;
    }

    public EntityId UnitId(int school) =>
        school < 0 || school >= Units.Count ? default
        : Units.Before(school) is >= 0 and var row ? Before.Roster.Units[row].Id
        : Now.Roster.Units[Units.Now(school)].Id;

    public EntityId PersonId(int rank) =>
        Persons.Before(rank) is >= 0 and var row ? Before.Roster.Persons[row].Id : Now.Roster.Persons[Persons.Now(rank)].Id;

    public EntityId SectionId(int rank) =>
        Sections.Before(rank) is >= 0 and var row ? Before.Roster.Sections[row].Id : Now.Roster.Sections[Sections.Now(rank)].Id;

    /// <summary>The school of a row of the earlier roster's members.</summary>
    internal int SchoolOfMember(int row) => SectionRows[Sections.RankBefore[Before.Roster.Members[row].Section]].School;

    private void ComparePersons()
    {
        for (var rank = 0; rank < Persons.Count; rank++)
        {
            var (left, right) = (Persons.Before(rank), Persons.Now(rank));
            var (was, isNow) = (Before.HasPerson(left), Now.HasPerson(right));
            if (!was && !isNow)
            {
                continue;
            }

            var row = was == isNow || left < 0 ? _pair.PersonRows[rank]
                : was ? _pair.PersonRows[rank] with { Change = Change.Removed }
                : _pair.PersonNow(Change.Added, right);
            PersonRows[rank] = row;
            Counts[row.Kind, row.School].Count(row.Change);
        }
    }

    private void CompareSections()
    {
        for (var rank = 0; rank < Sections.Count; rank++)
        {
            var (left, right) = (Sections.Before(rank), Sections.Now(rank));
            var (was, isNow) = (Before.HasSection(left), Now.HasSection(right));
            if (!was && !isNow)
            {
                continue;
            }

            var row = was == isNow || left < 0 ? _pair.SectionRows[rank]
                : was ? _pair.SectionRows[rank] with { Change = Change.Removed }
                : _pair.SectionNow(Change.Added, right);
            SectionRows[rank] = row;
            Counts[row.Kind, row.School].Count(row.Change);
        }

        CompareMembers();
    }

    private void CompareMembers()
    {
        for (var rank = 0; rank < Sections.Count; rank++)
        {
            var (left, right) = (Sections.Before(rank), Sections.Now(rank));
            var was = Before.HasSection(left) ? Before.Members(left) : [];
            var isNow = Now.HasSection(right) ? Now.Members(right) : [];
            ref var counts = ref Counts[RowKind.Memberships, SectionRows[rank].School];
            var isSame = was.Length == isNow.Length && _pair.HasSameMembers(rank);
            for (var (i, j) = (0, 0); i < was.Length || j < isNow.Length;)
            {
                var order = isSame ? 0 : i == was.Length ? 1 : j == isNow.Length ? -1
                    : Persons.RankBefore[was[i].Person].CompareTo(Persons.RankNow[isNow[j].Person]);
                var had = order <= 0 && Before.HasPerson(was[i].Person);
                var has = order >= 0 && Now.HasPerson(isNow[j].Person);
                if (had && !has)
                {
                    RemovedMembers.Add(Before.FirstMember(left) + i);
                }
                else if (has && !had)
                {
                    AddedMembers.Add(Now.FirstMember(right) + j);
                }

                counts.Count(had && has ? Change.Same : had ? Change.Removed : has ? Change.Added : Change.Absent);
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
            }
        }
    }
}

/// <summary>A person or a section of either roster, by its rank.</summary>
/// <param name="School">Rank of its school, where it was before when it was; -1 for none.</param>
public readonly record struct RankedRow(Change Change, RowKind Kind, int School);
