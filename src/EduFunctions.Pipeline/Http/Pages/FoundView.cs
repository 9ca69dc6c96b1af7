using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Searching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Several who may be meant, to choose from.</summary>
internal static class FoundView
{
    public static Html Of(Wording words, TenantStatus tenant, FoundPeople found, AskedAgain question) => Layout.Page(
        words, words["Who is meant?"], [("/", words["Tenants"]), ($"/tenants/{tenant.Tenant}", tenant.Name)], Html.Of(
        $"""
        {Html.If(found.IsPast && !question.WithGone, () => Layout.Note("warn", Html.Of(
            $"<p>{words[$"The register hands nobody out by this any more: these were last seen in the night of {found.Date}."]}</p>{PersonView.Unread(words, found)}")))}
        {Layout.Card(words["Who is meant?"], Html.Of($"<ul class=\"rows\">{Html.Each(Lines(words, found.People), line => Choice(words, tenant, line))}</ul>"))}
        {Html.If(found.HasMore, () => Layout.Note("warn", Html.Of($"<p>{words["There are more: say more of the name, or ask by the civic number."]}</p>")))}
        {question.Offer(words, tenant.Tenant, found)}
        {TenantView.AskForm(words, words["Ask again"], tenant.Tenant, "")}
        """));

    /// <summary>Who is meant is chosen by what a line says: where several say the same, as much of the id as tells them apart stands beside it.</summary>
    private static IEnumerable<(FoundPerson Person, string Places, string? Id)> Lines(Wording words, IReadOnlyList<FoundPerson> people)
    {
        var lines = people.Select(person => (Person: person, Places: Places(words, person))).ToList();
        var same = lines.ToLookup(line => (line.Person.Name, line.Places), line => line.Person.Id);
        return lines.Select(line => (line.Person, line.Places, same[(line.Person.Name, line.Places)].ToList() is { Count: > 1 } ids ? ShortId.Of(line.Person.Id, ids) : null));
    }

    private static string Places(Wording words, FoundPerson person) =>
        person.LastSeen is { } day ? $"{PersonView.Places(words, person)}, {words.Text($"last seen {day}")}" : PersonView.Places(words, person);

    private static Html Choice(Wording words, TenantStatus tenant, (FoundPerson Person, string Places, string? Id) line) => Html.Of(
        $"""
        <li><span>{line.Person.Name} <span class="soft">{line.Places}{Html.If(line.Id is not null, () => Html.Of($", {words["id"]} <code>{line.Id}</code>"))}</span></span>
        <form method="post" action="/tenants/{tenant.Tenant}/person"><button name="person" value="{line.Person.Id}"
        aria-label="{words.Text($"Choose {string.Join(' ', new[] { line.Person.Name, line.Id }.OfType<string>())}")}">{words["Choose"]}</button></form></li>
        """);
}
