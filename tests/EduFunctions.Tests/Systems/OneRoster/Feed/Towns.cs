using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.OneRoster.Feed;

/// <summary>Towns that OneRoster files can tell of whole, each larger and less usual than the one before.</summary>
internal static class Towns
{
    public static SchoolBuilder Make(int number)
    {
        var town = PlainTown.Make();
        for (var subject = 1; subject <= number; subject++)
        {
            AddSubject(town, subject);
        }

        town.Employee("wanderer");
        town.Duty("wanderer-north", "wanderer", "north");
        town.Duty("wanderer-south", "wanderer", "south");
        town.Student("both", "north")["enrolments"]!.AsArray().Add((JsonNode)town.Enrolment("south", schoolYear: number));
        town.Guardian("many", "both", "north-7-1", "south-9-5");
        foreach (var (at, person) in town.Data[Collections.Persons].Index().Where(person => person.Index % (number + 2) == 0))
        {
            person["givenName"] = $"Åse \"{at}\", Ø";
            person["middleName"] = "von, der";
        }

        return town;
    }

    private static void AddSubject(SchoolBuilder town, int number)
    {
        var label = $"subject {number}";
        var syllabus = town.Syllabus(label, $"KOD{number}", $"Ämne {number}");
        if (number % 2 == 0)
        {
            (syllabus["courseCode"], syllabus["courseName"]) = ($"KURS{number}", $"Kurs, \"{number}\"");
        }

        foreach (var unit in new[] { "north", "south" })
        {
            town.Group($"{label} {unit}", unit, "Undervisning", $"{unit}-7-1", $"{unit}-8-{number}", $"{unit}-9-{number}");
            town.Activity($"{label} {unit} hours", unit, $"{label} {unit}", label, $"{unit}-7-duty");
        }
    }
}
