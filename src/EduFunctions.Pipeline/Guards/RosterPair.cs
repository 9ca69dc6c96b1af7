using System.Collections.Concurrent;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Two rosters side by side, whoever of them is in which feed: what feeds that share both need not find out twice. Both are sorted by id, so that
/// one walk over each pair of tables is enough: no dictionary and nothing allocated per row.
/// </summary>
internal sealed class RosterPair
{
    private readonly bool[] _isSamePerson;
    private readonly bool[] _isSameSection;

    public RosterPair(Roster before, Roster now)
    {
        (Before, Now) = (new RosterSide(before), new RosterSide(now));
        Units = Alignment.Of(before.Units, now.Units, static (in row) => row.Id);
        Persons = Alignment.Of(before.Persons, now.Persons, static (in row) => row.Id);
        Sections = Alignment.Of(before.Sections, now.Sections, static (in row) => row.Id);
        var comparison = new RowComparison(Before, Now, Units, Persons);
        _isSamePerson = Compare(Persons, comparison.IsSamePerson);
        _isSameSection = Compare(Sections, comparison.IsSameSection);
    }

    public RosterSide Before { get; }

    public RosterSide Now { get; }

    /// <summary>Ranks of the schools.</summary>
    public Alignment Units { get; }

    public Alignment Persons { get; }

    public Alignment Sections { get; }

    /// <summary>Whether the person of a rank is in both with the same values.</summary>
    public bool IsSamePerson(int rank) => _isSamePerson[rank];

    /// <inheritdoc cref="IsSamePerson"/>
    public bool IsSameSection(int rank) => _isSameSection[rank];

    private static bool[] Compare(Alignment ranks, Func<int, int, bool> isSame)
    {
        var same = new bool[ranks.Count];
        var ranges = ranks.Count == 0 ? [] : Partitioner.Create(0, ranks.Count).GetDynamicPartitions();
        Parallel.ForEach(ranges, range =>
        {
            for (var rank = range.Item1; rank < range.Item2; rank++)
            {
                var (before, now) = (ranks.Before(rank), ranks.Now(rank));
                same[rank] = before >= 0 && now >= 0 && isSame(before, now);
            }
        });
        return same;
    }
}
