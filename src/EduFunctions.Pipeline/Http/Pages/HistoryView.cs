using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>A person's nights on which something changed: what, and why.</summary>
internal static class HistoryView
{
    /// <summary>Leads there from the answer on a person; by form, as every question about people.</summary>
    public static Html Button(Wording words, string tenant, string person) => Html.Of(
        $"""
        <form method="post" action="/tenants/{tenant}/history"><button name="person" value="{person}">{words["The whole history"]}</button></form>
        """);

    public static Html Of(Wording words, TenantStatus tenant, PersonHistory history) => Layout.Page(
        words, words["History of a person"], [("/", words["Tenants"]), ($"/tenants/{tenant.Tenant}", tenant.Name)], Html.Of(
        $"""
        <p>{(history.Nights.Count > 0 ? words[$"Decisions are kept since {history.Since}."]
            : words[$"There is no night yet: only dry runs have had this person, the latest for {history.Since}, and they change nothing at any target."])}
        <span class="soft"><code>{history.Person}</code></span></p>
        {Html.Each(history.Nights, night => Night(words, tenant, night))}
        {TenantView.AskForm(words, words["Ask again"], tenant.Tenant, "")}
        """));

    private static Html Night(Wording words, TenantStatus tenant, Explanation night) => Layout.Card(words.Language.Day(night.Date), Html.Of(
        $"""
        <p><a href="/tenants/{tenant.Tenant}/runs/{night.Run}">{words["Look at the run"]}</a>
        <span class="soft">{words[$"begun {words.Beginning(night.Run, tenant.Zone)}"]}</span></p>
        <ul class="rows">{ChangesView.Of(words, night.ChangedSince!.Changes)}</ul>
        <ul class="rows">{Html.Each(night.Roles.SelectMany(role => role.Reasons).DistinctBy(reason => reason.Code), reason => Html.Of(
            $"<li><span>{words.MeaningOf(reason.Code)} <code>{reason.Code}</code><br><span class=\"soft\">{words.AdviceOn(reason.Code)}</span></span></li>"))}
        {Html.Each(night.Feeds, feed => Html.Of($"<li><span>{feed.Key}{Html.Each(feed.Value.Reasons, reason => Html.Of(
            $"<br><span class=\"soft\">{words.MeaningOf(reason.Code)} <code>{reason.Code}</code></span>"))}</span><span>{PersonView.Included(words, feed.Value)}</span></li>"))}</ul>
        """));
}
