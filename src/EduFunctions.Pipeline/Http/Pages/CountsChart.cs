using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>People per night as stacked bars, with the same figures as a table for who sees none.</summary>
internal static class CountsChart
{
    private const int Width = 640;
    private const int Height = 150;
    private const int Floor = 130;
    private const int Ceiling = 18;
    private const int MostNights = 30;

    private static readonly (string Class, Func<Wording, string> Name, Func<RosterCounts, int> Of)[] Kinds =
    [
        ("one", words => words["students"], counts => counts.Students),
        ("two", words => words["staff"], counts => counts.Staff),
        ("three", words => words["guardians"], counts => counts.Guardians),
    ];

    /// <param name="runs">Newest first.</param>
    public static Html Of(Wording words, IReadOnlyList<RunRecord> runs)
    {
        var nights = runs.Where(run => run is { Counts: not null, Resends: null, DryRun: false, Changed: false }).Take(MostNights).Reverse().ToList();
        if (nights.Count == 0)
        {
            return Html.Of($"<p class=\"soft\">{words["No night has come to a roster yet, so there is nobody to count. Dry runs are not counted."]}</p>");
        }

        var most = Math.Max(1, nights.Max(run => Kinds.Sum(kind => kind.Of(run.Counts!))));
        var shown = Kinds.Where(kind => nights.Any(run => kind.Of(run.Counts!) > 0)).ToList();
        return Html.Of(
            $"""
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{words[$"People handed on per run, {nights[0].Date} to {nights[^1].Date}; the figures are in the table below"]}">
            <line class="axis" x1="0" y1="{Floor}" x2="{Width}" y2="{Floor}"/>
            <text x="0" y="11">{words.Number(most)}</text>
            <text x="0" y="{Height - 4}">{words.Language.Day(nights[0].Date)}</text>
            {Html.If(nights.Count > 1, () => Html.Of($"<text x=\"{Width}\" y=\"{Height - 4}\" text-anchor=\"end\">{words.Language.Day(nights[^1].Date)}</text>"))}
            {Html.Each(nights.Index(), night => Bar(words, night.Index, nights.Count, night.Item, most))}
            </svg>
            <ul class="legend">{Html.Each(shown, kind => Html.Of(
                $"<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"{kind.Class}\" width=\"10\" height=\"10\" rx=\"2\"/></svg>{kind.Name(words)}</li>"))}</ul>
            <details><summary>{words["The same as a table"]}</summary><div class="wide" tabindex="0" role="region" aria-label="{words["People per run"]}"><table>
            <thead><tr><th scope="col">{words["Day"]}</th>{Html.Each(Kinds, kind => Html.Of($"<th scope=\"col\" class=\"number\">{kind.Name(words)}</th>"))}</tr></thead>
            <tbody>{Html.Each(nights, run => Row(words, run))}</tbody></table></div></details>
            """);
    }

    private static Html Row(Wording words, RunRecord run) => Html.Of(
        $"<tr><th scope=\"row\">{words.Language.Day(run.Date)}</th>{Html.Each(Kinds, kind => Html.Of($"<td class=\"number\">{words.Number(kind.Of(run.Counts!))}</td>"))}</tr>");

    private static Html Bar(Wording words, int at, int nights, RunRecord run, int most)
    {
        var step = Math.Min((double)Width / nights, 40);
        var bar = new Html(0, 0);
        var top = (double)Floor;
        foreach (var (style, name, of) in Kinds)
        {
            var height = (double)of(run.Counts!) / most * (Floor - Ceiling);
            top -= height;
            bar.AppendFormatted(Html.Of(
                $"<rect class=\"{style}\" x=\"{(at * step) + 1:0.#}\" y=\"{top:0.#}\" width=\"{step * 0.8:0.#}\" height=\"{height:0.#}\">"
                + $"<title>{words.Language.Day(run.Date)}: {words.Number(of(run.Counts!))} {name(words)}</title></rect>"));
        }

        return bar;
    }
}
