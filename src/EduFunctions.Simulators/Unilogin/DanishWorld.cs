using System.Globalization;
using EduFunctions.Simulators.Schools.Generated;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>
/// An invented Danish municipality: the same seed gives the same one. Every situation that the rules know occurs: protected pupils and parents, pupils
/// abroad, groups that are over, groups nobody declares, externs, parents without custody, people in two institutions, an import of last year.
/// </summary>
public sealed class DanishWorld(int seed, int persons, IReadOnlyList<string> numbers, int schoolYear)
{
    private const int ClassSize = 24;
    private const int PupilsPerTeacher = 10;

    private static readonly string[] Roles = ["Lærer", "Lærer", "Pædagog", "Vikar", "Leder", "TAP"];

    public IReadOnlyList<DanishInstitution> Institutions { get; } = [.. numbers.Select((number, at) => Institution(seed, persons / numbers.Count, number, at, schoolYear))];

    private static DanishInstitution Institution(int seed, int persons, string number, int at, int schoolYear)
    {
        var school = new DanishInstitution(number, $"{Dice.Pick(NameParts.PlaceBeginnings, (ulong)(seed + at))}skolen");
        school.Imports.Add(new DanishImport("DEMO-SIS", Year(schoolYear)));
        school.Imports.Add(new DanishImport("manuel", Year(schoolYear - 1)));
        var pupils = persons * 3 / 8;
        AddGroups(school, pupils, schoolYear);
        for (var pupil = 0; pupil < pupils; pupil++)
        {
            school.Members.Add(Pupil(seed, number, at, pupil, pupils));
        }

        for (var teacher = 0; teacher < 1 + (pupils / PupilsPerTeacher); teacher++)
        {
            school.Members.Add(Employee(seed, number, at, teacher, pupils));
        }

        school.Members.Add(new DanishMember(Person(seed, number, 9_000_000)) { Source = "manuel", Extern = new DanishExtern("Praktikant") { Groups = ["K-0"] } });

        // Somebody of the first pupils, again, as last year's import has it: the later year counts.
        school.Members.Add(Pupil(seed, number, at, 0, pupils) with { Source = "manuel", Student = new DanishStudent("3", "K-1") });
        return school;
    }

    private static void AddGroups(DanishInstitution school, int pupils, int schoolYear)
    {
        for (var number = 0; number <= pupils / ClassSize; number++)
        {
            school.Groups.Add(new DanishGroup($"K-{number}", "Hovedgruppe")
            {
                Name = $"{number % 10}.{(char)('A' + (number / 10 % 26))}",
                Level = $"{number % 10}",
                Line = "A",
                From = $"{schoolYear}-08-01",
                To = $"{schoolYear + 1}-07-31",
            });
            school.Groups.Add(new DanishGroup($"HOLD-{number}", "Hold") { Name = number % 7 == 6 ? null : $"Matematik {number}" });
        }

        school.Groups.Add(new DanishGroup("OVER", "Hold") { Name = "Sidste år", To = $"{schoolYear}-06-30" });
        school.Groups.Add(new DanishGroup("SFO", "SFO") { Name = "Fritid" });
        school.Groups.Add(new DanishGroup("team 1.a", "Team") { Name = "Team 1" });
    }

