using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What a feed's part of one roster has that its part of another has not, row by row.</summary>
public sealed class RosterDifference
{
    private readonly RosterPair _pair;
    private readonly HashSet<ulong> _renamed;

    private RosterDifference(RosterPair pair, FeedSelection before, FeedSelection now)
    {
        _pair = pair;
        (Before, Now) = (pair.Before with { Selection = before }, pair.Now with { Selection = now });
        _renamed = RenamedByFeedIn(before, now);
        PersonRows = new RankedRows(PersonRow);
        SectionRows = new RankedRows(SectionRow);
        Counts = new ChangeCounts(Units.Count);
    }

    /// <summary>Ranks of the schools.</summary>
    public Alignment Units => _pair.Units;

    public Alignment Persons => _pair.Persons;

    public Alignment Sections => _pair.Sections;

    public ChangeCounts Counts { get; }

    /// <summary>Who has lost a higher kind, such as staff, and is still there as another, is removed from the former.</summary>
    public RankedRows PersonRows { get; }

    public RankedRows SectionRows { get; }

    /// <summary>Rows of the later roster's members.</summary>
    public Table<int> AddedMembers { get; } = new();

    /// <summary>Rows of the earlier roster's members.</summary>
    public Table<int> RemovedMembers { get; } = new();

    /// <summary>Ranks of those who are the same, and would get another login from the feed's settings.</summary>
    public IReadOnlyList<int> RenamedByFeed => _renamed.Count == 0 ? [] : [.. PersonRows.Moving.Rows.ToArray().Where(IsRenamedByFeed)];

    /// <summary>Who would tell of a protected person by what was, or would be, handed on of them: nothing keeps them in.</summary>
    internal IReadOnlyCollection<EntityId> Telling { get; set; } = [];

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

    /// <summary>The rank of the person with this id, -1 when neither roster has it.</summary>
    public int FindPerson(EntityId id)
    {
        for (var (first, end) = (0, Persons.Count); first < end;)
        {
            var middle = (first + end) / 2;
            var order = PersonId(middle).CompareTo(id);
            if (order == 0)
            {
                return middle;
            }

            (first, end) = order < 0 ? (middle + 1, end) : (first, middle);
        }

        return -1;
    }

    /// <summary>Where a person who is in both rosters counts now.</summary>
    internal int PersonSchoolNow(int rank) => _pair.PersonNow(Change.Same, Persons.Now(rank)).School;

    /// <inheritdoc cref="PersonSchoolNow"/>
    internal int SectionSchoolNow(int rank) => _pair.SectionNow(Change.Same, Sections.Now(rank)).School;

    public EntityId SectionId(int rank) =>
        Sections.Before(rank) is >= 0 and var row ? Before.Roster.Sections[row].Id : Now.Roster.Sections[Sections.Now(rank)].Id;

    private void ComparePersons()
    {
        for (var rank = 0; rank < Persons.Count; rank++)
        {
            Count(PersonRows, rank, PersonRow(rank));
        }
    }

    private void CompareSections()
    {
        for (var rank = 0; rank < Sections.Count; rank++)
        {
            var row = SectionRow(rank);
            Count(SectionRows, rank, row);
            CompareMembers(rank, ref Counts[RowKind.Memberships, row.School]);
        }
    }

    private void Count(RankedRows rows, int rank, RankedRow row)
    {
        if (row.Change == Change.Absent)
        {
            return;
        }

        Counts[row.Kind, row.School].Count(row.Change);
        if (row.Change != Change.Same)
        {
            rows.Moving.Add(rank);
        }
    }

    private RankedRow PersonRow(int rank)
    {
        var (left, right) = (Persons.Before(rank), Persons.Now(rank));
        var (was, isNow) = (Before.HasPerson(left), Now.HasPerson(right));
        return !was && !isNow ? default
            : was && isNow && IsRenamedByFeed(rank) ? _pair.PersonRows[rank] with { Change = Change.Changed }
            : was == isNow || left < 0 ? _pair.PersonRows[rank]
            : was ? _pair.PersonRows[rank] with { Change = Change.Removed }
            : _pair.PersonNow(Change.Added, right);
    }

    private bool IsRenamedByFeed(int rank) =>
        _renamed.Count > 0 && _pair.PersonRows[rank].Change == Change.Same && _renamed.Contains(Movement.KeyOf(PersonId(rank)));

    /// <summary>Keys of those who have another login in the later part than in the earlier one.</summary>
    private static HashSet<ulong> RenamedByFeedIn(FeedSelection before, FeedSelection now)
    {
        var had = now.Values.Count == 0 ? [] : before.Values.DistinctBy(value => value.Person).ToDictionary(value => value.Person, value => value.Value);
        return [.. now.Values.Where(value => had.TryGetValue(value.Person, out var login) && login != value.Value).Select(value => value.Person)];
    }

    private RankedRow SectionRow(int rank)
    {
        var (left, right) = (Sections.Before(rank), Sections.Now(rank));
        var (was, isNow) = (Before.HasSection(left), Now.HasSection(right));
        return !was && !isNow ? default
            : was == isNow || left < 0 ? _pair.SectionRows[rank]
            : was ? _pair.SectionRows[rank] with { Change = Change.Removed }
            : _pair.SectionNow(Change.Added, right);
    }

    private void CompareMembers(int rank, ref RowCounts counts)
    {
        var (left, right) = (Sections.Before(rank), Sections.Now(rank));
        var was = Before.HasSection(left) ? Before.Members(left) : [];
        var isNow = Now.HasSection(right) ? Now.Members(right) : [];
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

/// <summary>What becomes of a feed's persons, or of its sections, by rank. Most stay as they are, so only those that do not are listed.</summary>
public sealed class RankedRows(Func<int, RankedRow> rowOf)
{
    /// <summary>Ranks of the rows that are not as they were, in order.</summary>
    public Table<int> Moving { get; } = new();

    public RankedRow this[int rank] => rowOf(rank);
}

/// <summary>A person or a section of either roster, by its rank.</summary>
/// <param name="School">Rank of its school, where it was before when it was; -1 for none.</param>
public readonly record struct RankedRow(Change Change, RowKind Kind, int School);
