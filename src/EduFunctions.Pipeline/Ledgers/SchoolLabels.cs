namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What people read for a school: its name, and beside it the beginning of its id where another one of the same name is told of. Pure.</summary>
internal static class SchoolLabels
{
    /// <param name="names">By id; several of one name are told apart, whatever is around them.</param>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> names)
    {
        var all = names.ToList();
        var same = all.ToLookup(school => school.Value, school => school.Key, StringComparer.OrdinalIgnoreCase);
        return all.ToDictionary(
            school => school.Key,
            school => school.Value.Length > 0 && same[school.Value].ToList() is { Count: > 1 } ids ? $"{school.Value} ({ShortId.Of(school.Key, ids)})" : school.Value,
            StringComparer.Ordinal);
    }
}