    private static DanishMember Pupil(int seed, string number, int at, int pupil, int pupils)
    {
        var thrown = Dice.Throw(seed, at, pupil);
        var group = pupil % (1 + (pupils / ClassSize));
        return new DanishMember(Person(seed, number, pupil) with
        {
            Protected = pupil % 37 == 5 ? "true" : pupil % 211 == 17 ? null : "false",
            Country = pupil % 53 == 7 ? "SE" : pupil % 29 == 3 ? null : "DK",
        })
        {
            LocalId = $"E-{number}-{pupil}",
            Source = pupil % 97 == 11 ? "manuel" : "DEMO-SIS",
            Student = new DanishStudent(pupil % 61 == 13 ? "DT" : $"{group % 10}", $"K-{group}")
            {
                Number = $"{pupil}",
                Groups = [$"HOLD-{group}", .. pupil % 19 == 2 ? ["OVER", "SFO", "team 1.a"] : Array.Empty<string>(), .. pupil % 83 == 4 ? ["INGEN"] : Array.Empty<string>()],
                Contacts =
                [
                    new DanishContact(Parent(seed, number, pupil / 2, thrown), "Mor"),
                    new DanishContact(Parent(seed, number, (pupil / 2) + 1_000_000, thrown), "Far", pupil % 11 == 1 ? "false" : "true", "0"),
                    .. pupil % 41 == 6 ? [new DanishContact(Person(seed, number, 9_500_000 + pupil) with { UserId = null }, "Andet", "false", "0")] : Array.Empty<DanishContact>(),
                ],
            },
        };
    }

    /// <summary>Some work at the school of their children, and some are pupils' parents at another school.</summary>
    private static DanishPerson Parent(int seed, string number, int parent, ulong thrown) =>
        (parent % 67 == 9 ? Person(seed, number, 5_000_000 + (parent % 5)) : Person(seed, parent % 31 == 8 ? "SHARED" : number, 6_000_000 + parent)) with
        {
            Protected = parent % 43 == 21 ? "true" : "false",
            Email = thrown % 3 == 0 ? null : $"hjem{parent}@{number.ToLowerInvariant()}.example",
        };

    private static DanishMember Employee(int seed, string number, int at, int teacher, int pupils)
    {
        var thrown = Dice.Throw(seed, 100 + at, teacher);
        var group = teacher % (1 + (pupils / ClassSize));

        // Every ninth works at all schools.
        return new DanishMember(Person(seed, teacher % 9 == 8 ? "SHARED" : number, 5_000_000 + teacher) with { Protected = teacher % 23 == 12 ? "true" : "false" })
        {
            LocalId = $"A-{number}-{teacher}",
            Employee = new DanishEmployee(teacher % 5 == 3 ? ["Lærer", "Leder"] : [Dice.Pick(Roles, thrown)])
            {
                ShortName = $"L{teacher}",
                Occupation = "Underviser",
                Groups = [$"K-{group}", $"HOLD-{group}"],
            },
        };
    }

    private static DanishPerson Person(int seed, string number, int ordinal)
    {
        var salt = number.Sum(c => c);
        var first = Dice.Pick(NameParts.GivenBeginnings, Dice.Throw(seed, salt, ordinal)) + Dice.Pick(NameParts.GivenEndings, Dice.Throw(seed, salt + 1, ordinal));
        var family = Dice.Pick(NameParts.FamilyBeginnings, Dice.Throw(seed, salt + 2, ordinal)) + Dice.Pick(NameParts.FamilyEndings, Dice.Throw(seed, salt + 3, ordinal));
        var userId = $"{(char)('a' + (ordinal % 26))}{Dice.Throw(seed, salt + 4, ordinal) % 1_000_000_000:000000000}";
        var born = new DateOnly(2010, 1, 1).AddDays(ordinal % 360);
        return new DanishPerson(userId, first, family)
        {
            AliasFirstName = "Alias",
            AliasFamilyName = $"Skjult{ordinal % 10}",

            // A replacement number: sixty is added to the day.
            CivicNumber = string.Create(CultureInfo.InvariantCulture, $"{born.Day + 60:00}{born:MMyy}{ordinal % 10_000:0000}"),
            Email = $"{userId}@skole.example",
            BirthDate = born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Gender = ordinal % 2 == 0 ? "K" : "M",
            Street = $"{Dice.Pick(NameParts.Streets, (ulong)ordinal)} {1 + (ordinal % 90)}",
            MobilePhone = string.Create(CultureInfo.InvariantCulture, $"{20_000_000 + (ordinal % 1_000_000)}"),
        };
    }

    private static string Year(int start) => string.Create(CultureInfo.InvariantCulture, $"{start}-{start + 1}");
}
