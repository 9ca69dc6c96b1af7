using EduFunctions.Simulators.Unilogin;

namespace EduFunctions.Tests.Oracle.Danish;

/// <summary>
/// A few institutions with hardly any ids between them, so that the same people, groups and markings meet in every way, sensible or not.
/// </summary>
internal sealed class RandomDanishTown(int seed)
{
    private static readonly string[] Groups = ["7A", "7B", "HOLD-1", "en-meget-lang-gruppe", "en-meget-lang-gruppe-2"];
    private static readonly string[] Types = ["Hovedgruppe", "Hold", "Team", "SFO", "Årgang", "Nyt"];
    private static readonly string?[] Days = [null, null, "2026-08-01", "2026-08-17", "2026-09-30", "2025-06-30", "igår"];
    private static readonly string[] Sources = ["A", "B", "manuel", "ukendt"];

    private readonly Random _random = new(seed);

    public IReadOnlyList<DanishInstitution> Make() => [.. new[] { "999001", "A99002", "999003" }.Take(1 + _random.Next(3)).Select(Institution)];

    private DanishInstitution Institution(string number)
    {
        var school = new DanishInstitution(number, _random.Next(4) == 0 ? null : $"Skolen {number}");
        foreach (var source in Sources[..3])
        {
            school.Imports.Add(new DanishImport(source, Pick("2026-2027", "2026-2027", "2025-2026")));
        }

        for (var group = _random.Next(6); group > 0; group--)
        {
            school.Groups.Add(new DanishGroup(Pick(Groups), Pick(Types)) { Name = Pick<string?>(null, "Navn"), From = Pick(Days), To = Pick(Days) });
        }

        for (var member = 1 + _random.Next(10); member > 0; member--)
        {
            school.Members.Add(Member());
        }

        return school;
    }

    private DanishMember Member()
    {
        var kind = _random.Next(8);
        return new DanishMember(Person(without: 15))
        {
            Source = Pick(Sources),
            Student = kind < 4 ? Student() : null,
            Employee = kind is 4 or 5 ? new DanishEmployee(Pick<string[]>(["Lærer"], ["Leder", "Lærer"], ["TAP"])) { Groups = Some() } : null,
            Extern = kind == 6 ? new DanishExtern(Pick("Praktikant", "Ekstern")) { Groups = Some() } : null,
        };
    }

    private DanishStudent Student() => new(Pick("0", "5", "7", "10", "U1", "DT"), Pick(Groups))
    {
        Groups = Some(),
        Contacts =
        [
            .. Enumerable.Range(0, _random.Next(3)).Select(_ => new DanishContact(
                Person(without: 6), Pick("Mor", "Far", "Andet", "Officielt tilknyttet person"), Pick("true", "1", "false", "0"))),
        ],
    };

    private DanishPerson Person(int without) =>
        new(_random.Next(without) == 0 ? null : $"bruger-{(_random.Next(3) == 0 ? "med-langt-id-" : "")}{_random.Next(7)}", "Fornavn", "Efternavn")
        {
            Protected = Pick("false", "false", "false", "0", "false", "false", "true", "1", null, "måske"),
            Country = Pick(null, "DK", "DK", "dk", "DK", "SE"),
        };

    private string[] Some() => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Groups))];

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}
