using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>A tenant's nights, and the question that is asked most.</summary>
internal static class TenantView
{
    private const int RunsShown = 20;

    /// <param name="mayOperate">Whether buttons are of use to the reader.</param>
    public static Html Of(
        TenantStatus status, IReadOnlyList<RunRecord> runs, IReadOnlyList<PoisonMessage> poison, bool mayOperate) =>
        Layout.Page(status.Name, [("/", "Tenants")], Html.Of(
            $"""
            {Html.If(status.Problem is not null, () => Layout.Note("bad", Html.Of($"<p>{status.Problem}</p>")))}
            {Html.If(runs is [{ State: RunState.Held or RunState.Failed }, ..], () => Layout.Note(runs[0].State == RunState.Held ? "warn" : "bad", Html.Of(
                $"<p>{Wording.Reason(runs[0])}</p><p><a href=\"/tenants/{status.Tenant}/runs/{runs[0].Run}\">Look at the run</a></p>")))}
            {Feeds(status)}
            {AskForm("Why is this person missing?", status.Tenant, "")}
            {Layout.Card("People per night", CountsChart.Of(runs))}
            {Html.If(poison.Count > 0, () => Poison(status, poison, mayOperate))}
            {Layout.Card("Runs", Table(status, runs))}
            """));

    public static Html AskForm(string heading, string tenant, string person) => Layout.Card(heading, Html.Of(
        $"""
        <form method="post" action="/tenants/{tenant}/person" autocomplete="off">
        <label>Id of the person in the school register<input name="person" value="{person}" required spellcheck="false" maxlength="80"></label>
        <button>Ask</button>
        </form>
        """));

    private static Html Feeds(TenantStatus status) => Html.If(status.Feeds.Count > 0, () => Layout.Card("What the targets have", Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="Feeds"><table>
        <thead><tr><th scope="col">Feed</th><th scope="col">State</th><th scope="col">Last good delivery</th><th scope="col" class="number">At most</th></tr></thead>
        <tbody>{Html.Each(status.Feeds, feed => Html.Of(
            $"<tr><th scope=\"row\">{feed.Subject}</th><td>{Wording.Of(feed)}</td><td>{Wording.Time(feed.LastGood, status.Zone)}</td><td class=\"number\">{feed.TargetHours} h</td></tr>"))}</tbody>
        </table></div>
        """)));

    private static Html Poison(TenantStatus status, IReadOnlyList<PoisonMessage> poison, bool mayOperate) => Layout.Card("Messages that failed for good", Html.Of(
        $"<ul class=\"rows\">{Html.Each(poison, message => Message(status, message, mayOperate))}</ul>"));

    private static Html Message(TenantStatus status, PoisonMessage message, bool mayOperate) => Html.Of(
        $"""
        <li><span>{Layout.Pill(message.Waits ? "bad" : "good", message.Waits ? "✕ waits" : "✓ over")} {message.Queue} {Wording.Time(message.Since, status.Zone)}
        <br><span class="soft">{message.Reason}</span></span>
        {Html.If(message.Waits && mayOperate, () => Html.Of(
            $"<form method=\"post\" action=\"/tenants/{status.Tenant}/runs/{message.Run}/requeue\"><button name=\"run\" value=\"{message.Run}\">Take up again</button></form>"))}</li>
        """);

    private static Html Table(TenantStatus status, IReadOnlyList<RunRecord> runs) => Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="Runs"><table>
        <thead><tr><th scope="col">Begun</th><th scope="col">State</th><th scope="col">By</th>
        <th scope="col" class="number">Students</th><th scope="col" class="number">Staff</th><th scope="col" class="number">Left out</th></tr></thead>
        <tbody>{Html.Each(runs.Take(RunsShown), run => Html.Of(
            $"""
            <tr><th scope="row"><a href="/tenants/{status.Tenant}/runs/{run.Run}">{Wording.Time(run.Started, status.Zone)}</a></th><td>{Wording.Of(run.State)}</td><td>{By(run)}</td>
            <td class="number">{Count(run.Counts?.Students)}</td><td class="number">{Count(run.Counts?.Staff)}</td><td class="number">{Count(run.Exclusions?.Values.Sum())}</td></tr>
            """))}</tbody></table></div>
        """);

    private static string Count(int? count) => count is { } known ? Wording.Number(known) : "–";

    private static string By(RunRecord run) => run.Trigger switch
    {
        RunTrigger.Nightly => "the night",
        RunTrigger.OnDemand => "request",
        _ => "command",
    };
}
