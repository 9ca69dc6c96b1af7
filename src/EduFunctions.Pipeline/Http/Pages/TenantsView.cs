using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What the overview shows of a tenant.</summary>
/// <param name="Poison">Runs that wait to be taken up again.</param>
/// <param name="NextNight">Null for a tenant that has none.</param>
internal sealed record TenantCard(TenantStatus Status, int Poison, DateTimeOffset? NextNight = null)
{
    /// <summary>Those of which the latest run says that something waits.</summary>
    public NamedSchools Schools { get; init; } = NamedSchools.None;

    public Need Need { get; } =
        Status.Problem is not null && Status.MissingSecrets.Count == 0 ? Need.Refused
        : Status.LatestRun is { State: RunState.Failed, DryRun: false } ? Need.Failed
        : Status.LatestRun is { State: RunState.Held, DryRun: false } || WaitingOf(Status) is not null ? Need.Held
        : Poison > 0 ? Need.Poison
        : Status.MissingSecrets.Count > 0 ? Need.Lacking
        : Status.LatestRun is { IsFinal: false } ? Need.Busy
        : Status.Feeds.Any(feed => feed.State == FreshnessState.Stale) ? Need.Stale
        : Need.Good;

    /// <summary>An earlier run whose plan can still be answered, since what has begun after it came to nothing; null when there is none.</summary>
    public RunRecord? Waiting => WaitingOf(Status);

    public double OldestHours => Status.Feeds.Select(feed => feed.AgeHours).DefaultIfEmpty().Max();

    private static RunRecord? WaitingOf(TenantStatus status) =>
        status.StandingRun is { DryRun: false, IsAsking: true } standing && standing.Run != status.LatestRun?.Run ? standing : null;
}

/// <summary>The overview: what needs somebody first, then every tenant.</summary>
internal static class TenantsView
{
    /// <summary>So many have a card each; more are lines of a table, with a way to find one.</summary>
    private const int Few = 12;

    public static Html Of(Wording words, IReadOnlyList<TenantCard> tenants, FreshnessStatus planner, int unreadable, TenantFilter filter) => Layout.Page(words, words["Tenants"], [], Html.Of(
        $"""
        {Html.If(planner.State == FreshnessState.Stale, () => Layout.Note("bad", Html.Of($"<p>{words[$"No night was planned for {Math.Round(planner.AgeHours)} hours. Look at the timer."]}</p>")))}
        {Html.If(unreadable > 0, () => Layout.Note("bad", Html.Of(
            $"<p>{words[$"{unreadable} messages failed that nobody can read; they lie in the storage under {Code("state/unreadable/poison")}."]}</p>")))}
        {Waiting(words, tenants)}
        {Live.Region(tenants.Any(tenant => tenant.Need == Need.Busy), UnderWay(words, tenants))}
        {Html.If(tenants.Count == 0, () => Html.Of($"<p class=\"card\">{words[$"There is no tenant yet. Put a tenant file into the container {Code("tenants")}."]}</p>"))}
        {Html.If(tenants.Count > 0 && filter.Choose(tenants).Count == 0, () => Html.Of(
            $"<p class=\"card\">{words["No tenant is called so, or is in that state: take another part of the name, or show all."]}</p>"))}
        {Html.If(tenants.Count > Few, () => Html.Of($"{TenantsTable.Form(words, filter)}{TenantsTable.Of(words, filter.Choose(tenants))}"))}
        {Html.If(tenants.Count <= Few, () => Html.Of($"<ul class=\"grid\">{Html.Each(filter.Choose(tenants), tenant => Card(words, tenant))}</ul>"))}
        """));

    private static Html Waiting(Wording words, IReadOnlyList<TenantCard> tenants)
    {
        var waiting = tenants.Where(tenant => tenant.Need < Need.Stale).OrderBy(tenant => tenant.Need).ToList();
        return waiting.Count == 0 && tenants.Count > 0
            ? Html.Of($"<p class=\"soft\">{words["Nothing waits for anybody: no file is refused, no run has failed, and nothing is held."]}</p>")
            : Html.If(waiting.Count > 0, () => Layout.Card(words["Waits for somebody"], Html.Of($"<ul class=\"rows\">{Html.Each(waiting, tenant => Waiter(words, tenant))}</ul>")));
    }

    private static Html Waiter(Wording words, TenantCard tenant) => Html.Of(
        $"""
        <li><span>{TenantsTable.State(words, tenant)} {Link(tenant.Status)}</span>
        <span class="soft">{Trouble(words.Naming(tenant.Schools), tenant) ?? words["A message failed for good."]}{Earlier(words, tenant)}{Rests(words, tenant)}</span></li>
        """);

    /// <summary>That a plan waits beside what the latest run says.</summary>
    public static Html Earlier(Wording words, TenantCard tenant) => Html.If(tenant.Waiting is not null, () => Html.Of(
        $" {words[$"The plan of the run begun {words.Time(tenant.Waiting!.Started, tenant.Status.Zone)} waits for an answer still."]} "
        + $"<a href=\"/tenants/{tenant.Status.Tenant}/runs/{tenant.Waiting.Run}\">{words["Look at the plan"]}</a>"));

    /// <summary>That a target rests whose plan waits: so does the answer, then.</summary>
    public static Html Rests(Wording words, TenantCard tenant) => Html.Each(
        tenant.Status.Feeds.Where(feed => tenant.Status.StandingRun is { DryRun: false } run && run.Feeds.Any(each => each.Name == feed.Subject && each.IsAsking)
            && (feed.Rest ?? feed.PartRests?[0]) is not null),
        feed => Html.Of($" {feed.Subject}:{Html.If(feed.Rest is not null, () => Html.Of($" {words.Of(feed.Rest!)}"))}{RestView.Part(words, feed)}"));

    private static string? Trouble(Wording words, TenantCard tenant) => tenant.Need switch
    {
        Need.Refused or Need.Lacking => words.Told(tenant.Status.Problem),
        Need.Held when tenant.Waiting is not null => "",
        Need.Failed or Need.Held when tenant.Status.LatestRun is { } run => words.Reason(run),
        _ => null,
    };

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
            <li class="card"><h2>{Link(status)}{TenantsTable.State(words, tenant)}</h2>
            {Html.If(!status.Enabled && status.Problem is null, () => Html.Of($"<p class=\"soft\">{words["Not enabled: no nightly run."]}</p>"))}
            {Html.If(status.MissingSecrets.Count > 0, () => Html.Of($"<p class=\"soft\">{words.Told(status.Problem)}</p>"))}
            <ul class="rows">{Html.Each(status.Feeds, feed => Html.Of(
                $"<li><span>{feed.Subject}</span><span>{words.Of(feed)}{RestView.Part(words, feed)} <span class=\"soft\">{words.Time(feed.LastGood, tenant.Status.Zone)}</span></span></li>"))}</ul>
            {Html.If(tenant.NextNight is not null, () => Html.Of($"<p class=\"soft\">{words[$"Next night: {words.Time(tenant.NextNight, status.Zone)}"]}</p>"))}
            {Html.If(run?.Counts is not null, () => RunView.Counts(words, run!.Counts!))}
            </li>
            """);
    }

    private static Html Link(TenantStatus status) => Html.Of($"<a href=\"/tenants/{status.Tenant}\">{status.Name}</a>");

    private static Html Code(string text) => Html.Of($"<code>{text}</code>");
}
