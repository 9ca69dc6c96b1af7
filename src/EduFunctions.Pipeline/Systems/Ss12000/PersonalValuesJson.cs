using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What a person's JSON says that would give the person away. Read for protected persons only, who are few.</summary>
internal static class PersonalValuesJson
{
    private const int LongNumber = 7;

    // Preferred ones are not of the standard; registers hand them out as OneRoster calls them.
    private static readonly string[] GivenNames = ["givenName", "preferredGivenName", "preferredName", "preferredMiddleName"];
    private static readonly string[] FamilyNames = ["familyName", "preferredFamilyName"];

    public static IReadOnlyList<PersonalValue> Read(EntityId id, ReadOnlyMemory<byte> person)
    {
        using var document = Parse(person);
        return [.. Values(id, document.RootElement)];
    }

    /// <summary>The same of those persons on a page who are asked for, and who answers for them.</summary>
    /// <param name="body">An answer body: a list, or an object that has it under <c>data</c>.</param>
    public static (IReadOnlyList<PersonalValue> Values, IReadOnlyList<Companion> Companions) ReadPage(ReadOnlyMemory<byte> body, Predicate<EntityId> isWanted)
    {
        var page = JsonText.WithoutMark(body);
        var (values, companions) = (new List<PersonalValue>(), new List<Companion>());
        foreach (var (id, row) in PageRow.IdsOf(page.Span))
        {
            if (!id.IsNone && isWanted(id))
            {
                using var document = Parse(page[row]);
                var person = document.RootElement;
                values.AddRange(Values(id, person));
                companions.AddRange(Items(Property(person, "responsibles")).Select(of => new Companion(id, IdOf(Property(of, "person")))).Where(of => !of.Id.IsNone));
            }
        }

        return (values, companions);
    }

    private static EntityId IdOf(JsonElement json) => IdText.TryParse(Encoding.UTF8.GetBytes(Text(json, "id") ?? ""), out var id) ? id : default;

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        var document = json;
        if (json.Span.IndexOf(@"\u"u8) >= 0)
        {
            var repaired = json.ToArray();
            JsonText.Repair(repaired);
            document = repaired;
        }

        return JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = PageBody.MaxDepth });
    }

    private static IEnumerable<PersonalValue> Values(EntityId id, JsonElement person)
    {
        var values = new List<(PersonalKind Kind, string? Value)>
        {
            (PersonalKind.CivicNumber, Text(Property(person, "civicNo"), "value")), (PersonalKind.BirthDate, Text(person, "birthDate")),
        };
        values.AddRange(Items(Property(person, "eduPersonPrincipalNames")).Select(name => (PersonalKind.UserName, Text(name))));
        values.AddRange(Items(Property(person, "emails")).Select(email => (KindOf(email), Text(email, "value"))));
        values.AddRange(Items(Property(person, "phoneNumbers")).Select(phone => (PersonalKind.Phone, Text(phone, "value"))));
        values.AddRange(Items(Property(person, "addresses")).Select(address => (PersonalKind.Address, Text(address, "streetAddress"))));
        values.AddRange(Items(Property(person, "externalIdentifiers")).Select(entry => (PersonalKind.Identifier, Text(entry, "value"))).Where(entry => IsTelling(entry.Item2)));
        var known = values.Where(value => value.Value is { Length: > 0 }).Select(value => new PersonalValue(id, value.Kind, value.Value!));
        return [.. known, .. PersonalNames.Of(id, Texts(person, GivenNames), Text(person, "middleName"), Texts(person, FamilyNames))];
    }

    /// <summary>A short number is anything: a year, a room, somebody else's row.</summary>
    private static bool IsTelling(string? identifier) => identifier is not null && (identifier.Length >= LongNumber || identifier.Any(char.IsLetter));

    private static PersonalKind KindOf(JsonElement email) =>
        Text(email, "type")?.StartsWith("Skola", StringComparison.Ordinal) == true ? PersonalKind.Email : PersonalKind.PrivateEmail;

    private static JsonElement Property(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : default;

    private static IEnumerable<string?> Texts(JsonElement json, string[] names) => names.Select(name => Text(json, name));

    private static string? Text(JsonElement json, string name) => Text(Property(json, name));

    private static string? Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetRawText(),
        _ => null,
    };
}
