using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>A run: how it went, who was left out by which rule, and, feed by feed, what changes and what waits.</summary>
internal static class RunView
{
    /// <summary>In the place of a plan's hash: every plan that the run holds.</summary>
    public const string AllPlans = "all";

    private static readonly string[] OfNobody = ["unit.", "group."];

    /// <param name="tenant">Whose latest run is the only one with plans that can be answered.</param>
    /// <param name="poison">Messages of the run that failed for good.</param>
    /// <param name="acts">What people did with the run.</param>
    /// <param name="compared">Names of other runs, and the one that the reader has chosen.</param>
    /// <param name="answering">Whether what waits can still be answered.</param>
    public static Html Of(
        Wording words, RunRecord run, TenantStatus tenant, IReadOnlyDictionary<string, SeenFeed> seen, IReadOnlyList<PoisonMessage> poison, IReadOnlyList<Act> acts,
        (IReadOnlyList<string> Others, RunRecord? Chosen) compared, Answering answering) => Layout.Page(
        words, words.Text($"Run of {run.Date}"), [("/", words["Tenants"]), ($"/tenants/{run.Tenant}", tenant.Name)], Html.Of(
        $"""
        {Live.Region(!run.IsFinal, Html.Of(
            $"""
            <p>{words.Of(run)} <span class="soft">{words[$"{Code(run.Run)}, begun {words.Time(run.Started, tenant.Zone)}, ended {words.Time(run.Finished, tenant.Zone)}"]}</span></p>
            {Html.If(!run.IsFinal, () => RunTimeline.Of(words, run, tenant.Zone))}
            """))}
        {Html.If(compared.Chosen is not null, () => RunComparison.Of(words, run, compared.Chosen!, tenant.Zone))}
        {Html.If(FindNewer(run, tenant) is not null, () => Newer(words, FindNewer(run, tenant)!))}
        {Html.If(run is { DryRun: true, State: RunState.Held }, () => Layout.Note("warn", Html.Of(
            $"<p>{words["A dry run: nothing was sent, and nothing of it waits for an answer. It shows what a run would hold."]}</p>")))}
        {Html.If(Answering.EndOf(run, tenant, answering.Lifetime) is not null && Asking(run).Any(feed => seen[feed.Name].Unreleasable is null), () => Until(words, run, tenant, answering))}
        {Html.If(run.StateReason is not null && (run.State == RunState.Failed || (run.Feeds.All(feed => feed.OpenHolds.Count == 0) && run.State != RunState.Delivered)), () => Layout.Note(
            run.State == RunState.Failed ? "bad" : "warn", Html.Of($"<p>{words.Told(run.StateReason)}</p>")))}
        {Html.If(answering.MayOperate && !tenant.IsRunnable && HasButtons(run, tenant, poison), () => BeginForm.Unable(words, tenant, isTold: false))}
        {PoisonView.Of(words, tenant, poison, answering.MayOperate && tenant.IsRunnable)}
        {Html.If(run.Counts is not null, () => Layout.Card(words["Handed on"], Counts(words, run.Counts!)))}
        {Html.If(answering.MayAnswer(run, tenant) && Asking(run).Count() > 1 && Asking(run).All(feed => seen[feed.Name].Unreleasable is null), () => ReleaseAll(words, run))}
        {Html.If(run.IsFinal && run.Feeds.Count == 0, () => Layout.Note("warn", Html.Of(
            $"<p>{words["The run ended before anything was made for a target, so every target has what it had before."]}</p>")))}
        {Html.Each(run.Feeds, feed => Feed(words, run, feed, seen[feed.Name], tenant.Zone, answering.MayAnswer(run, tenant)))}
        {Html.If(answering.MayOperate && tenant.IsRunnable && IsSendable(run), () => SendAgain(words, run))}
        {Html.If(run.Exclusions is not null, () => Layout.Card(words["Left out, by rule"], List(
            words, run, RunList.LeftOut, run.Exclusions!.OrderByDescending(rule => rule.Value).Select(rule => (rule.Key, rule.Value)),
            words["Nobody: everybody whom the register hands out passes every rule."])))}
        {Html.If(run.Findings.Count > 0 || run.Counts is not null, () => Layout.Card(words["To be corrected in the register"], List(
            words, run, RunList.Findings, run.Findings.Select(finding => (finding.Code, finding.Count)), words["Nothing: all that the register handed out was as its form says."])))}
        {ActsView.Of(words, acts, tenant.Zone)}
        {Html.If(run.IsFinal, () => RunTimeline.Of(words, run, tenant.Zone))}
        {RunComparison.Form(words, run, compared.Others, compared.Chosen?.Run, tenant.Zone)}
        """));

    private static IEnumerable<FeedRun> Asking(RunRecord run) => run.Feeds.Where(feed => feed.IsAsking);

    private static bool IsSendable(RunRecord run) => run is { IsFinal: true, DryRun: false, Counts: not null };

