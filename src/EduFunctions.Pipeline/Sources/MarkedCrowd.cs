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

/// <summary>Those of some people who bear a marking that nobody can read.</summary>
/// <param name="who">Which people, in a word.</param>
/// <param name="people">How many they are.</param>
internal sealed class MarkedCrowd(IReadOnlyCollection<BorneMarking> borne, string who, int people)
{
    public int Bearers { get; } = BorneMarking.Bearers(borne);

    /// <summary>How many could bear one: whoever is not listed does as well.</summary>
    public int Standing => Math.Max(Bearers, people);

    public IReadOnlySet<ulong> Values { get; } = borne.Select(each => each.Marking.Value).ToHashSet();

    [Told]
    public string Tell(int mostPercent)
    {
        var (property, kind) = (MostOften(each => each.Property), MostOften(each => each.Kind));
        return $"{Bearers} of {Standing} {who} have a {property} that is not understood: {kind} (limit: {mostPercent} %, or half). So it says of none of them that they are "
            + "protected, and nothing is handed on. Report it to the source's support; where the register writes another word for Ingen for good, the data protection officer "
            + "may have it named in source.noMarking.";
    }

    private string MostOften(Func<StrangeMarking, string> what) =>
        borne.CountBy(each => what(each.Marking)).OrderBy(each => each.Key, StringComparer.Ordinal).MaxBy(each => each.Value).Key;
}
