namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Many tenants on one page: a way to find one, and a line for each.</summary>
internal static class TenantsTable
{
    /// <summary>As it is without a script: the browser asks for the page again, with the choice in its address.</summary>
    public static Html Form(Wording words, TenantFilter filter) => Layout.Card(words["Find a tenant"], Html.Of(
        $"""
        <form method="get" action="/" role="search">
        <label>{words["Name or id"]}<input name="q" type="search" value="{filter.Text}" maxlength="80"></label>
        {Choice(words, "show", words["Show"], TenantFilter.Shows, filter.Show)}
        {Choice(words, "sort", words["Order"], TenantFilter.Sorts, filter.Sort)}
        <button>{words["Show"]}</button>
        </form>
        """));

    public static Html Of(Wording words, IReadOnlyList<TenantCard> tenants) => Layout.Card(words.Text($"{tenants.Count} tenants"), Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="{words["Tenants"]}"><table>
        <thead><tr><th scope="col">{words["Tenant"]}</th><th scope="col">{words["State"]}</th><th scope="col">{words["Oldest delivery"]}</th>
        <th scope="col" class="number minor">{words["Students"]}</th><th scope="col" class="minor">{words["Next night"]}</th></tr></thead>
        <tbody>{Html.Each(tenants, tenant => Row(words, tenant))}</tbody></table></div>
        """));

    /// <summary>How it stands: a file that is refused before whatever the last run says, and what this host lacks beside it.</summary>
    public static Html State(Wording words, TenantCard tenant) =>
        tenant.Status.IsUnreadable ? Layout.Pill("bad", $"✕ {words["not readable"]}")
        : tenant.Need == Need.Refused ? Layout.Pill("bad", $"✕ {words["file refused"]}")
        : Html.Of($"{Latest(words, tenant)}{Html.If(tenant.Status.MissingSecrets.Count > 0, () => Html.Of($" {Layout.Pill("warn", $"! {words["secret missing here"]}")}"))}");

    private static Html Latest(Wording words, TenantCard tenant) =>
        tenant.Status.LatestRun is { } run ? words.Of(run) : Layout.Pill("busy", words["no run yet"]);

    private static Html Row(Wording words, TenantCard tenant)
    {
        var oldest = tenant.Status.Feeds.MaxBy(feed => feed.AgeHours);
        return Html.Of(
            $"""
            <tr><th scope="row"><a href="/tenants/{tenant.Status.Tenant}">{tenant.Status.Name}</a></th><td>{State(words, tenant)}</td>
            <td>{(oldest is null ? Html.Of($"–") : Html.Of($"{words.Of(oldest)} <span class=\"soft minor\">{oldest.Subject}</span>"))}
            {Html.Each(tenant.Status.Feeds.Where(feed => feed.PartRests is not null), feed => Html.Of($"<br>{feed.Subject}{RestView.Part(words, feed)}"))}</td>
            <td class="number minor">{(tenant.Status.LatestRun?.Counts is { } counts ? words.Number(counts.Students) : "–")}</td>
            <td class="minor">{words.Time(tenant.NextNight, tenant.Status.Zone)}</td></tr>
            """);
    }

    private static Html Choice(
        Wording words, string name, string label, IReadOnlyList<(string Value, Func<Wording, string> Name)> choices, string chosen) => Html.Of(
        $"""
        <label>{label}<select name="{name}">{Html.Each(choices, choice => Html.Of(
            $"<option value=\"{choice.Value}\"{(choice.Value == chosen ? Html.Of($" selected") : Html.None)}>{choice.Name(words)}</option>"))}</select></label>
        """);
}
