using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Ledgers;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What has changed for a person, in words that need no handbook: what a code means beside the code, and groups by their names.</summary>
internal static partial class ChangesView
{
    /// <summary>Of no use to any language, and not to the names of schools: a meaning is no word of a sentence that is told in another language.</summary>
    private const char FirstMark = '\uF000';
    private const int IdsShown = 12;

    public static Html Of(Wording words, IReadOnlyList<string> changes)
    {
        var unnamed = changes.Select(ChangedGroup.Of).OfType<ChangedGroup>().Where(group => words.Schools.Group(group.Id) is null).ToList();
        return Html.Of(
            $"""
            {Html.Each(changes.Where(change => !unnamed.Contains(ChangedGroup.Of(change)!)), change => Html.Of($"<li><span>{Change(words, change)}</span></li>"))}
            {Html.Each(unnamed.GroupBy(group => group.IsNew), groups => Unnamed(words, groups.Key, [.. groups.Select(group => group.Id)]))}
            """);
    }

    /// <summary>Groups of which no name is kept, or may be told: as many as there are, and enough of each id to find it.</summary>
    private static Html Unnamed(Wording words, bool isNew, IReadOnlyList<string> ids)
    {
        var shown = Html.Of($"<code>{string.Join(", ", ids.Take(IdsShown).Select(id => ShortId.Of(id, ids)))}</code>{(ids.Count > IdsShown ? ", …" : "")}");
        return Html.Of($"<li><span>{(isNew
            ? words[$"sections: new in {words.Number(ids.Count)} without a name here: {shown}"]
            : words[$"sections: no longer in {words.Number(ids.Count)} without a name here: {shown}"])}</span></li>");
    }

    private static Html Change(Wording words, string change) => OfCode().Match(change) is { Success: true } match && words.MeaningOf(match.Groups["code"].Value) is { Length: > 0 } meaning
        ? Code(words, match, Html.Of($"{meaning} <code>{match.Groups["code"].Value}</code>"))
        : Html.Of($"{Values(words, change)}");

    /// <summary>A rule that failed is one by which somebody is left out; of a feed the code itself came or went.</summary>
    private static Html Code(Wording words, Match match, Html meaning) => (match.Groups["feed"].Value, match.Groups["now"].Value is "failing" or "true") switch
    {
        ("", true) => words[$"Now: {meaning}"],
        ("", false) => words[$"No longer: {meaning}"],
        (var feed, true) => words[$"{feed}, now: {meaning}"],
        (var feed, false) => words[$"{feed}, no longer: {meaning}"],
    };

    /// <summary>Codes that stand for what a value was or is, by what they mean.</summary>
    private static string Values(Wording words, string change)
    {
        var meanings = new List<string>();
        var at = change.IndexOf(" went from ", StringComparison.Ordinal);
        var marked = at < 0 ? change : change[..at] + AnyCode().Replace(change[at..], code =>
        {
            if (words.MeaningOf(code.Value) is not { Length: > 0 } meaning)
            {
                return code.Value;
            }

            meanings.Add(meaning);
            return ((char)(FirstMark + meanings.Count - 1)).ToString();
        });
        var told = words.Told(marked);
        foreach (var (number, meaning) in meanings.Index())
        {
            told = told.Replace(((char)(FirstMark + number)).ToString(), $"”{meaning}”", StringComparison.Ordinal);
        }

        return told;
    }

    [GeneratedRegex(@"^(feeds\.(?<feed>.+): )?(?<code>[a-z]+\.[A-Za-z]+) went from (failing|passing|false|true) to (?<now>failing|passing|false|true)$")]
    private static partial Regex OfCode();

    [GeneratedRegex(@"\b[a-z]+\.[A-Za-z]+\b")]
    private static partial Regex AnyCode();
}
