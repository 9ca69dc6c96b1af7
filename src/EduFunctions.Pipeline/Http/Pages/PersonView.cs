using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>The answer to "why is this person missing?".</summary>
internal static class PersonView
{
    public static Html Of(Wording words, TenantStatus tenant, Explanation explanation) => Of(
        words, tenant, Html.Of($"{Found(words, explanation)}{HistoryView.Button(words, tenant.Tenant, explanation.Person)}"), explanation.Person);

    /// <summary>The same whatever was asked: neither what nobody has nor what only others may find is told from the other.</summary>
    public static Html OfNobody(Wording words, TenantStatus tenant) => Of(words, tenant, Layout.Note("warn", Html.Of(
        $"<p>{words["Nobody is found by this. Check it, and whether the register hands the person out; some persons are found by those alone who look after protection."]}</p>")), "");

    private static Html Of(Wording words, TenantStatus tenant, Html answer, string asked) => Layout.Page(
        words, words["Why is this person missing?"], [("/", words["Tenants"]), ($"/tenants/{tenant.Tenant}", tenant.Name)], Html.Of(
        $"""
        {answer}
        {TenantView.AskForm(words, words["Ask again"], tenant.Tenant, asked)}
        """));

    private static Html Found(Wording words, Explanation explanation) => Html.Of(
        $"""
        <p><code>{explanation.Person}</code> <span class="soft">{words[$"by run {Code(explanation.Run)} of {explanation.Date}"]}</span></p>
        {Html.If(explanation.Roles.Count == 0 && !IsAbsent(explanation), () => Layout.Note("warn", Html.Of(
            $"<p>{words["The register gives the person no role: no enrolment, no duty, and no student names the person as guardian."]}</p>")))}
        {Html.Each(explanation.Roles, role => Role(words, role, explanation.Person))}
        {Layout.Card(words["Feeds"], Html.Of($"<ul class=\"rows\">{Html.Each(explanation.Feeds, feed => Html.Of(
            $"<li><span>{feed.Key}{Html.Each(feed.Value.Reasons, reason => FeedReason(words, reason))}</span>{Included(words, feed.Value)}</li>"))}</ul>"
            + $"<p class=\"soft\">{words[$"{explanation.Sections.Count} sections"]}</p>"))}
        {Html.If(explanation.ChangedSince is not null, () => Layout.Card(words.Text($"Changed since run {explanation.ChangedSince!.Run}"), Html.Of(
            $"<ul class=\"rows\">{Html.Each(explanation.ChangedSince.Changes, change => Html.Of($"<li>{words.Told(change)}</li>"))}</ul>")))}
        """);

    /// <summary>Whether the register did not hand the person out: the feeds say so.</summary>
    private static bool IsAbsent(Explanation explanation) =>
        explanation.Feeds.Values.Any(feed => feed.Reasons.Any(reason => reason.Code == FeedReasons.NotInPull));

    /// <summary>Who is not in the feed may be at its target all the same, while the guard keeps them there.</summary>
    public static Html Included(Wording words, FeedExplanation feed) =>
        feed.Included ? Layout.Pill("good", $"✓ {words["in the feed"]}")
        : feed.Reasons.Any(reason => reason.Code == FeedReasons.Staying) ? Layout.Pill("warn", $"! {words["still there, waits"]}")
        : Layout.Pill("warn", $"– {words["not in the feed"]}");

    private static Html FeedReason(Wording words, FeedReason reason) => Html.Of(
        $"""
        <br><strong>{words.MeaningOf(reason.Code)}</strong> <code>{reason.Code}</code>{Html.If(reason.Since is not null, () => Html.Of($" {words[$"since {reason.Since}"]}"))}<br>
        <span class="soft">{words.AdviceOn(reason.Code)}</span>
        """);

    private static Html Role(Wording words, RoleExplanation role, string person) => Layout.Card(RoleName(words, role.Role), Html.Of(
        $"""
        <p>{(role.Eligible ? Layout.Pill("good", $"✓ {words["is handed on"]}") : Layout.Pill("bad", $"✕ {words["is left out"]}"))}</p>
        {Html.If(role.Reasons.Count > 0, () => Html.Of($"<ul class=\"rows\">{Html.Each(role.Reasons, reason => Reason(words, reason, person))}</ul>"))}
        """));

    /// <param name="person">Whom it is about: of a reason about the person itself no place is told.</param>
    private static Html Reason(Wording words, ReasonExplanation reason, string person) => Html.Of(
        $"""
        <li><span><strong>{words.MeaningOf(reason.Code)}</strong> <code>{reason.Code}</code><br>
        <span class="soft">{Html.If(reason.Entity is not null && reason.Entity != person, () => words[$"at {At(reason)}"])}
        {string.Join(", ", Facts(reason).Select(fact => $"{words.OfFact(fact.Key)}: {words.FactValue(fact.Value)}"))}<br>
        {words.AdviceOn(reason.Code)}</span></span>
        <span>{Html.If(reason.EligibleFrom is not null, () => words[$"passes from {reason.EligibleFrom}"])}{Html.If(
            reason.EligibleUntil is not null, () => Html.Of($" {words[$"until {reason.EligibleUntil}"]}"))}</span></li>
        """);

    /// <summary>In the order in which people think of them: a first day before a last one.</summary>
    private static IEnumerable<KeyValuePair<string, object>> Facts(ReasonExplanation reason) => reason.Facts.OrderBy(fact => fact.Key == "endDate");

    private static Html At(ReasonExplanation reason) => reason.SchoolName is { } name ? Html.Of($"{name}") : Code(reason.Entity!);

    private static Html Code(string text) => Html.Of($"<code>{text}</code>");

    private static string RoleName(Wording words, Roles role) => role switch
    {
        Roles.Student => words["As student"],
        Roles.Staff => words["As staff"],
        _ => words["As guardian"],
    };
}
