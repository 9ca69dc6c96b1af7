using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>Small Danish schools in an EduCloud register: units by institution number, people with replacement CPR numbers.</summary>
internal sealed class DanishSchool
{
    public const string North = "A00001";
    public const string South = "A00002";

    public SchoolBuilder Builder { get; } = new(Night.Today);

    public static implicit operator SchoolBuilder(DanishSchool school) => school.Builder;

    /// <summary>Two schools with a class each, in which these pupils are.</summary>
    public static DanishSchool With(params string[] north)
    {
        var school = new DanishSchool();
        school.Unit("north", North);
        school.Unit("south", South);
        school.Class("7a", "north", north);
        school.Class("8b", "south", "sif");
        return school;
    }

    /// <summary>The same label always gets the same number: a day above 60, as for people without a CPR number.</summary>
    public static string CivicNumber(string label)
    {
        var seed = Math.Abs(label.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)) % 1_000_000);
        return string.Create(CultureInfo.InvariantCulture, $"{61 + (seed % 28):00}{1 + (seed % 12):00}{seed % 90 + 10:00}{seed % 9000 + 1000:0000}");
    }

    public JsonObject Unit(string label, string? number)
    {
        var unit = Builder.Unit(label);
        unit["schoolUnitCode"] = number;
        return unit;
    }

    public void Class(string label, string unit, params string[] pupils)
    {
        foreach (var pupil in pupils)
        {
            Pupil(pupil, unit);
        }

        Builder.Group(label, unit, "Klass", pupils);
    }

    public JsonObject Pupil(string label, string unit, int year = 7) => Numbered(Builder.Student(label, unit, year), label);

    public JsonObject Employee(string label, string unit, string role = "Lärare")
    {
        var employee = Numbered(Builder.Employee(label), label);
        Builder.Duty($"{label}'s", label, unit, role);
        return employee;
    }

    public JsonObject Guardian(string label, params string[] pupils) => Numbered(Builder.Guardian(label, pupils), label);

    public JsonObject Person(string label) => Builder.Data[Collections.Persons].First(person => (string?)person["id"] == Ids.Of(label));

    private static JsonObject Numbered(JsonObject person, string label)
    {
        person["civicNo"] = new JsonObject { ["value"] = CivicNumber(label) };
        return person;
    }
}
