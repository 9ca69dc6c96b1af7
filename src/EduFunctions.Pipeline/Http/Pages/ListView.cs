using EduFunctions.Pipeline.Listing;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Who looks at a list.</summary>
/// <param name="MayReadNames">Whether the reader may have names shown.</param>
/// <param name="MayFindProtected">Whether the reader is shown protected persons.</param>
internal sealed record ListReader(bool MayReadNames, bool MayFindProtected);

/// <summary>What stands behind a number, page by page: ids with their school, and what to correct where; of a plan what each row was and becomes.</summary>
internal static class ListView
{
    private static readonly HashSet<string> People = ["student", "staff", "guardian", "person", "students", "guardians"];

    /// <param name="all">Of which the query chooses.</param>
    /// <param name="meaningOf">Of a code.</param>
    /// <param name="counted">The number that leads here; null where none does.</param>
    public static Html Of(Wording words, TenantStatus tenant, RunList all, ListQuery query, Func<string, string> meaningOf, ListReader reader, int? counted = null)
    {
        var (list, address) = (query.Choose(all), $"/tenants/{all.Tenant}/runs/{all.Run}/lists/{all.List}");
        return Layout.Page(
            words, Title(words, list), [("/", words["Tenants"]), ($"/tenants/{list.Tenant}", tenant.Name), ($"/tenants/{list.Tenant}/runs/{list.Run}", words["Run"])], Html.Of(
            $"""
            <p><strong>{string.Join(", ", About(words, all, query))}</strong>
            <span class="soft">{words[$"of the run begun {words.Beginning(list.Run, tenant.Zone)}"]}, <code>{list.Run}</code></span></p>
            <p>{words[$"{words.Number(list.Rows.Count)} rows"]} <a href="{address}/csv?{query with { Page = 1 }}">{words["Download all as a file for a spreadsheet"]}</a></p>
            {Html.If(list.Rows.Count > 0 && counted > Ids(list), () => Html.Of($"<p class=\"soft\">{Missing(words, list, counted!.Value)}</p>"))}
            {ListChoice.Of(words, all, query, address, meaningOf)}
            {Html.If(IsPlan(list) && reader.MayReadNames, () => ListChoice.Names(words, query, address))}
            {(list.Rows.Count == 0 ? Html.Of($"<p class=\"card\">{Nothing(words, all, query, reader)}</p>") : Table(words, list, query, meaningOf))}
            {ListChoice.Pages(words, list, query, address)}
            """));
    }

    /// <summary>What the number counts one by one: somebody at two schools has two rows of a rule.</summary>
    private static int Ids(RunList list) => list.List == RunList.LeftOut
        ? list.Rows.Select(row => row.Id).Distinct().Count()
        : list.Rows.Select(row => (row.Kind, row.Id, row.RefersTo, row.Property)).Distinct().Count();

    /// <summary>The number is shown to everybody, so that nobody learns more by being told what it has beside the rows.</summary>
    private static Html Missing(Wording words, RunList list, int counted) => list.List switch
    {
        RunList.LeftOut => words[
            $"The number on the run's page is {words.Number(counted)}, and {words.Number(Ids(list))} of them are listed here: "
            + $"the role protection alone is shown who has a protected identity, and who would tell of them."],
        _ => words[
            $"The number on the run's page is {words.Number(counted)}, and {words.Number(Ids(list))} of them are listed here: "
            + $"of who has a protected identity no row is kept, and of the same at one school a thousand at most."],
    };

    /// <summary>Why there is no row.</summary>
    private static string Nothing(Wording words, RunList all, ListQuery query, ListReader reader) =>
        !reader.MayFindProtected && !IsPlan(all) && all.Of(query.Code, school: null).Rows.Count == 0
            ? words["Nobody is shown here: the number counts persons with a protected identity too, and they are listed for the role protection alone."]
        : all.Rows.Count > 0 ? words["No row is of this school, kind and meaning: choose others above, or all."]
        : all.List switch
        {
            RunList.LeftOut => words["Nobody is on this list: no rule left anybody out."],
            RunList.Findings => words["Nothing is on this list: nothing was to be corrected."],
            _ => words["Nobody comes, goes or changes in this feed."],
        };

