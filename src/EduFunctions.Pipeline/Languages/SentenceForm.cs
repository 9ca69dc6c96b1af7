using System.Text;
using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Languages;

/// <summary>What a place in a sentence is for.</summary>
internal enum PlaceKind
{
    /// <summary>A name, a number, a day: said as it is.</summary>
    AsItIs,

    /// <summary>Words of ours: <c>{0~}</c>.</summary>
    Words,

    /// <summary>Sentences of ours, one or several: <c>{0+}</c>.</summary>
    Sentences,

    /// <summary>Words of ours with a semicolon between them: <c>{0;}</c>.</summary>
    List,
}

/// <summary>A sentence with places for values, such as <c>{0}</c>.</summary>
internal sealed partial class SentenceForm
{
    /// <summary>The number that is told in another way than all others.</summary>
    public const string One = "1";

    private const string SentenceEnd = ". ";

    private readonly string[] _literals;

    private SentenceForm(string[] literals, IReadOnlyList<Place> places) => (_literals, Places) = (literals, places);

    public IReadOnlyList<Place> Places { get; }

    /// <summary>How many letters stand: the more, the less is it another sentence that fits by chance.</summary>
    public int Weight => _literals.Sum(literal => literal.Length);

    /// <summary>Whether it begins with a value, which may be any text.</summary>
    public bool IsOpen => _literals[0].Length == 0;

    /// <summary>Whether anything is said beside the values.</summary>
    public bool HasWords => _literals.Any(literal => literal.Any(char.IsLetter));

    public static SentenceForm Of(string text) => new(
        Hole().Split(text),
        [.. Hole().Matches(text).Select(hole => new Place(hole.ValueSpan[1] - '0', KindOf(hole.ValueSpan[2])))]);

    /// <summary>Each literal with the value behind it; behind the last there is none.</summary>
    public IEnumerable<(string Literal, object? Value)> Parts(IReadOnlyList<object?> values) =>
        _literals.Select((literal, at) => (literal, at < Places.Count ? values[Places[at].Number] : null));

    public string Fill(Func<int, PlaceKind, string> value)
    {
        var text = new StringBuilder(_literals[0]);
        foreach (var (at, place) in Places.Index())
        {
            text.Append(value(place.Number, place.Kind)).Append(_literals[at + 1]);
        }

        return text.ToString();
    }

    /// <summary>The values of a text that is of this form, by number; null for any other text.</summary>
    /// <param name="told">The same in the language in which it is to be said, which says what its values are: only sentences hold the end of one.</param>
    public string[]? Match(string text, SentenceForm told)
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
            if (until < from || until > last || !Fits(text[from..until], told.Places.FirstOrDefault(own => own.Number == place.Number).Kind))
            {
                return null;
            }

            values[place.Number] = text[from..until];
            from = until + _literals[at + 1].Length;
        }

        return values;
    }

    private static bool Fits(string value, PlaceKind kind) => kind switch
    {
        PlaceKind.AsItIs => value.Length > 0 && !value.Contains(SentenceEnd, StringComparison.Ordinal),
        PlaceKind.Words or PlaceKind.List => !value.Contains(SentenceEnd, StringComparison.Ordinal),
        _ => true,
    };

    private static PlaceKind KindOf(char mark) => mark switch
    {
        '~' => PlaceKind.Words,
        '+' => PlaceKind.Sentences,
        ';' => PlaceKind.List,
        _ => PlaceKind.AsItIs,
    };

    [GeneratedRegex(@"\{\d[~+;]?\}")]
    private static partial Regex Hole();

    internal readonly record struct Place(int Number, PlaceKind Kind);
}
