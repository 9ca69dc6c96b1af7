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

    private static readonly (string Class, string Name, Func<RosterCounts, int> Of)[] Kinds =
        [("one", "students", counts => counts.Students), ("two", "staff", counts => counts.Staff), ("three", "guardians", counts => counts.Guardians)];

    /// <param name="runs">Newest first.</param>
    public static Html Of(IReadOnlyList<RunRecord> runs)
    {
        var nights = runs.Where(run => run is { Counts: not null, Resends: null }).Take(MostNights).Reverse().ToList();
        if (nights.Count == 0)
        {
            return Html.Of($"<p class=\"soft\">No run has come to a roster yet.</p>");
        }

        var most = Math.Max(1, nights.Max(run => Kinds.Sum(kind => kind.Of(run.Counts!))));
        var shown = Kinds.Where(kind => nights.Any(run => kind.Of(run.Counts!) > 0)).ToList();
        return Html.Of(
            $"""
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="People handed on per run, {nights[0].Date:yyyy-MM-dd} to {nights[^1].Date:yyyy-MM-dd}; the figures are in the table below">
            <line class="axis" x1="0" y1="{Floor}" x2="{Width}" y2="{Floor}"/>
            <text x="0" y="11">{Wording.Number(most)}</text>
            <text x="0" y="{Height - 4}">{nights[0].Date:yyyy-MM-dd}</text>
            {Html.If(nights.Count > 1, () => Html.Of($"<text x=\"{Width}\" y=\"{Height - 4}\" text-anchor=\"end\">{nights[^1].Date:yyyy-MM-dd}</text>"))}
            {Html.Each(nights.Index(), night => Bar(night.Index, nights.Count, night.Item, most))}
            </svg>
            <ul class="legend">{Html.Each(shown, kind => Html.Of(
                $"<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"{kind.Class}\" width=\"10\" height=\"10\" rx=\"2\"/></svg>{kind.Name}</li>"))}</ul>
            <details><summary>The same as a table</summary><div class="wide" tabindex="0" role="region" aria-label="People per run"><table>
            <thead><tr><th scope="col">Day</th>{Html.Each(Kinds, kind => Html.Of($"<th scope=\"col\" class=\"number\">{kind.Name}</th>"))}</tr></thead>
            <tbody>{Html.Each(nights, Row)}</tbody></table></div></details>
            """);
    }

    private static Html Row(RunRecord run) => Html.Of(
        $"<tr><th scope=\"row\">{run.Date:yyyy-MM-dd}</th>{Html.Each(Kinds, kind => Html.Of($"<td class=\"number\">{Wording.Number(kind.Of(run.Counts!))}</td>"))}</tr>");

    private static Html Bar(int at, int nights, RunRecord run, int most)
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
                + $"<title>{run.Date:yyyy-MM-dd}: {of(run.Counts!)} {name}</title></rect>"));
        }

        return bar;
    }
}