    private static Html Table(Wording words, RunList list, ListQuery query, Func<string, string> meaningOf) => Html.Of(
        $"""
            <div class="wide" tabindex="0" role="region" aria-label="{Title(words, list)}"><table>
            <thead><tr><th scope="col">{words["School"]}</th><th scope="col">{words["Id"]}</th><th scope="col">{words["What it means"]}</th>
            <th scope="col">{(IsPlan(list) ? words["Before and after"] : words["What to correct, and where"])}</th></tr></thead>
            <tbody>{Html.Each(query.OnPage(list), row => Row(words, list, row, meaningOf))}</tbody></table></div>
        """);

    /// <summary>Whose list it is, by names.</summary>
    private static IEnumerable<string> About(Wording words, RunList all, ListQuery query)
    {
        var school = query.School is null ? null : all.Rows.FirstOrDefault(row => row.School == query.School)?.SchoolName ?? query.School;
        return new[] { query.Feed is null ? null : words.Text($"Feed {query.Feed}"), school }.OfType<string>().DefaultIfEmpty(words["All schools"]);
    }

    private static bool IsPlan(RunList list) => list.List == RunList.Plan;

    private static string Title(Wording words, RunList list) => list.List switch
    {
        RunList.LeftOut => words["Left out, by rule"],
        RunList.Findings => words["To be corrected in the register"],
        _ => words["What changes"],
    };

    private static Html Row(Wording words, RunList list, ListedRow row, Func<string, string> meaningOf) => Html.Of(
        $"""
        <tr><th scope="row">{row.SchoolName ?? row.School ?? words["no school"]}</th>
        <td>{words.OfKind(row.Kind)} <code>{row.Id}</code>{Html.If(row.RefersTo is not null, () => Html.Of($" → <code>{row.RefersTo}</code>"))}{Html.If(
            row.Id is not null && People.Contains(row.Kind), () => Ask(words, list.Tenant, row.Id!))}</td>
        <td>{meaningOf(row.Code)} <code>{row.Code}</code>{Html.If(row.Property is not null, () => Field(words, row))}</td>
        <td>{(IsPlan(list) ? Columns(words, row.Columns ?? []) : Html.Of($"{words.AdviceOn(row.Code)}"))}</td></tr>
        """);

    /// <summary>Where it stands, as the source's form calls it: of the row itself, or of a list in it.</summary>
    private static Html Field(Wording words, ListedRow row) => Html.Of(
        $"<br><span class=\"soft\">{words[$"Field in the register: {Html.Of($"<code>{row.Property}</code>")} of {words.OfKind(row.Kind)}"]}</span>");

    private static Html Columns(Wording words, IReadOnlyList<ChangedColumn> columns) => columns.Count == 0 ? Html.Of($"–") : Html.Of(
        $"<ul class=\"rows\">{Html.Each(columns, column => Html.Of($"<li>{words.OfColumn(column.Column)}: {Change(words, column)}</li>"))}</ul>");

    private static Html Change(Wording words, ChangedColumn column) => column.IsWithheld
        ? Html.Of($"<span class=\"soft\">{words["is another now"]}</span>")
        : Html.Of($"<span><del>{words.OfValue(column.Column, column.Before)}</del> → <ins>{words.OfValue(column.Column, column.Now)}</ins></span>");

    private static Html Ask(Wording words, string tenant, string person) => Html.Of(
        $"""
        <form method="post" action="/tenants/{tenant}/person"><button name="person" value="{person}" aria-label="{words.Text($"Ask about {person}")}">{words["Ask"]}</button></form>
        """);
}
