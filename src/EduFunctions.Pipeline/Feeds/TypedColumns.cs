using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>What stands in a feed's columns, by their titles; further ones of a kind have its title with a number behind.</summary>
internal sealed class TypedColumns(IEnumerable<string> texts, IEnumerable<string> keys, IEnumerable<string> own)
{
    private readonly Dictionary<string, PartKind?> _kinds = own.Select(title => (title, (PartKind?)PartKind.Own))
        .Concat(keys.Select(title => (title, (PartKind?)PartKind.Key))).Concat(texts.Select(title => (title, (PartKind?)null)))
        .DistinctBy(column => column.title, StringComparer.OrdinalIgnoreCase).ToDictionary(column => column.title, column => column.Item2, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Titles => _kinds.Keys;

    public bool Knows(string title) => _kinds.ContainsKey(Plain(title));

    /// <summary>Null for a column with texts, and for one that nobody knows.</summary>
    public PartKind? KindOf(string title) => _kinds.GetValueOrDefault(Plain(title));

    private static string Plain(string title) =>
        title.TrimEnd("0123456789".ToCharArray()) is { Length: > 1 } plain && plain.Length < title.Length && plain[^1] == '_' ? plain[..^1] : title;
}
