using EduFunctions.Pipeline.Listing;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What stands behind a number: ids with their school, and what to correct where.</summary>
internal static class ListView
{
    private const int RowsShown = 300;

    private static readonly HashSet<string> People = ["student", "staff", "guardian", "person", "students", "guardians"];

    /// <param name="query">By which the list was asked for.</param>
    /// <param name="meaningOf">Of a code.</param>
    public static Html Of(Wording words, TenantStatus tenant, RunList list, string query, Func<string, string> meaningOf) => Layout.Page(
        words, Title(words, list), [("/", words["Tenants"]), ($"/tenants/{list.Tenant}", tenant.Name), ($"/tenants/{list.Tenant}/runs/{list.Run}", words["Run"])], Html.Of(
        $"""
        <p>{words[$"{words.Number(list.Rows.Count)} rows"]} <a href="/tenants/{list.Tenant}/runs/{list.Run}/lists/{list.List}/csv?{query}">{words["Download all as a file for a spreadsheet"]}</a></p>
        {Html.If(list.Rows.Count > RowsShown, () => Layout.Note("warn", Html.Of($"<p>{words[$"The first {RowsShown} are shown; the file has all."]}</p>")))}
        <div class="wide" tabindex="0" role="region" aria-label="{Title(words, list)}"><table>
        <thead><tr><th scope="col">{words["School"]}</th><th scope="col">{words["Id"]}</th><th scope="col">{words["What it means"]}</th>
        <th scope="col">{words["What to correct, and where"]}</th></tr></thead>
        <tbody>{Html.Each(list.Rows.Take(RowsShown), row => Row(words, list, row, meaningOf))}</tbody></table></div>
        """));

    private static string Title(Wording words, RunList list) => list.List switch
    {
        RunList.LeftOut => words["Left out, by rule"],
        RunList.Findings => words["To be corrected in the register"],
        _ => words["What changes"],
    };

    private static Html Row(Wording words, RunList list, ListedRow row, Func<string, string> meaningOf) => Html.Of(
        $"""
        <tr><th scope="row">{row.SchoolName ?? row.School ?? words["no school"]}</th>
        <td>{row.Kind} <code>{row.Id}</code>{Html.If(row.RefersTo is not null, () => Html.Of($" → <code>{row.RefersTo}</code>"))}{Html.If(
            row.Id is not null && People.Contains(row.Kind), () => Ask(words, list.Tenant, row.Id!))}</td>
        <td>{meaningOf(row.Code)} <code>{row.Code}</code></td><td>{words.AdviceOn(row.Code)}</td></tr>
        """);

    private static Html Ask(Wording words, string tenant, string person) => Html.Of(
        $"""
        <form method="post" action="/tenants/{tenant}/person"><button name="person" value="{person}" aria-label="{words.Text($"Ask about {person}")}">{words["Ask"]}</button></form>
        """);
}
