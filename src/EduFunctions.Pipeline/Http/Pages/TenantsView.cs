using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What the overview shows of a tenant.</summary>
/// <param name="Poison">Runs that wait to be taken up again.</param>
internal sealed record TenantCard(TenantStatus Status, int Poison);

/// <summary>The overview: what needs somebody first, then every tenant.</summary>
internal static class TenantsView
{
    public static Html Of(Wording words, IReadOnlyList<TenantCard> tenants, FreshnessStatus planner, int unreadable) => Layout.Page(words, words["Tenants"], [], Html.Of(
        $"""
        {Html.If(planner.State == FreshnessState.Stale, () => Layout.Note("bad", Html.Of($"<p>{words[$"No night was planned for {Math.Round(planner.AgeHours)} hours. Look at the timer."]}</p>")))}
        {Html.If(unreadable > 0, () => Layout.Note("bad", Html.Of(
            $"<p>{words[$"{unreadable} messages failed that nobody can read; they lie in the storage under {Code("state/unreadable/poison")}."]}</p>")))}
        {Waiting(words, tenants)}
        {UnderWay(words, tenants)}
        {Html.If(tenants.Count == 0, () => Html.Of($"<p class=\"card\">{words[$"There is no tenant yet. Put a tenant file into the container {Code("tenants")}."]}</p>"))}
        <ul class="grid">{Html.Each(tenants, tenant => Card(words, tenant))}</ul>
        """));

    private static Html Waiting(Wording words, IReadOnlyList<TenantCard> tenants)
    {
        var waiting = tenants.Where(tenant => tenant.Status.LatestRun is { State: RunState.Held or RunState.Failed } || tenant.Status.Problem is not null || tenant.Poison > 0).ToList();
        return Html.If(waiting.Count > 0, () => Layout.Card(words["Waits for somebody"], Html.Of($"<ul class=\"rows\">{Html.Each(waiting, tenant => Waiter(words, tenant))}</ul>")));
    }

    private static Html Waiter(Wording words, TenantCard tenant) => Html.Of(
        $"""
        <li><span>{(tenant.Status.Problem is null && tenant.Status.LatestRun is { } run ? words.Of(run.State) : Layout.Pill("bad", $"✕ {words["file refused"]}"))} {Link(tenant.Status)}</span>
        <span class="soft">{Trouble(words, tenant.Status) ?? words["A message failed for good."]}</span></li>
        """);

    private static string? Trouble(Wording words, TenantStatus status) =>
        status.Problem is { } problem ? words.Told(problem) : status.LatestRun is { } run ? words.Reason(run) : null;

    private static Html UnderWay(Wording words, IReadOnlyList<TenantCard> tenants)
    {
        var busy = tenants.Where(tenant => tenant.Status.LatestRun is { IsFinal: false }).ToList();
        return Html.If(busy.Count > 0, () => Layout.Card(words["Under way"], Html.Of($"<ul class=\"rows\">{Html.Each(busy, tenant => Runner(words, tenant))}</ul>")));
    }

    private static Html Runner(Wording words, TenantCard tenant) => Html.Of(
        $"<li><span>{words.Of(tenant.Status.LatestRun!.State)} {Link(tenant.Status)}</span>"
        + $"<span class=\"soft\">{words[$"since {words.Time(tenant.Status.LatestRun.Started, tenant.Status.Zone)}"]}</span></li>");

    private static Html Card(Wording words, TenantCard tenant)
    {
        var (status, run) = (tenant.Status, tenant.Status.LatestRun);
        return Html.Of(
            $"""
            <li class="card"><h2>{Link(status)}{(run is null ? Layout.Pill("busy", words["no run yet"]) : words.Of(run.State))}</h2>
            {Html.If(!status.Enabled && status.Problem is null, () => Html.Of($"<p class=\"soft\">{words["Not enabled: no nightly run."]}</p>"))}
            <ul class="rows">{Html.Each(status.Feeds, feed => Html.Of(
                $"<li><span>{feed.Subject}</span><span>{words.Of(feed)} <span class=\"soft\">{words.Time(feed.LastGood, tenant.Status.Zone)}</span></span></li>"))}</ul>
            {Html.If(run?.Counts is not null, () => RunView.Counts(words, run!.Counts!))}
            </li>
            """);
    }

    private static Html Link(TenantStatus status) => Html.Of($"<a href=\"/tenants/{status.Tenant}\">{status.Name}</a>");

    private static Html Code(string text) => Html.Of($"<code>{text}</code>");
}
