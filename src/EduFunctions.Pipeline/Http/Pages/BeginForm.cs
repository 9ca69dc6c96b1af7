namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>A run now, asked for with a reason. What it does is said before anybody can press it.</summary>
internal static class BeginForm
{
    public const string DryRun = "dryRun";

    /// <summary>By which other pages lead here.</summary>
    public const string Anchor = "begin";

    /// <summary>In the place of every button that this host could not do anything about: why not.</summary>
    /// <param name="isTold">Whether the page has named the cause already.</param>
    public static Html Unable(Wording words, TenantStatus tenant, bool isTold) => Layout.Note("warn", Html.Of(
        $"""
        <p>{words["Nothing can be begun, answered or sent again from here for now."]} {(isTold ? "" : words.Told(tenant.Problem))}</p>
        <p>{(tenant.MissingSecrets.Count > 0
            ? words["Give this host the secret, or use the page of a host that has it."]
            : tenant.IsUnreadable ? words["Try again when the storage gives it."]
            : words["Correct the tenant file first."])}</p>
        """));

    public static Html Of(Wording words, TenantStatus tenant) => Layout.Card(words["A run now"], Html.Of(
        $"""
        <details id="{Anchor}"><summary>{words["Begin a run without waiting for the night"]}</summary>
        <p>{words["It pulls everybody from the register and delivers what has changed, as the night does. A dry run makes the files and delivers nothing."]}
        {words["After either, a plan that waits now can no longer be answered."]}</p>
        <form method="post" action="/tenants/{tenant.Tenant}/sync" autocomplete="off">
        {Layout.Why(words)}
        <button name="{DryRun}" value="true">{words["Dry run"]}</button>
        <button name="{DryRun}" value="false">{words["Deliver now"]}</button>
        </form></details>
        """));
}
