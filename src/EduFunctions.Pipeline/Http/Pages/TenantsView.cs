using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What the overview shows of a tenant.</summary>
/// <param name="Poison">Runs that wait to be taken up again.</param>
internal sealed record TenantCard(TenantStatus Status, int Poison);

/// <summary>The overview: what needs somebody first, then every tenant.</summary>
internal static class TenantsView
{
    public static Html Of(IReadOnlyList<TenantCard> tenants, FreshnessStatus planner, int unreadable) => Layout.Page("Tenants", [], Html.Of(
        $"""
        {Html.If(planner.State == FreshnessState.Stale, () => Layout.Note("bad", Html.Of($"<p>No night was planned for {planner.AgeHours:0} hours. Look at the timer.</p>")))}
        {Html.If(unreadable > 0, () => Layout.Note("bad", Html.Of($"<p>{unreadable} messages failed that nobody can read; they lie in the storage under <code>state/unreadable/poison</code>.</p>")))}
        {Waiting(tenants)}
        {UnderWay(tenants)}
        {Html.If(tenants.Count == 0, () => Html.Of($"<p class=\"card\">There is no tenant yet. Put a tenant file into the container <code>tenants</code>.</p>"))}
        <ul class="grid">{Html.Each(tenants, Card)}</ul>
        """));

    private static Html Waiting(IReadOnlyList<TenantCard> tenants)
    {
        var waiting = tenants.Where(tenant => tenant.Status.LatestRun is { State: RunState.Held or RunState.Failed } || tenant.Status.Problem is not null || tenant.Poison > 0).ToList();
        return Html.If(waiting.Count > 0, () => Layout.Card("Waits for somebody", Html.Of($"<ul class=\"rows\">{Html.Each(waiting, Waiter)}</ul>")));
    }

    private static Html Waiter(TenantCard tenant) => Html.Of(
        $"""
        <li><span>{(tenant.Status.Problem is null && tenant.Status.LatestRun is { } run ? Wording.Of(run.State) : Layout.Pill("bad", "✕ file refused"))} {Link(tenant.Status)}</span>
        <span class="soft">{tenant.Status.Problem ?? (tenant.Status.LatestRun is { } latest ? Wording.Reason(latest) : null) ?? "A message failed for good."}</span></li>
        """);

    private static Html UnderWay(IReadOnlyList<TenantCard> tenants)
    {
        var busy = tenants.Where(tenant => tenant.Status.LatestRun is { IsFinal: false }).ToList();
        return Html.If(busy.Count > 0, () => Layout.Card("Under way", Html.Of($"<ul class=\"rows\">{Html.Each(busy, Runner)}</ul>")));
    }

    private static Html Runner(TenantCard tenant) => Html.Of(
        $"<li><span>{Wording.Of(tenant.Status.LatestRun!.State)} {Link(tenant.Status)}</span>"
        + $"<span class=\"soft\">since {Wording.Time(tenant.Status.LatestRun.Started, tenant.Status.Zone)}</span></li>");

    private static Html Card(TenantCard tenant)
    {
        var (status, run) = (tenant.Status, tenant.Status.LatestRun);
        return Html.Of(
            $"""
            <li class="card"><h2>{Link(status)}{(run is null ? Layout.Pill("busy", "no run yet") : Wording.Of(run.State))}</h2>
            {Html.If(!status.Enabled && status.Problem is null, () => Html.Of($"<p class=\"soft\">Not enabled: no nightly run.</p>"))}
            <ul class="rows">{Html.Each(status.Feeds, feed => Html.Of(
                $"<li><span>{feed.Subject}</span><span>{Wording.Of(feed)} <span class=\"soft\">{Wording.Time(feed.LastGood, tenant.Status.Zone)}</span></span></li>"))}</ul>
            {Html.If(run?.Counts is not null, () => RunView.Counts(run!.Counts!))}
            </li>
            """);
    }

    private static Html Link(TenantStatus status) => Html.Of($"<a href=\"/tenants/{status.Tenant}\">{status.Name}</a>");
}
