using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Targets that rest, until when and by whose word, and the buttons that let one rest or go on. What it does is said before anybody can press it.</summary>
internal static class RestView
{
    private static readonly IReadOnlyList<(string What, Func<Wording, string> Name)> Kinds =
        [("all", words => words["nothing is sent"]), ("adds", words => words["nobody comes"]), ("removals", words => words["nobody goes"])];

    public static Html Of(Wording words, TenantStatus tenant, IReadOnlyList<RestingFeed> resting, bool mayOperate) => Html.If(
        resting.Count > 0 || (mayOperate && tenant.Feeds.Count > 0), () => Layout.Card(words["Targets that rest"], Html.Of(
        $"""
        {Html.If(resting.Count == 0, () => Html.Of($"<p class=\"soft\">{words["No target rests: each gets what every run has for it."]}</p>"))}
        {Html.If(resting.Count > 0, () => Html.Of($"<ul class=\"rows\">{Html.Each(resting, each => Row(words, tenant, each, mayOperate))}</ul>"))}
        {Html.If(mayOperate, () => Form(words, tenant))}
        """)));

    private static Html Row(Wording words, TenantStatus tenant, RestingFeed resting, bool mayOperate) => Html.Of(
        $"""
        <li><span>{Layout.Pill("warn", $"! {resting.Feed}: {NameOf(words, resting.Freeze.What)}")} {words[$"goes on {resting.Freeze.Until}"]}
        <span class="soft">{Author(words, tenant, resting)}</span> {ActsView.Reason(resting.Reason)}</span>
        {Html.If(mayOperate && resting.Since is not null, () => Html.Of(
            $"<form method=\"post\" action=\"/tenants/{tenant.Tenant}/thaw\">{Layout.Why(words)}"
            + $"<button name=\"feed\" value=\"{resting.Feed}\">{words["Let it go on"]}</button></form>"))}</li>
        """);

    private static Html Author(Wording words, TenantStatus tenant, RestingFeed resting) => (resting.Since, resting.By) switch
    {
        (null, _) => Html.Of($"{words["by the tenant file"]}"),
        (_, null) => words.Time(resting.Since, tenant.Zone),
        _ => words[$"{words.Time(resting.Since, tenant.Zone)} by {resting.By}"],
    };

    private static Html Form(Wording words, TenantStatus tenant) => Html.Of(
        $"""
        <details><summary>{words["Let a target rest"]}</summary>
        <p>{Meaning(words)}</p>
        <form method="post" action="/tenants/{tenant.Tenant}/freeze" autocomplete="off">
        <label>{words["Feed"]}<select name="feed">{Html.Each(tenant.Feeds, feed => Html.Of($"<option>{feed.Subject}</option>"))}</select></label>
        <label>{words["What waits"]}<select name="what">{Html.Each(Kinds, kind => Html.Of($"<option value=\"{kind.What}\">{kind.Name(words)}</option>"))}</select></label>
        <label>{words["The first day on which it goes on"]}<input name="until" type="date" required></label>
        {Layout.Why(words)}
        <button>{words["Let it rest"]}</button>
        </form></details>
        """);

    private static string Meaning(Wording words) => words[
        "Up to the day before, everything waits, or whoever comes or goes does. Protected persons leave all the same. "
        + "No approval lets through what waits so: let the target go on first."];

    /// <summary>Of a target that gets the rest: what waits there, and until when.</summary>
    public static Html Part(Wording words, FreshnessStatus feed) => Html.Each(feed.PartRests ?? [], rest => Html.Of(
        $" {Layout.Pill("warn", $"‖ {words.Text($"{NameOf(words, rest.What)} until {rest.Until} by {words.Told(rest.By)}")}")}"));

    private static string NameOf(Wording words, string what) => Kinds.First(kind => kind.What == what).Name(words);
}
