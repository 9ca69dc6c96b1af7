namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>
/// Words of the sender's own (<c>ext:…</c>) where somebody becomes something by them: what each means, the tenant file says. Of one that it does not name
/// nobody knows whether it is a pupil, an employee or nothing.
/// </summary>
internal sealed class OwnWords(IReadOnlyDictionary<string, string> meanings)
{
    public const string Setting = "ownWords";

    /// <summary>The meaning of a word that makes nothing of anybody.</summary>
    public const string Nothing = "none";

    public static OwnWords None { get; } = new(new Dictionary<string, string>());

    public static bool IsOwn(string word) => word.StartsWith(CsvForm.OwnWord, StringComparison.Ordinal);

    /// <summary>Whether it is, or is said to be, one of the column's.</summary>
    public bool IsKnown(CsvColumn column, string word) => column.Kind == ValueKind.Word || !IsOwn(word)
        ? column.IsWord(word)
        : meanings.TryGetValue(word, out var meaning) && (meaning == Nothing || column.Values.Contains(meaning));

    /// <summary>The form's word for it; itself where it has none.</summary>
    public string Meaning(string word) => meanings.GetValueOrDefault(word, word);

    public IEnumerable<(string Key, string Cause)> Contradictions() =>
        from entry in meanings
        let cause = !IsOwn(entry.Key) ? $"must begin with {CsvForm.OwnWord}, as words do that are not of the form"
            : entry.Value != Nothing && !CsvForm.DecidingWords.Contains(entry.Value) ? $"must be one of {string.Join(", ", CsvForm.DecidingWords)}, or {Nothing}"
            : null
        where cause is not null
        select ($"{Setting}.{entry.Key}", cause);
}
