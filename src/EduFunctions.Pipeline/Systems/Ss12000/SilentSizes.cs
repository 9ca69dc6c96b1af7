namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Names of members and headers whose numbers of rows or pages count more than a client is handed, as the tenant file has them: they say nothing.</summary>
internal sealed class SilentSizes(IEnumerable<string> names)
{
    private const string HeaderPrefix = "X-";

    private readonly HashSet<string> _letters = names.Select(LettersOf).ToHashSet(StringComparer.Ordinal);

    public static SilentSizes None { get; } = new([]);

    /// <param name="letters">The ASCII letters of the name, in lower case, of a header without its <c>X-</c>.</param>
    public bool Has(string letters) => _letters.Contains(letters);

    /// <summary>Of <c>meta.total</c> the last name counts: members are read wherever they stand.</summary>
    private static string LettersOf(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..].Trim();
        var own = last.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase) ? last[HeaderPrefix.Length..] : last;
        return string.Concat(own.Where(char.IsAsciiLetter)).ToLowerInvariant();
    }
}
