namespace EduFunctions.Pipeline.Languages;

/// <summary>
/// Says in another language what records hold in English: a text is taken apart by the forms its sentences were made with, and put together again by the
/// language's. So what is stored and sealed is the same whoever reads it, and what was stored before a language came is told in it too.
/// </summary>
internal sealed class Retelling
{
    private const string Between = ". ";
    private const string BetweenItems = "; ";

    // What other systems say stands in records too, and is to cost no time.
    private const int LongestText = 8000;
    private const int MostTogether = 40;
    private const int Deepest = 20;

    private readonly IReadOnlyList<(SentenceForm English, SentenceForm Own, SentenceForm? One)> _forms;
    private readonly Func<object?, string> _shown;

    /// <param name="shown">How the language writes a value, such as a day.</param>
    /// <param name="one">How forms are told that begin with a number, where it is one.</param>
    public Retelling(IReadOnlyDictionary<string, string> told, IReadOnlyDictionary<string, string> one, Func<object?, string> shown)
    {
        _forms =
        [
            .. told.Select(entry => (English: SentenceForm.Of(entry.Key), Own: SentenceForm.Of(entry.Value), One: one.TryGetValue(entry.Key, out var single) ? SentenceForm.Of(single) : null))
                .OrderBy(form => form.English.IsOpen)
                .ThenByDescending(form => form.English.Weight),
        ];
        _shown = shown;
    }

    /// <summary>Sentence by sentence, as many together as one form has.</summary>
    public string Of(string english) => Of(english, 0);

    private string Of(string english, int depth)
    {
        if (english.Length > LongestText || depth > Deepest)
        {
            return english;
        }

        var text = english.TrimStart();
        var pieces = text.Split(Between);
        var told = new List<string>();
        for (var from = 0; from < pieces.Length;)
        {
            var (until, found) = (Math.Min(from + MostTogether, pieces.Length), (string?)null);
            while (until > from && (found = Find(Join(pieces, from, until), depth)) is null)
            {
                until--;
            }

            until = Math.Max(until, from + 1);
            told.Add(found ?? Join(pieces, from, until));
            from = until;
        }

        return english[..^text.Length] + string.Join(' ', told);
    }

    /// <summary>The last piece has its full stop still, if the text has one.</summary>
    private static string Join(string[] pieces, int from, int until) =>
        string.Join(Between, pieces[from..until]) + (until < pieces.Length ? "." : "");

    /// <summary>Several reasons are put together as sentences, which they are not where each is made: the full stop is none of theirs.</summary>
    private string? Find(string english, int depth) =>
        FindForm(english, depth) ?? (english.EndsWith('.') && FindForm(english[..^1], depth) is { } told ? $"{told}." : null);

    private string? FindForm(string english, int depth)
    {
        foreach (var (form, own, one) in _forms)
        {
            if (form.Match(english, own) is { } values && Told(form, own, values, depth) is { } told)
            {
                return (values is [SentenceForm.One, ..] && one is not null ? one : own).Fill((number, kind) => kind is PlaceKind.AsItIs or PlaceKind.List ? told[number] : _shown(told[number]));
            }
        }

        return null;
    }

    /// <summary>
    /// The values as they are said; null for a text that a form which begins with a value fits by chance: what ought to be words of ours is none, and half of
    /// a sentence in another language helps nobody.
    /// </summary>
    private string[]? Told(SentenceForm form, SentenceForm own, string[] values, int depth)
    {
        var told = values.Select(_shown).ToArray();
        foreach (var (number, kind) in own.Places.Where(place => place.Kind != PlaceKind.AsItIs))
        {
            var value = values[number];
            told[number] = kind == PlaceKind.List ? string.Join(BetweenItems, value.Split(BetweenItems).Select(item => Of(item, depth + 1))) : Of(value, depth + 1);
            if (form.IsOpen && kind != PlaceKind.Sentences && told[number] == value && value.Trim().Contains(' ', StringComparison.Ordinal))
            {
                return null;
            }
        }

        return told;
    }
}