    /// <summary>Whether a host that can run the tenant shows any.</summary>
    private static bool HasButtons(RunRecord run, TenantStatus tenant, IReadOnlyList<PoisonMessage> poison) =>
        IsSendable(run) || poison.Any(message => message.Waits) || (tenant.StandingRun?.Run == run.Run && run.IsAsking);

    public static Html Counts(Wording words, RosterCounts counts) => Html.Of(
        $"""
        <dl class="facts">
        {Html.Each(
            [
                (words["schools"], counts.Units), (words["students"], counts.Students), (words["staff"], counts.Staff), (words["guardians"], counts.Guardians),
                (words["sections"], counts.Sections),
            ],
            ((string Name, int Count) fact) => Html.Of($"<div><dt>{fact.Name}</dt><dd>{words.Number(fact.Count)}</dd></div>"))}
        </dl>
        """);

    private static Html Feed(Wording words, RunRecord run, FeedRun feed, SeenFeed seen, TimeZoneInfo zone, bool mayAnswer) => Layout.Card(words.Text($"Feed {feed.Name}"), Html.Of(
        $"""
        <p>{(feed.Rest is { } rest ? words.Of(rest) : words.Of(feed.State))} <span class="soft">{feed.Type}</span></p>
        {Html.If(feed.Reason is not null, () => Html.Of($"<p>{words.Told(feed.Reason)}</p>"))}
        {Html.If(feed.Rest is not null, () => Html.Of($"<p class=\"soft\">{(seen.RestsNow
            ? words["Nothing has to be done: the night of that day sends what has waited, and asks for whatever has to be decided."]
            : words["By now it goes on again: the next run sends what has waited, and asks for whatever has to be decided."])}</p>"))}
        {Html.Each(feed.OpenHolds, hold => Layout.Note("warn", Html.Of($"<p>{words.Told(hold.Message)} {PlanView.Behind(words, seen.Plan, hold)}</p>")))}
        {Html.If(feed.OpenHolds.Count > 0 && seen.Unreleasable is not null, () => Layout.Note("warn", Html.Of($"<p>{words.Told(seen.Unreleasable)}</p>")))}
        {Html.Each(feed.Notices ?? [], notice => Layout.Note("warn", Html.Of($"<p>{words.Told(notice.Message)}</p>")))}
        {Html.If(feed.Approval is not null, () => Html.Of($"<p class=\"soft\">{Answer(words, feed.Approval!, zone)} {ActsView.Reason(feed.Approval!.Reason)}</p>"))}
        {Html.If(seen.Plan is not null, () => PlanView.Of(words, seen.Plan!, feed, seen))}
        {Html.If(IsOfNoConcern(feed, seen),
            () => Html.Of($"<p class=\"soft\">{words["The plan counts what changes in the roster. Nothing of it is told to this target, so no file went."]}</p>"))}
        {Html.If(seen.Plan?.Roster is not null, () => Html.Of(
            $"<p><a href=\"/tenants/{run.Tenant}/runs/{run.Run}/lists/{RunList.Plan}?feed={feed.Name}\">{words[$"What changes in {feed.Name}, row by row, before and after"]}</a></p>"))}
        {Html.If(seen.Receipt is not null, () => ReceiptView.Of(words, seen.Receipt!, zone))}
        {Html.If(mayAnswer && feed is { Holds.Count: > 0, Rest: null, IsVain: false, Approval: not { IsRefusal: true } } && seen.Unreleasable is null, () => Release(words, run, feed))}
        {Html.If(mayAnswer && feed is { Holds.Count: > 0, Rest: null, IsVain: false, Approval: not { IsRefusal: false } } && seen.Unrefusable is null, () => Refuse(words, run, feed))}
        """));

    /// <summary>Whether something changes in the roster that the target is not told of.</summary>
    private static bool IsOfNoConcern(FeedRun feed, SeenFeed seen) =>
        feed is { Holds.Count: 0, Plan: { } plan } && plan.Added + plan.Changed + plan.Removed > 0
        && seen.Receipt is { State: ReceiptState.SkippedUnchanged } or { Files.Count: 0, IsDelivered: true };

    /// <summary>A newer run makes every plan before it void.</summary>
    private static RunRecord? FindNewer(RunRecord run, TenantStatus tenant) =>
        tenant.StandingRun is { } latest && latest.Run != run.Run && run.Feeds.Any(feed => feed.IsAsking) ? latest : null;

