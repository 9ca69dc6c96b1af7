using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>Single values that are not understood cost their rows a night; a property that is mostly not understood costs the night.</summary>
internal static class Understanding
{
    private const int Fewest = 10;

    /// <summary>More of a property than that share is not understood: nothing is decided on the pull.</summary>
    /// <param name="rowsOf">How many rows of a collection, or of the list in it that a property begins with, could have had the property.</param>
    /// <param name="place">What a source counts by: pages or lines.</param>
    public static void Judge(SourceData data, int mostPercent, Func<string, string, int> rowsOf, string place = "page")
    {
        foreach (var same in data.Misread.GroupBy(value => (value.Collection, value.Property)).OrderBy(group => group.Key))
        {
            var (collection, property) = same.Key;
            var list = property.IndexOf('.') is > 0 and var dot ? property[..dot] : "";
            var (bad, all) = (same.Count(), Math.Max(same.Count(), rowsOf(collection, list)));
            if (IsTooMany(bad, all, mostPercent))
            {
                data.Refusal =
                    $"{(bad == all ? "All" : $"{bad} of")} {all} {property} of {collection} are not {same.First().Expected} but {Kinds(same)}, the first on {place} "
                    + $"{same.Min(value => value.Page)} (limit: {mostPercent} %), so nothing is handed on. Report it to the source's support; "
                    + "source.maxNotUnderstoodPercent lets single ones pass.";
                return;
            }
        }
    }

    public static bool IsTooMany(int bad, int all, int mostPercent) => bad >= Fewest && bad * 100L > (long)all * mostPercent;

    private static string Kinds(IEnumerable<MisreadValue> values) =>
        string.Join(" or ", values.Select(value => value.Found).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
