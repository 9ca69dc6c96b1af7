using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>A tenant's nights, and the question that is asked most.</summary>
internal static class TenantView
{
    private const int RunsShown = 20;

    /// <param name="acts">What people did lately.</param>
    /// <param name="resting">Targets that rest.</param>
    /// <param name="mayOperate">Whether buttons are of use to the reader.</param>
    public static Html Of(
        Wording words, TenantCard tenant, IReadOnlyList<RunRecord> runs, IReadOnlyList<PoisonMessage> poison, IReadOnlyList<Act> acts, IReadOnlyList<RestingFeed> resting,
        bool mayOperate)
    {
        var status = tenant.Status;
        words = words.Naming(tenant.Schools);
        return Layout.Page(words, status.Name, [("/", words["Tenants"])], Html.Of(
            $"""
            {Html.If(tenant.NextNight is not null, () => Html.Of($"<p class=\"soft\">{words[$"Next night: {words.Time(tenant.NextNight, status.Zone)}"]}</p>"))}
            {Html.If(status.Problem is not null, () => Layout.Note(status.MissingSecrets.Count > 0 ? "warn" : "bad", Html.Of($"<p>{words.Told(status.Problem)}</p>")))}
            {Html.If(runs is [{ State: RunState.Held or RunState.Failed }, ..], () => Layout.Note(runs[0].State == RunState.Held ? "warn" : "bad", Html.Of(
                $"<p>{words.Reason(runs[0])}{TenantsView.Rests(words, tenant)}</p><p><a href=\"/tenants/{status.Tenant}/runs/{runs[0].Run}\">{words["Look at the run"]}</a></p>")))}
            {Html.If(tenant.Waiting is not null, () => Layout.Note("warn", Html.Of($"<p>{TenantsView.Earlier(words, tenant)}</p>")))}
            {Feeds(words, status)}
            {AskForm(words, words["Why is this person missing?"], status.Tenant, "")}
            {Layout.Card(words["People per night"], CountsChart.Of(words, runs))}
            {PoisonView.Of(words, status, poison, mayOperate && status.IsRunnable)}
            {Html.If(mayOperate, () => status.IsRunnable ? BeginForm.Of(words, status) : BeginForm.Unable(words, status, isTold: true))}
            {RestView.Of(words, status, resting, mayOperate && (status.Problem is null || status.MissingSecrets.Count > 0))}
            {Layout.Card(words["Runs"], Table(words, status, runs))}
            {ActsView.Of(words, acts, status.Zone)}
            """));
    }

    public static Html AskForm(Wording words, string heading, string tenant, string person) => Layout.Card(heading, Html.Of(
        $"""
        <form method="post" action="/tenants/{tenant}/person" autocomplete="off">
        <label>{words["Civic number, login, mail, name, or id in the school register"]}<input name="person" value="{person}" required spellcheck="false" maxlength="200"></label>
        <button>{words["Ask"]}</button>
        </form>
        """));

    private static Html Feeds(Wording words, TenantStatus status) => Layout.Card(words["What the targets have"], status.Feeds.Count == 0
        ? Html.Of($"<p class=\"soft\">{words["No feed is on in the tenant file, so nothing goes to any target."]}</p>")
        : Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="{words["Feeds"]}"><table>
        <thead><tr><th scope="col">{words["Feed"]}</th><th scope="col">{words["State"]}</th><th scope="col">{words["Last good delivery"]}</th>
        <th scope="col" class="number">{words["At most"]}</th></tr></thead>
        <tbody>{Html.Each(status.Feeds, feed => Html.Of(
            $"<tr><th scope=\"row\">{feed.Subject}</th><td>{words.Of(feed)}{RestView.Part(words, feed)}</td><td>{words.Time(feed.LastGood, status.Zone)}</td>"
            + $"<td class=\"number\">{words[$"{feed.TargetHours} h"]}</td></tr>"))}</tbody>
        </table></div>
        """));

    private static Html Table(Wording words, TenantStatus status, IReadOnlyList<RunRecord> runs) => runs.Count == 0
        ? Html.Of($"<p class=\"soft\">{words["There has been no run yet: the first begins in the next night, or when somebody begins one."]}</p>")
        : Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="{words["Runs"]}"><table>
        <thead><tr><th scope="col">{words["Begun"]}</th><th scope="col">{words["State"]}</th><th scope="col" class="minor">{words["By"]}</th>
        <th scope="col" class="number">{words["Students"]}</th><th scope="col" class="number minor">{words["Staff"]}</th><th scope="col" class="number minor">{words["Left out"]}</th></tr></thead>
        <tbody>{Html.Each(runs.Take(RunsShown), run => Html.Of(
            $"""
            <tr><th scope="row"><a href="/tenants/{status.Tenant}/runs/{run.Run}">{words.Time(run.Started, status.Zone)}</a></th><td>{words.Of(run)}</td><td class="minor">{By(words, run)}</td>
            <td class="number">{Count(words, run.Counts?.Students)}</td><td class="number minor">{Count(words, run.Counts?.Staff)}</td>
            <td class="number minor">{Count(words, run.Exclusions?.Values.Sum())}</td></tr>
            """))}</tbody></table></div>
        """);

    private static string Count(Wording words, int? count) => count is { } known ? words.Number(known) : "–";

    private static string By(Wording words, RunRecord run) => run.Changed ? words["changes alone"] : run.Trigger switch
    {
        RunTrigger.Nightly => words["the night"],
        RunTrigger.OnDemand => words["request"],
        _ => words["command"],
    };
}
