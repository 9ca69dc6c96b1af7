using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>
/// A marking that nobody knows protects whoever bears it, unless too many bear the same one: that is how the register writes, and says nothing of any of them.
/// Nothing is decided on such a pull, and whoever bears anything else that protects is protected all the same.
/// </summary>
/// <param name="Bearers">How many persons bear each.</param>
/// <param name="Persons">How many there are.</param>
internal sealed record CommonMarkings(IReadOnlyDictionary<ulong, int> Bearers, int Persons, int MostPercent)
{
    /// <summary>Wherever they stand, on persons or on what refers to them.</summary>
    /// <returns>Null when there are none.</returns>
    public static CommonMarkings? Find(SourceData data, int mostPercent)
    {
        var borne = new HashSet<(ulong Value, EntityId Person)>();
        foreach (ref readonly var row in data.Markings.Rows)
        {
            if (row.Value != 0 && (data.Persons.Find(row.Person) >= 0 || !SourceLinker.IsOfAnother(data, row.Person)))
            {
                borne.Add((row.Value, row.Person));
            }
        }

        var common = borne.CountBy(each => each.Value).Where(value => IsTooMany(value.Value, data.Persons.Distinct, mostPercent)).ToDictionary();
        return common.Count == 0 ? null : new CommonMarkings(common, data.Persons.Distinct, mostPercent);
    }

    /// <param name="passedOver">What these markings are.</param>
    [Told]
    public string Tell(IReadOnlyDictionary<ulong, StrangeMarking> passedOver)
    {
        var (value, bearers) = Bearers.MaxBy(each => (each.Value, each.Key));
        var (property, kind) = passedOver.TryGetValue(value, out var marking) ? (marking.Property, marking.Kind) : ("marking", "another text");
        return $"{bearers} of {Math.Max(bearers, Persons)} persons have the same {property}, which is not understood: {kind} (limit: {MostPercent} %). So it says of none of them "
            + "that they are protected, and nothing is handed on. Report it to the source's support.";
    }

    private static bool IsTooMany(int bearers, int persons, int mostPercent) => Understanding.IsTooMany(bearers, Math.Max(bearers, persons), mostPercent);
}
