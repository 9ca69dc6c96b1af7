using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What a delivery changes, in numbers by kind and school, each leading to the rows behind it, and in sentences.</summary>
internal static class PlanView
{
    /// <param name="feed">What was said to it, and what became of that.</param>
    public static Html Of(Wording words, HashedPlan hashed, FeedRun feed, SeenFeed seen)
    {
        var (plan, answer) = (hashed.Plan, feed.Approval);
        var waiting = plan.Totals.ToDictionary(rows => rows.Kind, rows => answer is null ? Held(plan, rows.Kind) : 0);
        var anyWaits = waiting.Values.Any(count => count > 0);
        return Html.Of(
            $"""
            <div class="wide" tabindex="0" role="region" aria-label="{words["What changes"]}"><table><caption>{words[$"What changes at {plan.Target}"]}</caption>
            <thead><tr><th scope="col">{words["Kind"]}</th><th scope="col" class="number">{words["Before"]}</th><th scope="col" class="number">{words["Added"]}</th>
            <th scope="col" class="number">{words["Changed"]}</th><th scope="col" class="number">{words["Removed"]}</th>
            {Html.If(anyWaits, () => Html.Of($"<th scope=\"col\" class=\"number\">{words["Waits"]}</th>"))}</tr></thead>
            <tbody>{Html.Each(plan.Totals, rows => Row(words, hashed, words.Of(rows.Kind), rows, anyWaits ? waiting[rows.Kind] : null))}</tbody></table></div>
            {Html.If(plan.Totals.All(rows => rows.Added + rows.Changed + rows.Removed == 0), () => Html.Of(
                $"<p class=\"soft\">{words["Nothing changes: the target has what the register says already."]}</p>"))}
            {Html.If(plan.Schools.Count > 0, () => Schools(words, hashed))}
            {Html.Each(plan.Deletions ?? [], due => Due(words, due))}
            {Sentences(words, words["What the target does tonight"], feed.Doings(plan))}
            {Html.If(feed.OpenHolds.Count > 0 && seen.Unreleasable is null, () => Sentences(words, words["What it will do once released"], plan.WhenApproved))}
            {Html.If(answer is not { IsRefusal: false } && feed.Rest is null && seen.Unrefusable is null, () => Sentences(words, words["What a refusal does"], plan.WhenRefused ?? []))}
            """);
    }

    /// <summary>From a hold to those whom it keeps; of sections and memberships it is not on record which.</summary>
    public static Html Behind(Wording words, HashedPlan? hashed, Hold hold) => Html.If(hashed?.Roster is not null && hold.Kind < RowKind.Sections, () => Html.Of(
        $"<a href=\"{Address(hashed!.Plan, hold.Kind!.Value, hold.School, code: null)}\">{words["Who that is"]}</a>"));

    private static Html Schools(Wording words, HashedPlan hashed) => Html.Of(
        $"""
        <details><summary>{words["By school"]}</summary><div class="wide" tabindex="0" role="region" aria-label="{words["By school"]}"><table>
        <thead><tr><th scope="col">{words["Kind and school"]}</th><th scope="col" class="number">{words["Before"]}</th><th scope="col" class="number">{words["Added"]}</th>
        <th scope="col" class="number">{words["Changed"]}</th><th scope="col" class="number">{words["Removed"]}</th></tr></thead>
        <tbody>{Html.Each(hashed.Plan.Schools, rows => Row(
            words, hashed, $"{words.Of(rows.Kind)}, {words.School(rows.School)}", rows, null))}</tbody></table></div></details>
        """);

    private static int Held(DeliveryPlan plan, RowKind kind) =>
        plan.Ceiling.Where(rows => rows.Kind == kind).Sum(rows => rows.Added + rows.Changed + rows.Removed);

    private static Html Row(Wording words, HashedPlan plan, string name, PlannedRows rows, int? held) => Html.Of(
        $"""
        <tr><th scope="row">{name}</th><td class="number">{words.Number(rows.Before)}</td><td class="number">{Listed(words, plan, name, rows, rows.Added, Change.Added)}</td>
        <td class="number">{Listed(words, plan, name, rows, rows.Changed, Change.Changed)}</td><td class="number">{Listed(words, plan, name, rows, rows.Removed, Change.Removed)}</td>
        {Html.If(held is not null, () => Html.Of($"<td class=\"number\">{words.Number(held!.Value)}</td>"))}</tr>
        """);

    /// <summary>What is planned, of which some may wait: those are listed as what they wait for, where it is on record who they are.</summary>
    private static Html Listed(Wording words, HashedPlan plan, string name, PlannedRows rows, int count, Change change) =>
        count == 0 || plan.Roster is null || (plan.Plan.Holds.Count > 0 && rows.Kind >= RowKind.Sections)
        ? Html.Of($"{words.Number(count)}")
        : Html.Of(
            $"<a href=\"{Address(plan.Plan, rows.Kind, rows.School, plan.Plan.Holds.Count == 0 ? change.ToString().ToLowerInvariant() : null)}\" "
            + $"aria-label=\"{words.Text($"{words.Number(count)} of {name}, as a list")}\">{words.Number(count)}</a>");

    private static string Address(DeliveryPlan plan, RowKind kind, string? school, string? code) =>
        $"/tenants/{plan.Tenant}/runs/{plan.Run}/lists/{RunList.Plan}?{new ListQuery(plan.Feed, code, school, kind.ToString().ToLowerInvariant(), WithNames: false, 1)}";

    /// <summary>What rests at the target and goes for good, all by id: the register knows nothing of them any more.</summary>
    private static Html Due(Wording words, PlannedDeletions due) => Html.Of(
        $"<details><summary>{words[$"Due to be deleted for good: {due.Ids.Count} of {due.Of} {due.Kind}"]}</summary><ul>{Html.Each(due.Ids, id => Html.Of($"<li>{id}</li>"))}</ul></details>");

    private static Html Sentences(Wording words, string heading, IReadOnlyList<string> sentences) => Html.If(sentences.Count > 0, () => Html.Of(
        $"<h3>{heading}</h3><ul>{Html.Each(sentences, sentence => Html.Of($"<li>{words.Told(sentence)}</li>"))}</ul>"));
}
