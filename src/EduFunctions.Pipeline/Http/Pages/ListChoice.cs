using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Which rows of a list are looked at, on which page, with names or without. The address says it, so that no script is needed.</summary>
internal static class ListChoice
{
    /// <summary>By school, kind and code, where there is more than one of them.</summary>
    public static Html Of(Wording words, RunList all, ListQuery query, string address, Func<string, string> meaningOf) => Html.If(all.Rows.Count > 1, () => Html.Of(
        $"""
        <form method="get" action="{address}" role="search" aria-label="{words["Which rows"]}">
        {Hidden("feed", query.Feed)}{Hidden("names", query.WithNames ? "true" : null)}
        {Choice(words, "school", words["School"], query.School, Schools(words, all))}
        {Choice(words, "kind", words["What it is"], query.Kind, ByName(all.Rows.Select(row => ((string?)row.Kind, (string?)words.OfKind(row.Kind)))))}
        {Choice(words, "code", words["What it means"], query.Code, ByName(all.Rows.Select(row => ((string?)row.Code, (string?)meaningOf(row.Code)))))}
        <button>{words["Show"]}</button>
        </form>
        """));

    /// <summary>By name. Behind them those of which no name is told, with as many rows as each has.</summary>
    private static IEnumerable<(string? Value, string? Name)> Schools(Wording words, RunList all)
    {
        var rows = all.Rows.Where(row => row.School is not null).CountBy(row => row.School!).ToDictionary();
        var schools = all.Rows.Where(row => row.School is not null).OrderBy(row => row.SchoolName is null).DistinctBy(row => row.School).ToList();
        var ids = schools.Select(row => row.School!).ToList();
        return
        [
            .. ByName(schools.Where(row => row.SchoolName is not null).Select(row => (row.School, row.SchoolName))),
            .. schools.Where(row => row.SchoolName is null).OrderByDescending(row => rows[row.School!]).ThenBy(row => row.School, StringComparer.Ordinal)
                .Select(row => (row.School, (string?)words.Text($"School without a name here: {ShortId.Of(row.School!, ids)}, rows: {rows[row.School!]}"))),
        ];
    }

    private static IEnumerable<(string? Value, string? Name)> ByName(IEnumerable<(string? Value, string? Name)> choices) =>
        choices.OrderBy(choice => choice.Name, StringComparer.CurrentCultureIgnoreCase);

    public static Html Names(Wording words, ListQuery query, string address) => Html.Of(
        $"""
        <p><a href="{address}?{query with { WithNames = !query.WithNames }}">{(query.WithNames ? words["Without names"] : words["Show also what people are called (this goes on record)"])}</a></p>
        """);

    public static Html Pages(Wording words, RunList list, ListQuery query, string address)
    {
        var (page, pages) = (query.Page, ListQuery.PagesOf(list));
        return Html.If(pages > 1, () => Html.Of(
            $"""
            <nav aria-label="{words["Pages"]}"><ul class="legend">
            {Html.If(page > 1, () => Html.Of($"<li><a href=\"{address}?{query with { Page = Math.Min(page, pages + 1) - 1 }}\" rel=\"prev\">{words["Previous page"]}</a></li>"))}
            <li>{words[$"Page {page} of {pages}"]}</li>
            {Html.If(page < pages, () => Html.Of($"<li><a href=\"{address}?{query with { Page = page + 1 }}\" rel=\"next\">{words["Next page"]}</a></li>"))}
            </ul></nav>
            """));
    }

    private static Html Hidden(string name, string? value) => Html.If(value is not null, () => Html.Of($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"));

    private static Html Choice(Wording words, string name, string label, string? chosen, IEnumerable<(string? Value, string? Name)> choices)
    {
        var all = choices.Where(choice => choice.Value is not null).DistinctBy(choice => choice.Value).ToList();
        return Html.If(all.Count > 1 || chosen is not null, () => Html.Of(
            $"""
            <label>{label}<select name="{name}"><option value="">{words["all"]}</option>{Html.Each(all, choice => Html.Of(
                $"<option value=\"{choice.Value}\"{(choice.Value == chosen ? Html.Of($" selected") : Html.None)}>{choice.Name}</option>"))}</select></label>
            """));
    }
}
