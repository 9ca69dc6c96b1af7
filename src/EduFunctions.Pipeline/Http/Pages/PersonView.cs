using EduFunctions.Pipeline.Ledgers;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>The answer to "why is this person missing?".</summary>
internal static class PersonView
{
    public static Html Of(TenantStatus tenant, string asked, Explanation? explanation, CodeSentences sentences) => Layout.Page(
        "Why is this person missing?", [("/", "Tenants"), ($"/tenants/{tenant.Tenant}", tenant.Name)], Html.Of(
        $"""
        {(explanation is not null ? Found(explanation, sentences) : Layout.Note("warn", Html.Of(
            $"<p>The latest run has no person with this id. Check the id, and whether the register hands the person out.</p>")))}
        {TenantView.AskForm("Ask again", tenant.Tenant, asked)}
        """));

    private static Html Found(Explanation explanation, CodeSentences sentences) => Html.Of(
        $"""
        <p><code>{explanation.Person}</code> <span class="soft">by run <code>{explanation.Run}</code> of {explanation.Date:yyyy-MM-dd}</span></p>
        {Html.If(explanation.Roles.Count == 0 && !IsAbsent(explanation), () => Layout.Note("warn", Html.Of(
            $"<p>The register gives the person no role: no enrolment, no duty, and no student names the person as guardian.</p>")))}
        {Html.Each(explanation.Roles, role => Role(role, sentences))}
        {Layout.Card("Feeds", Html.Of($"<ul class=\"rows\">{Html.Each(explanation.Feeds, feed => Html.Of(
            $"<li><span>{feed.Key}{Html.Each(feed.Value.Reasons, reason => FeedReason(reason, sentences))}</span>{Included(feed.Value)}</li>"))}</ul>"
            + $"<p class=\"soft\">{explanation.Sections.Count} sections</p>"))}
        {Html.If(explanation.ChangedSince is not null, () => Layout.Card($"Changed since run {explanation.ChangedSince!.Run}", Html.Of(
            $"<ul class=\"rows\">{Html.Each(explanation.ChangedSince.Changes, change => Html.Of($"<li>{change}</li>"))}</ul>")))}
        """);

    /// <summary>Whether the register did not hand the person out: the feeds say so.</summary>
    private static bool IsAbsent(Explanation explanation) =>
        explanation.Feeds.Values.Any(feed => feed.Reasons.Any(reason => reason.Code == FeedReasons.NotInPull));

    private static Html Included(FeedExplanation feed) =>
        feed.Included ? Layout.Pill("good", "✓ in the feed") : Layout.Pill("warn", "– not in the feed");

    private static Html FeedReason(FeedReason reason, CodeSentences sentences) => Html.Of(
        $"""
        <br><strong>{sentences.Of(reason.Code)}</strong> <code>{reason.Code}</code>{Html.If(reason.Since is not null, () => Html.Of($" since {reason.Since:yyyy-MM-dd}"))}<br>
        <span class="soft">{sentences.AdviceOn(reason.Code)}</span>
        """);

    private static Html Role(RoleExplanation role, CodeSentences sentences) => Layout.Card($"As {role.Role.ToString().ToLowerInvariant()}", Html.Of(
        $"""
        <p>{(role.Eligible ? Layout.Pill("good", "✓ is handed on") : Layout.Pill("bad", "✕ is left out"))}</p>
        {Html.If(role.Reasons.Count > 0, () => Html.Of($"<ul class=\"rows\">{Html.Each(role.Reasons, reason => Reason(reason, sentences))}</ul>"))}
        """));

    private static Html Reason(ReasonExplanation reason, CodeSentences sentences) => Html.Of(
        $"""
        <li><span><strong>{sentences.Of(reason.Code)}</strong> <code>{reason.Code}</code><br>
        <span class="soft">{string.Join(", ", reason.Facts.Select(fact => $"{fact.Key} {fact.Value}"))} {Html.If(
            reason.Entity is not null, () => Html.Of($"at <code>{reason.Entity}</code>"))}<br>
        {sentences.AdviceOn(reason.Code)}</span></span>
        <span>{Html.If(reason.EligibleFrom is not null, () => Html.Of($"passes from {reason.EligibleFrom:yyyy-MM-dd}"))}{Html.If(
            reason.EligibleUntil is not null, () => Html.Of($" until {reason.EligibleUntil:yyyy-MM-dd}"))}</span></li>
        """);
}
