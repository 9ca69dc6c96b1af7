using System.Text;
using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Languages;

/// <summary>A sentence with places for values: <c>{0}</c>, and <c>{0~}</c> for one that is a word or sentence of ours itself.</summary>
internal sealed partial class SentenceForm
{
    private const string SentenceEnd = ". ";

    private readonly string[] _literals;

    private SentenceForm(string[] literals, IReadOnlyList<Place> places) => (_literals, Places) = (literals, places);

    public IReadOnlyList<Place> Places { get; }

    /// <summary>How many letters stand: the more, the less is it another sentence that fits by chance.</summary>
    public int Weight => _literals.Sum(literal => literal.Length);

    /// <summary>Whether anything is said beside the values.</summary>
    public bool HasWords => _literals.Any(literal => literal.Any(char.IsLetter));

    public static SentenceForm Of(string text) => new(
        Hole().Split(text),
        [.. Hole().Matches(text).Select(hole => new Place(hole.ValueSpan[1] - '0', hole.Value.Contains('~', StringComparison.Ordinal)))]);

    /// <summary>Each literal with the value behind it; behind the last there is none.</summary>
    public IEnumerable<(string Literal, object? Value)> Parts(IReadOnlyList<object?> values) =>
        _literals.Select((literal, at) => (literal, at < Places.Count ? values[Places[at].Number] : null));

    public string Fill(Func<int, bool, string> value)
    {
        var text = new StringBuilder(_literals[0]);
        foreach (var (at, place) in Places.Index())
        {
            text.Append(value(place.Number, place.IsOurs)).Append(_literals[at + 1]);
        }

        return text.ToString();
    }

    /// <summary>The values of a text that is of this form, by number; null for any other text.</summary>
    /// <param name="isOurs">Which values may be sentences: no other holds the end of one.</param>
    public string[]? Match(string text, Func<int, bool> isOurs)
    {
        if (Places.Count == 0)
        {
            return text == _literals[0] ? [] : null;
        }

        if (!text.StartsWith(_literals[0], StringComparison.Ordinal) || !text.EndsWith(_literals[^1], StringComparison.Ordinal))
        {
            return null;
        }

        var (values, from, last) = (new string[Places.Count], _literals[0].Length, text.Length - _literals[^1].Length);
        foreach (var (at, place) in Places.Index())
        {
            var until = at == Places.Count - 1 ? last : text.IndexOf(_literals[at + 1], Math.Min(from, text.Length), StringComparison.Ordinal);
            if (until < from || until > last || (until == from && !isOurs(place.Number)) || (!isOurs(place.Number) && text[from..until].Contains(SentenceEnd, StringComparison.Ordinal)))
            {
                return null;
            }

            values[place.Number] = text[from..until];
            from = until + _literals[at + 1].Length;
        }

        return values;
    }

    [GeneratedRegex(@"\{\d~?\}")]
    private static partial Regex Hole();

    internal readonly record struct Place(int Number, bool IsOurs);
}
