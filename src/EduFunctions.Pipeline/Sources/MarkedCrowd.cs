using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>Somebody who bears a marking that is not in the standard's words.</summary>
internal readonly record struct BorneMarking(EntityId Person, StrangeMarking Marking)
{
    /// <summary>Wherever they stand, on persons or on what refers to them; each once.</summary>
    public static IReadOnlyCollection<BorneMarking> All(SourceData data)
    {
        var borne = new HashSet<BorneMarking>();
        foreach (ref readonly var row in data.Markings.Rows)
        {
            if (data.StrangeMarkings.TryGetValue(row.Value, out var marking) && (data.Persons.Find(row.Person) >= 0 || !SourceLinker.IsOfAnother(data, row.Person)))
            {
                borne.Add(new BorneMarking(row.Person, marking));
            }
        }

        return borne;
    }

    public static int Bearers(IEnumerable<BorneMarking> borne) => borne.Select(each => each.Person).Distinct().Count();
}

/// <summary>Those of some people who bear a marking that is not in the standard's words.</summary>
/// <param name="who">Which people, in a word.</param>
/// <param name="people">How many they are.</param>
/// <param name="mostPercent">So many of them may be told from the others.</param>
internal sealed class MarkedCrowd(IReadOnlyCollection<BorneMarking> borne, string who, int people, int mostPercent)
{
    /// <summary>One in so many bearers at most is told from the others.</summary>
    private const int FewShare = 10;

    /// <summary>Of how few bearers ever so many may be told from the others.</summary>
    private const int FewAnyway = 2;

    public int Bearers { get; } = BorneMarking.Bearers(borne);

    /// <summary>How many could bear one: whoever is not listed does as well.</summary>
    public int Standing => Math.Max(Bearers, people);

    /// <summary>What says nothing of anybody. Where at least half bear the same, that is the register's form, and what few bear beside it is told from it.</summary>
    public IReadOnlySet<ulong> Common => field ??= FindCommon();

    [Told]
    public string Tell()
    {
        var (property, kind) = (MostOften(each => each.Property), MostOften(each => each.Kind));
        return $"{Bearers} of {Standing} {who} have a {property} that is not understood: {kind} (limit: {mostPercent} %, or half). So it says of none of them that they are "
            + "protected, and nothing is handed on. Report it to the source's support; where the register writes another word for Ingen for good, the data protection officer "
            + "may have it named in source.noMarking, and one for protection in source.protectionWords.";
    }

    private HashSet<ulong> FindCommon()
    {
        var bearers = borne.Distinct().CountBy(each => each.Marking.Value).ToList();
        var common = bearers.Select(each => each.Key).ToHashSet();
        if (bearers.Max(each => each.Value) * 2 < Bearers)
        {
            return common;
        }

        // Of values that equally many bear none is rarer than the others.
        var told = 0;
        foreach (var rare in bearers.GroupBy(each => each.Value).OrderBy(same => same.Key).TakeWhile(same => IsFew(told += same.Sum(each => each.Value))))
        {
            common.ExceptWith(rare.Select(each => each.Key));
        }

        return common;
    }

    private bool IsFew(int told) => told <= Math.Max(FewAnyway, Bearers / FewShare) && !Understanding.IsTooMany(told, Standing, mostPercent);

    private string MostOften(Func<StrangeMarking, string> what) =>
        borne.CountBy(each => what(each.Marking)).OrderBy(each => each.Key, StringComparer.Ordinal).MaxBy(each => each.Value).Key;
}
