using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Messages that failed for good, each with a button that takes its run up again.</summary>
internal static class PoisonView
{
    /// <summary>Nothing where there are none.</summary>
    public static Html Of(Wording words, TenantStatus status, IReadOnlyList<PoisonMessage> poison, bool mayOperate) => Html.If(
        poison.Count > 0, () => Layout.Card(words["Messages that failed for good"], Html.Of(
            $"<ul class=\"rows\">{Html.Each(poison, message => Message(words, status, message, mayOperate))}</ul>")));

    private static Html Message(Wording words, TenantStatus status, PoisonMessage message, bool mayOperate) => Html.Of(
        $"""
        <li><span>{(message.Waits ? Layout.Pill("bad", $"✕ {words["waits"]}") : Layout.Pill("good", $"✓ {words["over"]}"))}
        {words.OfStage(message.Queue)} {words.Time(message.Since, status.Zone)}
        <a href="/tenants/{status.Tenant}/runs/{message.Run}">{words["Look at the run"]}</a>
        <br><span class="soft">{words.Told(message.Reason)}</span></span>
        {Html.If(message.Waits && mayOperate, () => Html.Of(
            $"<form method=\"post\" action=\"/tenants/{status.Tenant}/runs/{message.Run}/requeue\">{Layout.Why(words)}"
            + $"<button name=\"run\" value=\"{message.Run}\">{words["Take up again"]}</button></form>"))}</li>
        """);
}
