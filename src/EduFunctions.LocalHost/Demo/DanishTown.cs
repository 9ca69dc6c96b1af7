using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Two invented Danish schools in an EduCloud register. Units carry institution numbers, people replacement CPR numbers (day and 60).</summary>
internal sealed class DanishTown(DateOnly today)
{
    private static readonly string[] GivenNames = ["Alma", "Bjørk", "Carla", "Dagny", "Emil", "Freja", "Gry", "Holger", "Ida", "Jeppe", "Karla", "Lærke"];
    private static readonly string[] FamilyNames = ["Prøvesen", "Eksempelgaard", "Testrup", "Øvebæk"];

    private readonly SchoolBuilder _school = new(today);
    private int _persons;

    public static ISchoolData Make(DateOnly today)
    {
        var town = new DanishTown(today);
        town.AddSchool("Sønderby Skole", "A00001", "7.A", "8.B");
        town.AddSchool("Vesterå Skole", "A00002", "7.V");
        return town._school.Data;
    }

    private void AddSchool(string name, string number, params string[] classes)
    {
        var unit = _school.Unit(name);
        unit["schoolUnitCode"] = number;
        AddEmployee($"{number} leder", name, "Rektor");
        foreach (var label in classes)
        {
            var pupils = Enumerable.Range(1, 6).Select(pupil => $"{number} {label} {pupil}").ToArray();
            foreach (var pupil in pupils)
            {
                Describe(_school.Student(pupil, name, label[0] - '0'), "elev");
                Describe(_school.Guardian($"{pupil} forælder", pupil), "post");
            }

            _school.Group($"{number} {label}", name, "Klass", pupils)["displayName"] = label;
            AddEmployee($"{number} {label} lærer", name, "Lärare");
            _school.Activity($"{number} {label} timer", name, $"{number} {label}", null, $"{number} {label} lærer's");
        }

        // Somebody whom no document may name.
        var hidden = _school.Student($"{number} beskyttet", name);
        Describe(hidden, "elev");
        hidden["securityMarking"] = "Sekretessmarkering";
    }

    private void AddEmployee(string label, string unit, string role)
    {
        Describe(_school.Employee(label), "skole");
        _school.Duty($"{label}'s", label, unit, role);
    }

    private void Describe(JsonObject person, string domain)
    {
        var number = _persons++;
        (person["givenName"], person["familyName"]) = (GivenNames[number % GivenNames.Length], FamilyNames[number % FamilyNames.Length]);
        person["emails"]![0]!["value"] = string.Create(CultureInfo.InvariantCulture, $"person{number}@{domain}.sonderby.example");
        person["eduPersonPrincipalNames"] = new JsonArray(string.Create(CultureInfo.InvariantCulture, $"person{number}@sonderby.example"));
        person["civicNo"] = new JsonObject
        {
            ["value"] = string.Create(CultureInfo.InvariantCulture, $"{61 + (number % 28):00}{1 + (number % 12):00}12{4000 + number:0000}"),
        };
    }
}