    private static Html Newer(Wording words, RunRecord newer) => Layout.Note("warn", Html.Of(
        $"<p>{(HasPlan(newer)
            ? words["A newer run has taken this one's place, so what waits here can no longer be answered."]
            : newer.IsFinal ? words["A newer run has taken this one's place and ended before it had a plan. What waits here can no longer be answered: see what stopped it, and begin another."]
            : words["A newer run is under way, so what waits here can no longer be answered: wait for its plan."])} "
        + $"<a href=\"/tenants/{newer.Tenant}/runs/{newer.Run}\">{words["Look at the newer run"]}</a></p>"));

    private static bool HasPlan(RunRecord run) => run.Feeds.Any(feed => feed.Plan is not null);

    /// <summary>How long there is time to answer; and when there is no more, what to do instead.</summary>
    private static Html Until(Wording words, RunRecord run, TenantStatus tenant, Answering answering) => answering.IsTooLate(run)
        ? Layout.Note("warn", Html.Of(
            $"<p>{words[$"What waits here is more than {answering.Lifetime.TotalHours} hours old and can no longer be answered: the register may say something else by now."]} "
            + $"<a href=\"/tenants/{run.Tenant}#{BeginForm.Anchor}\">{words["Begin a new run, and answer that one's plan."]}</a></p>"))
        : Html.Of($"<p class=\"soft\">{words[$"What waits here can be answered until {words.Time(Answering.EndOf(run, tenant, answering.Lifetime), tenant.Zone)}."]}</p>");

    /// <summary>What was said to the plan, when, and by whom as far as that is known.</summary>
    private static Html Answer(Wording words, Approval answer, TimeZoneInfo zone)
    {
        var (plan, at) = (Code(answer.Plan[..12]), words.Time(answer.At, zone));
        return (answer.IsRefusal, answer.By) switch
        {
            (true, null) => words[$"Plan {plan} was refused at {at}."],
            (true, _) => words[$"Plan {plan} was refused at {at} by {answer.By}."],
            (_, null) => words[$"Plan {plan} was approved at {at}."],
            _ => words[$"Plan {plan} was approved at {at} by {answer.By}."],
        };
    }

    /// <summary>An answer that was not carried out can be given once more.</summary>
    private static Html Release(Wording words, RunRecord run, FeedRun feed) => Html.Of(
        $"""
        <form method="post" action="/tenants/{run.Tenant}/runs/{run.Run}/approve">
        <input type="hidden" name="plan" value="{feed.Plan!.Hash}">
        {Layout.Why(words)}
        <button>{words["Release this plan"]}</button>
        <span class="soft">{words[$"Lets through exactly what is shown: plan {Code(feed.Plan.Hash[..12])}."]}</span>
        </form>
        """);

    private static Html Refuse(Wording words, RunRecord run, FeedRun feed) => Html.Of(
        $"""
        <form method="post" action="/tenants/{run.Tenant}/runs/{run.Run}/refuse">
        <input type="hidden" name="plan" value="{feed.Plan!.Hash}">
        {Layout.Why(words)}
        <button>{words["Refuse this plan"]}</button>
        <span class="soft">{words["Takes back what came where something is held; the rest stays as the target has it."]}</span>
        </form>
        """);

    private static Html ReleaseAll(Wording words, RunRecord run) => Layout.Card(words["One decision for all feeds"], Html.Of(
        $"""
        <p>{words["The same night waits at several feeds. Read their plans below; if all of them are right, release them together."]}</p>
        <form method="post" action="/tenants/{run.Tenant}/runs/{run.Run}/approve">
        <input type="hidden" name="plan" value="{AllPlans}">
        {Layout.Why(words)}
        <button>{words[$"Release all {Asking(run).Count()} plans"]}</button>
        </form>
        """));

    private static Html SendAgain(Wording words, RunRecord run) => Html.Of(
        $"""
        <form method="post" action="/tenants/{run.Tenant}/runs/{run.Run}/resend">
        <input type="hidden" name="run" value="{run.Run}">
        {Layout.Why(words)}
        <button>{words["Send again"]}</button>
        <span class="soft">{words["Sends this run's roster once more, through plan and guard, also when the targets should have it."]}</span>
        </form>
        """);

    /// <param name="none">What is said where nothing is counted.</param>
    private static Html List(Wording words, RunRecord run, string list, IEnumerable<(string Code, int Count)> counts, string none) => !counts.Any()
        ? Html.Of($"<p class=\"soft\">{none}</p>")
        : Html.Of(
        $"<ul class=\"rows\">{Html.Each(counts, entry => Html.Of(
            $"<li><span>{words.MeaningOf(entry.Code)} <code>{entry.Code}</code></span><span>{Behind(words, run, list, entry)}</span></li>"))}</ul>");

    /// <summary>The number, leading to whom it counts; of schools and groups the record has no ids, and what is said of the whole register has none.</summary>
    private static Html Behind(Wording words, RunRecord run, string list, (string Code, int Count) entry) =>
        (list == RunList.LeftOut && OfNobody.Any(kind => entry.Code.StartsWith(kind, StringComparison.Ordinal)))
        || (list == RunList.Findings && run.Findings.All(finding => finding.Code != entry.Code || finding.Sample.Count == 0))
        ? Html.Of($"{words.Number(entry.Count)}")
        : Html.Of(
            $"<a href=\"/tenants/{run.Tenant}/runs/{run.Run}/lists/{list}?code={entry.Code}\" "
            + $"aria-label=\"{words.Text($"{words.Number(entry.Count)} of {entry.Code}, as a list")}\">{words.Number(entry.Count)}</a>");

    private static Html Code(string text) => Html.Of($"<code>{text}</code>");
}
