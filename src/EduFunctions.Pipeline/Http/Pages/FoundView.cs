using EduFunctions.Pipeline.Searching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Several who may be meant, to choose from.</summary>
internal static class FoundView
{
    public static Html Of(Wording words, TenantStatus tenant, FoundPeople found) => Layout.Page(
        words, words["Who is meant?"], [("/", words["Tenants"]), ($"/tenants/{tenant.Tenant}", tenant.Name)], Html.Of(
        $"""
        {Html.If(found.IsPast, () => Layout.Note("warn", Html.Of(
            $"<p>{words[$"The register hands nobody out by this any more: these were last seen in the night of {found.Date}."]}</p>{PersonView.Unread(words, found)}")))}
        {Layout.Card(words["Who is meant?"], Html.Of($"<ul class=\"rows\">{Html.Each(found.People, person => Choice(words, tenant, person))}</ul>"))}
        {Html.If(found.HasMore, () => Layout.Note("warn", Html.Of($"<p>{words["There are more: say more of the name, or ask by the civic number."]}</p>")))}
        {TenantView.AskForm(words, words["Ask again"], tenant.Tenant, "")}
        """));

    private static Html Choice(Wording words, TenantStatus tenant, FoundPerson person) => Html.Of(
        $"""
        <li><span>{person.Name} <span class="soft">{PersonView.Places(words, person)}</span></span>
        <form method="post" action="/tenants/{tenant.Tenant}/person"><button name="person" value="{person.Id}" aria-label="{words.Text($"Choose {person.Name}")}">{words["Choose"]}</button></form></li>
        """);
}
