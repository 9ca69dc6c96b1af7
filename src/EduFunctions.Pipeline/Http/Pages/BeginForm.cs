namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>A run now, asked for with a reason. What it does is said before anybody can press it.</summary>
internal static class BeginForm
{
    public const string DryRun = "dryRun";

    /// <summary>By which other pages lead here.</summary>
    public const string Anchor = "begin";

    public static Html Of(Wording words, TenantStatus tenant) => Layout.Card(words["A run now"], Html.Of(
        $"""
        <details id="{Anchor}"><summary>{words["Begin a run without waiting for the night"]}</summary>
        <p>{words["It pulls everybody from the register and delivers what has changed, as the night does. A dry run makes the files and delivers nothing."]}</p>
        <form method="post" action="/tenants/{tenant.Tenant}/sync" autocomplete="off">
        {Layout.Why(words)}
        <button name="{DryRun}" value="true">{words["Dry run"]}</button>
        <button name="{DryRun}" value="false">{words["Deliver now"]}</button>
        </form></details>
        """));
}
