using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Two runs of a tenant side by side: what each number was, is, and by how much it differs.</summary>
internal static class RunComparison
{
    /// <param name="earlier">Names of other runs, newest first.</param>
    public static Html Form(Wording words, RunRecord run, IReadOnlyList<string> earlier, string? chosen, TimeZoneInfo zone) => Html.If(earlier.Count > 0, () => Layout.Card(
        words["Compare with another run"], Html.Of(
        $"""
        <form method="get" action="/tenants/{run.Tenant}/runs/{run.Run}">
        <label>{words["Run"]}<select name="with">{Html.Each(earlier, other => Option(words, other, other == chosen, zone))}</select></label>
        <button>{words["Compare"]}</button>
        </form>
        """)));

    public static Html Of(Wording words, RunRecord run, RunRecord other, TimeZoneInfo zone) => Layout.Card(words["Compared"], Html.Of(
        $"""
        <p class="soft">{words[$"With the run of {words.Time(other.Started, zone)}, which ended as {words.Of(other.State)}."]}</p>
        {Html.If(Rows(words, run, other).Any(row => row.Then != row.Now), () => Table(words, run, other))}
        {Html.If(Rows(words, run, other).All(row => row.Then == row.Now), () => Html.Of($"<p>{words["Every number is the same."]}</p>"))}
        """));

    private static Html Table(Wording words, RunRecord run, RunRecord other) => Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="{words["Compared"]}"><table>
        <thead><tr><th scope="col">{words["What"]}</th><th scope="col" class="number">{words["Then"]}</th><th scope="col" class="number">{words["Now"]}</th>
        <th scope="col" class="number">{words["Difference"]}</th></tr></thead>
        <tbody>{Html.Each(Rows(words, run, other).Where(row => row.Then != row.Now), row => Row(words, row))}</tbody></table></div>
        """);

    private static Html Option(Wording words, string run, bool isChosen, TimeZoneInfo zone) => Html.Of(
        $"<option value=\"{run}\"{(isChosen ? Html.Of($" selected") : Html.None)}>{words.Beginning(run, zone)}</option>");

    private static IEnumerable<(Html Name, int Then, int Now)> Rows(Wording words, RunRecord run, RunRecord other) =>
    [
        .. Counts(words).Select(count => (Html.Of($"{count.Name}"), Of(other, count.Of), Of(run, count.Of))),
        .. Codes(run.Exclusions, other.Exclusions).Select(rule => (Named(words, rule.Code, words["left out"]), rule.Then, rule.Now)),
        .. Codes(Findings(run), Findings(other)).Select(finding => (Named(words, finding.Code, words["to be corrected"]), finding.Then, finding.Now)),
        .. run.Feeds.Select(feed => (Html.Of($"{feed.Name}: {words["removed"]}"), other.Feeds.FirstOrDefault(one => one.Name == feed.Name)?.Plan?.Removed ?? 0, feed.Plan?.Removed ?? 0)),
    ];

    private static IReadOnlyList<(string Name, Func<RosterCounts, int> Of)> Counts(Wording words) =>
    [
        (words["schools"], counts => counts.Units), (words["students"], counts => counts.Students), (words["staff"], counts => counts.Staff),
        (words["guardians"], counts => counts.Guardians), (words["sections"], counts => counts.Sections), (words["memberships"], counts => counts.Memberships),
    ];

    private static int Of(RunRecord run, Func<RosterCounts, int> count) => run.Counts is { } counts ? count(counts) : 0;

    private static Dictionary<string, int> Findings(RunRecord run) => run.Findings.GroupBy(finding => finding.Code).ToDictionary(same => same.Key, same => same.Sum(finding => finding.Count));

    private static IEnumerable<(string Code, int Then, int Now)> Codes(IReadOnlyDictionary<string, int>? now, IReadOnlyDictionary<string, int>? then) =>
        (now?.Keys ?? []).Union(then?.Keys ?? []).Order(StringComparer.Ordinal).Select(code => (code, then?.GetValueOrDefault(code) ?? 0, now?.GetValueOrDefault(code) ?? 0));

    private static Html Named(Wording words, string code, string what) => Html.Of($"{words.MeaningOf(code)} <code>{code}</code> <span class=\"soft\">{what}</span>");

    private static Html Row(Wording words, (Html Name, int Then, int Now) row) => Html.Of(
        $"""
        <tr><th scope="row">{row.Name}</th><td class="number">{words.Number(row.Then)}</td><td class="number">{words.Number(row.Now)}</td>
        <td class="number">{(row.Now > row.Then ? "+" : "−")}{words.Number(Math.Abs(row.Now - row.Then))}</td></tr>
        """);
}
