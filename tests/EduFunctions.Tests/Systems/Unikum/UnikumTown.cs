using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.Unikum;

/// <summary>Two schools with a class each, their teachers, and a guardian.</summary>
internal static class UnikumTown
{
    public static SchoolBuilder Make()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Unit("south");
        foreach (var (child, unit) in new[] { ("alva", "north"), ("bo", "north"), ("cleo", "south"), ("dag", "south") })
        {
            school.Student(child, unit, unit == "north" ? 6 : 3);
        }

        school.Guardian("gun", "alva", "cleo");
        Teacher(school, "hugo", "north");
        Teacher(school, "ines", "south");
        return school;
    }

    /// <summary>The classes of the first school year.</summary>
    public static SchoolBuilder WithClasses(this SchoolBuilder school)
    {
        school.Group("6a", "north", "Klass", "alva", "bo");
        school.Group("3b", "south", "Klass", "cleo", "dag");
        school.Activity("6a's lessons", "north", "6a", null, "hugo's");
        school.Activity("3b's lessons", "south", "3b", null, "ines's");
        return school;
    }

    public static JsonObject Row(this SchoolBuilder school, string collection, string label) =>
        school.Data[collection].Single(row => (string?)row["id"] == Ids.Of(label));

    public static void Remove(this SchoolBuilder school, string collection, string label) =>
        school.Data[collection].Remove(school.Row(collection, label));

    private static void Teacher(SchoolBuilder school, string label, string unit)
    {
        school.Employee(label);
        school.Duty($"{label}'s", label, unit);
    }
}
