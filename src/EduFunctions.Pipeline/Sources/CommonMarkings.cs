using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>
/// A marking that nobody can read protects whoever bears it, unless too many bear one, whatever it says: that is how the register writes, and says nothing of any
/// of them but the few who bear another than nearly all. Nothing is decided on such a pull, and whoever bears anything else that protects is protected all the same.
/// </summary>
/// <param name="Values">Markings that say nothing of anybody.</param>
/// <param name="Reason">Why nothing is decided.</param>
internal sealed record CommonMarkings(IReadOnlySet<ulong> Values, string Reason)
{
    private const int FewestOfHalf = 3;
    private const int FewestWorded = 10;

    /// <summary>One in so many at most is protected by a marking in words that the standard does not have.</summary>
    private const int WordedShare = 2;

    /// <summary>Asked of each place in which a marking stands, then of the rest by roles, then of all that is left; and of markings in words of the register's own.</summary>
    /// <returns>Null when there are none.</returns>
    public static CommonMarkings? Find(SourceData data, int mostPercent)
    {
        var borne = BorneMarking.All(data);
        var crowds = Crowds(data, [.. borne.Where(each => !each.Marking.IsWorded)], mostPercent);
        var reason = crowds.MaxBy(crowd => crowd.Bearers)?.Tell();
        BorneMarking[] worded = [.. borne.Where(each => each.Marking.IsWorded)];
        if (BorneMarking.Bearers(worded) is var bearers && AreTooManyWorded(bearers, data.Persons.Distinct))
        {
            reason ??= TellWorded(bearers, data.Persons.Distinct, worded[0].Marking.Property);
            crowds.Add(new MarkedCrowd(worded, "persons", data.Persons.Distinct, mostPercent));
        }

        return reason is null ? null : new CommonMarkings(crowds.SelectMany(crowd => crowd.Common).ToHashSet(), reason);
    }

    /// <summary>
    /// More than one in so many, and at least ten, or everybody: no register has so many whom it protects in words that the standard does not have, and one of a refuge
    /// writes the standard's, which are obeyed however many bear them.
    /// </summary>
    public static bool AreTooManyWorded(int bearers, int persons, int oneIn = WordedShare) =>
        (bearers >= FewestWorded && bearers * oneIn > persons) || (bearers >= FewestOfHalf && bearers >= persons);

    [Told]
    public static string TellWorded(int bearers, int persons, string property) =>
        $"{bearers} of {Math.Max(bearers, persons)} persons are said to be protected by a {property} in words that the standard does not have, which so many cannot be. "
        + "So nobody becomes protected by them, and nothing is handed on. Ask the register; the standard's own words are obeyed however many bear them, "
        + "and in a marking those that source.protectionWords names.";

    private static List<MarkedCrowd> Crowds(SourceData data, List<BorneMarking> left, int mostPercent)
    {
        var crowds = new List<MarkedCrowd>();
        if (left.Count < FewestOfHalf)
        {
            return crowds;
        }

        var standing = new MarkedPeople(data);
        foreach (var place in left.ToLookup(each => (each.Marking.Place, each.Marking.Property)))
        {
            SetAside(new MarkedCrowd([.. place], "persons", standing.At(place.Key.Place), mostPercent));
        }

        foreach (var (role, people) in standing.ByRole())
        {
            SetAside(new MarkedCrowd([.. left.Where(each => people.Contains(each.Person))], role, people.Count, mostPercent));
        }

        SetAside(new MarkedCrowd(left, "persons", data.Persons.Distinct, mostPercent));
        return crowds;

        void SetAside(MarkedCrowd crowd)
        {
            if (AreTooMany(crowd.Bearers, crowd.Standing, mostPercent))
            {
                crowds.Add(crowd);
                left = [.. left.Where(each => !crowd.Common.Contains(each.Marking.Value))];
            }
        }
    }

    /// <summary>Half of them are too many whatever the tenant allows, and in a small school too.</summary>
    private static bool AreTooMany(int bearers, int standing, int mostPercent) =>
        Understanding.IsTooMany(bearers, standing, mostPercent) || (bearers >= FewestOfHalf && bearers * 2 >= standing);
}
