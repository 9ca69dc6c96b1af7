using System.Globalization;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.UniloginImport;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>Two schools that change from night to night, and what the service should have of them, told without any of the code under test.</summary>
internal sealed class RandomImportTown(Random random)
{
    private static readonly Dictionary<string, (string Unit, string Institution)> Classes = new()
    {
        ["7a"] = ("north", DanishSchool.North),
        ["7b"] = ("north", DanishSchool.North),
        ["8c"] = ("south", DanishSchool.South),
        ["8d"] = ("south", DanishSchool.South),
    };

    private readonly Dictionary<string, Pupil> _pupils = [];
    private readonly Dictionary<string, string> _teachers = new() { ["hugo"] = "7a", ["ines"] = "8c" };
    private int _next;

    public static TheoryData<int> Seeds => [11, 12];

    /// <summary>A day's changes.</summary>
    public void Change()
    {
        for (var change = random.Next(1, 7); change > 0; change--)
        {
            ChangeOne();
        }

        while (_pupils.Count < 4)
        {
            Enter();
        }
    }

    public DanishSchool Build()
    {
        var school = new DanishSchool();
        school.Unit("north", DanishSchool.North);
        school.Unit("south", DanishSchool.South);
        foreach (var (label, pupil) in _pupils)
        {
            var person = school.Pupil(label, Classes[pupil.Class].Unit);
            person["givenName"] = pupil.Name;
            person["securityMarking"] = pupil.IsProtected ? "Sekretessmarkering" : "Ingen";
        }

        foreach (var label in _pupils.Where(pupil => pupil.Value.HasGuardian).Select(pupil => pupil.Key))
        {
            school.Guardian($"{label}'s mother", label);
        }

        foreach (var (label, (unit, _)) in Classes)
        {
            school.Builder.Group(label, unit, "Klass", [.. _pupils.Where(pupil => pupil.Value.Class == label).Select(pupil => pupil.Key)]);
        }

        foreach (var (label, taught) in _teachers)
        {
            school.Employee(label, Classes[taught].Unit);
            school.Builder.Activity($"{label}'s hour", Classes[taught].Unit, taught, null, $"{label}'s");
        }

        return school;
    }

    public IEnumerable<ImportedPerson> Expected(string institution) => _pupils
        .Where(pupil => !pupil.Value.IsProtected && Classes[pupil.Value.Class].Institution == institution)
        .Select(pupil => Expected(pupil.Key, pupil.Value))
        .Concat(_teachers.Where(teacher => Classes[teacher.Value].Institution == institution).Select(teacher => Expected(teacher.Key, teacher.Value)))
        .OrderBy(person => person.LocalId, StringComparer.Ordinal);

    private static ImportedPerson Expected(string label, Pupil pupil) => new(Ids.Of(label), pupil.Name, "Provhed", DanishSchool.CivicNumber(label))
    {
        Email = $"{label}@elev.example",
        Kind = "Student",
        Roles = "Elev",
        Level = "7",
        MainGroup = Ids.Of(pupil.Class),
        Contacts = pupil.HasGuardian ? $"{char.ToUpperInvariant(label[0])}{label[1..]}'s mother Provhed, Andet, true, 1" : "",
    };

    private static ImportedPerson Expected(string teacher, string taught) =>
        new(Ids.Of(teacher), char.ToUpperInvariant(teacher[0]) + teacher[1..], "Provhed", DanishSchool.CivicNumber(teacher))
        {
            Email = $"{teacher}@skola.example",
            Kind = "Employee",
            Roles = "Lærer",
            Groups = Ids.Of(taught),
        };

    private void ChangeOne()
    {
        var label = _pupils.Count == 0 ? "" : _pupils.Keys.ElementAt(random.Next(_pupils.Count));
        switch (random.Next(8))
        {
            case 0 or 1:
                Enter();
                break;
            case 2:
                _pupils.Remove(label);
                break;
            case 3:
                _teachers[random.Next(2) == 0 ? "hugo" : "ines"] = AnyClass();
                break;
            default:
                if (_pupils.TryGetValue(label, out var pupil))
                {
                    _pupils[label] = Changed(pupil);
                }

                break;
        }
    }

    private Pupil Changed(Pupil pupil) => random.Next(4) switch
    {
        0 => pupil with { Class = AnyClass() },
        1 => pupil with { IsProtected = !pupil.IsProtected },
        2 => pupil with { HasGuardian = !pupil.HasGuardian },
        _ => pupil with { Name = Name() },
    };

    private void Enter() => _pupils.Add($"pupil{_next++}", new Pupil(Name(), AnyClass(), random.Next(6) == 0, random.Next(2) == 0));

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"Navn{random.Next(1000)}");

    private string AnyClass() => Classes.Keys.ElementAt(random.Next(Classes.Count));

    private sealed record Pupil(string Name, string Class, bool IsProtected, bool HasGuardian);
}
