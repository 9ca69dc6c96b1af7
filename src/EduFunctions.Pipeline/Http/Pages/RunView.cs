using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>A run: how it went, who was left out by which rule, and, feed by feed, what changes and what waits.</summary>
internal static class RunView
{
    public static Html Of(RunRecord run, TenantStatus tenant, IReadOnlyDictionary<string, HashedPlan> plans, bool mayOperate, CodeSentences sentences) => Layout.Page(
        $"Run of {run.Date:yyyy-MM-dd}", [("/", "Tenants"), ($"/tenants/{run.Tenant}", tenant.Name)], Html.Of(
        $"""
        <p>{Wording.Of(run.State)} <span class="soft"><code>{run.Run}</code>, begun {Wording.Time(run.Started, tenant.Zone)}, ended {Wording.Time(run.Finished, tenant.Zone)}</span></p>
        {Html.If(run.StateReason is not null && run.Feeds.All(feed => feed.Holds.Count == 0), () => Layout.Note(run.State == RunState.Failed ? "bad" : "warn", Html.Of($"<p>{run.StateReason}</p>")))}
        {Html.If(run.Counts is not null, () => Layout.Card("Handed on", Counts(run.Counts!)))}
        {Html.Each(run.Feeds, feed => Feed(run, feed, plans.GetValueOrDefault(feed.Name), mayOperate))}
        {Html.If(run.Exclusions is { Count: > 0 }, () => Layout.Card("Left out, by rule", List(
            run.Exclusions!.OrderByDescending(rule => rule.Value).Select(rule => (rule.Key, rule.Value)), sentences)))}
        {Html.If(run.Findings.Count > 0, () => Layout.Card("To be corrected in the register", List(run.Findings.Select(finding => (finding.Code, finding.Count)), sentences)))}
        {Layout.Card("Stages", Html.Of($"<ul class=\"rows\">{Html.Each(run.Stages, stage => Html.Of(
            $"<li><span>{stage.Name}</span><span class=\"soft\">{Wording.Time(stage.Started, tenant.Zone)} – {Wording.Time(stage.Finished, tenant.Zone)}</span></li>"))}</ul>"))}
        """));

    public static Html Counts(RosterCounts counts) => Html.Of(
        $"""
        <dl class="facts">
        {Html.Each([("schools", counts.Units), ("students", counts.Students), ("staff", counts.Staff), ("guardians", counts.Guardians), ("sections", counts.Sections)],
            ((string Name, int Count) fact) => Html.Of($"<div><dt>{fact.Name}</dt><dd>{Wording.Number(fact.Count)}</dd></div>"))}
        </dl>
        """);

    private static Html Feed(RunRecord run, FeedRun feed, HashedPlan? plan, bool mayOperate) => Layout.Card($"Feed {feed.Name}", Html.Of(
        $"""
        <p>{Wording.Of(feed.State)} <span class="soft">{feed.Type}</span></p>
        {Html.If(feed.Reason is not null, () => Html.Of($"<p>{feed.Reason}</p>"))}
        {Html.Each(feed.Holds, hold => Layout.Note("warn", Html.Of($"<p>{hold.Message}</p>")))}
        {Html.Each(feed.Notices ?? [], notice => Layout.Note("warn", Html.Of($"<p>{notice.Message}</p>")))}
        {Html.If(feed.Approval is not null, () => Html.Of($"<p class=\"soft\">Plan <code>{feed.Approval!.Plan[..12]}</code> was {feed.Approval.Words}.</p>"))}
        {Html.If(plan is not null, () => Plan(plan!.Plan))}
        {Html.If(mayOperate && feed.Holds.Count > 0 && run is { IsFinal: true, DryRun: false }, () => Release(run, feed))}
        """));

    private static Html Plan(DeliveryPlan plan) => Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="What changes"><table><caption>What changes at {plan.Target}</caption>
        <thead><tr><th scope="col">Kind</th><th scope="col" class="number">Before</th><th scope="col" class="number">Added</th>
        <th scope="col" class="number">Changed</th><th scope="col" class="number">Removed</th><th scope="col" class="number">Waits</th></tr></thead>
        <tbody>{Html.Each(plan.Totals, rows => Row(rows.Kind.ToString(), rows, Held(plan, rows.Kind)))}</tbody></table></div>
        {Html.If(plan.Schools.Count > 0, () => Html.Of(
            $"<details><summary>By school</summary><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"By school\"><table>"
            + $"<thead><tr><th scope=\"col\">Kind and school</th><th scope=\"col\" class=\"number\">Before</th><th scope=\"col\" class=\"number\">Added</th>"
            + $"<th scope=\"col\" class=\"number\">Changed</th><th scope=\"col\" class=\"number\">Removed</th><th></th></tr></thead>"
            + $"<tbody>{Html.Each(plan.Schools, rows => Row($"{rows.Kind}, {rows.School ?? "no school"}", rows, null))}</tbody></table></div></details>"))}
        {Sentences("What the target does tonight", plan.Tonight)}
        {Html.If(plan.Holds.Count > 0, () => Sentences("What it will do once released", plan.WhenApproved))}
        {Sentences("What a refusal does", plan.WhenRefused ?? [])}
        """);

    private static int Held(DeliveryPlan plan, RowKind kind) =>
        plan.Ceiling.Where(rows => rows.Kind == kind).Sum(rows => rows.Added + rows.Changed + rows.Removed);

    private static Html Row(string name, PlannedRows rows, int? held) => Html.Of(
        $"""
        <tr><th scope="row">{name}</th><td class="number">{Wording.Number(rows.Before)}</td><td class="number">{Wording.Number(rows.Added)}</td>
        <td class="number">{Wording.Number(rows.Changed)}</td><td class="number">{Wording.Number(rows.Removed)}</td><td class="number">{(held is { } waiting ? Wording.Number(waiting) : "")}</td></tr>
        """);

    private static Html Sentences(string heading, IReadOnlyList<string> sentences) => Html.If(sentences.Count > 0, () => Html.Of(
        $"<h3>{heading}</h3><ul>{Html.Each(sentences, sentence => Html.Of($"<li>{sentence}</li>"))}</ul>"));

    private static Html Release(RunRecord run, FeedRun feed) => Html.Of(
        $"""
        <form method="post" action="/tenants/{run.Tenant}/runs/{run.Run}/approve">
        <input type="hidden" name="plan" value="{feed.Plan!.Hash}">
        <button>Release this plan</button>
        <span class="soft">Lets through exactly what is shown: plan <code>{feed.Plan.Hash[..12]}</code>.</span>
        </form>
        <form method="post" action="/tenants/{run.Tenant}/runs/{run.Run}/refuse">
        <input type="hidden" name="plan" value="{feed.Plan.Hash}">
        <button>Refuse this plan</button>
        <span class="soft">Takes back what came where something is held; the rest stays as the target has it.</span>
        </form>
        """);

    private static Html List(IEnumerable<(string Code, int Count)> counts, CodeSentences sentences) => Html.Of(
        $"<ul class=\"rows\">{Html.Each(counts, entry => Html.Of(
            $"<li><span>{sentences.Of(entry.Code)} <code>{entry.Code}</code></span><span>{Wording.Number(entry.Count)}</span></li>"))}</ul>");
}
