using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Harness;

/// <summary>A town that every register can tell of: pupils, classes, teachers and guardians; no placements, no syllabuses.</summary>
internal static class PlainTown
{
    public static SchoolBuilder Make()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("town", type: "Huvudman");
        foreach (var unit in new[] { "north", "south" })
        {
            school.Unit(unit, "town");
            for (var year = 7; year <= 9; year++)
            {
                AddClass(school, unit, year);
            }
        }

        return school;
    }

    private static void AddClass(SchoolBuilder school, string unit, int year)
    {
        var pupils = Enumerable.Range(1, 5).Select(number => $"{unit}-{year}-{number}").ToArray();
        foreach (var pupil in pupils)
        {
            school.Student(pupil, unit, year);
        }

        school.Guardian($"{unit}-{year}-guardian", pupils[0], pupils[1]);
        school.Employee($"{unit}-{year}-teacher");
        school.Duty($"{unit}-{year}-duty", $"{unit}-{year}-teacher", unit);
        school.Group($"{unit}-{year}", unit, "Klass", pupils);
        school.Activity($"{unit}-{year}-hours", unit, $"{unit}-{year}", null, $"{unit}-{year}-duty");
    }
}
