namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Invents who a person is.</summary>
internal sealed class Identities(WorldLayout layout)
{
    public Identity Of(Person person)
    {
        var index = layout.IndexOf(person);
        var names = Dice.Throw(layout.Options.Seed, salt: 100, index);
        var given = Dice.Pick(NameParts.GivenBeginnings, names) + Dice.Pick(NameParts.GivenEndings, names >> 8);
        var family = Dice.Pick(NameParts.FamilyBeginnings, names >> 16) + Dice.Pick(NameParts.FamilyEndings, names >> 24);
        var user = $"{Ascii(given)}.{Ascii(family)}{index}";
        var birth = Births.Of(person, layout);
        return new Identity
        {
            GivenName = Given(index, given),
            FamilyName = Family(index, family),
            MiddleName = index % 37 == 11 ? Dice.Pick(NameParts.GivenBeginnings, names >> 32) + "alinde" : null,
            BirthDate = birth.Date,
            CivicNumber = birth.CivicNumber,
            Sex = birth.Sex,
            Street = $"{Dice.Pick(NameParts.Streets, names >> 40)} {(index % 890) + 10}",
            UserName = $"{user}@id.{layout.Options.EmailDomain}",
            SchoolEmail = $"{user}@{(person.Role == Role.Student ? "elev" : "skola")}.{layout.Options.EmailDomain}",
            PrivateEmail = $"{user}@post.example",
            Phone = $"+4670{index % 10_000_000:0000000}",
        };
    }

    private static string Given(int index, string name) => (index % 97) switch
    {
        7 or 8 => $"{name}-{name[..1]}ella",
        19 => $"{name} \"{name[..3]}\"",
        _ => name,
    };

    private static string Family(int index, string name) => (index % 89) switch
    {
        5 => $"O'{name}",
        17 => $"von\u00A0{name}",
        31 => $"{name}, d.y.",
        43 => $"{name}-{name[..2]}berg",
        _ => name,
    };

    private static string Ascii(string name) => string.Concat(name.ToLowerInvariant().Select(letter => letter switch
    {
        'å' or 'ä' => 'a',
        'ö' => 'o',
        'é' => 'e',
        _ => letter,
    }));
}
