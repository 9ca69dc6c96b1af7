using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Oracle;

/// <summary>A town with one of everything, in which everybody passes every rule.</summary>
internal static class SmallTown
{
    public static JsonSchoolData Make()
    {
        var town = new SchoolBuilder(Night.Today);
        AddUnits(town);
        AddPupils(town);
        AddStaff(town);
        AddGroups(town);
        return town.Data;
    }

    private static void AddUnits(SchoolBuilder town)
    {
        town.Unit("town", type: "Huvudman");
        town.Unit("school", "town", type: "Skola");
        town.Unit("north", "school")["schoolUnitCode"] = "99990001";
        town.Unit("south", "school").Remove("municipalityCode");
        town.Unit("preschool", "town", schoolType: "FS");
    }

    private static void AddPupils(SchoolBuilder town)
    {
        foreach (var (pupil, unit, year) in new[] { ("alva", "north", 7), ("bo", "north", 8), ("cleo", "south", 7), ("dag", "south", 0) })
        {
            town.Student(pupil, unit, year);
        }

        town.Student("ebba", null);
        town.Placement("ebba's", "ebba", "preschool", "ants");
        town.Placement("dag's", "dag", "north", schoolType: "FTH");
        town.Guardian("frej", "alva", "ebba");
        town.Guardian("gun", "cleo");
        town.Responsible("dag", "gun", "God man");
    }

    private static void AddStaff(SchoolBuilder town)
    {
        foreach (var (person, unit) in new[] { ("hugo", "north"), ("ines", "south"), ("jon", "school"), ("kaj", "preschool") })
        {
            town.Employee(person);
            town.Duty($"{person}'s", person, unit);
        }

        town.Duty("ines's second", "ines", "north");
        town.Duty("mentoring", "hugo", "north")["assignmentRole"] = new JsonArray(
            new JsonObject { ["group"] = SchoolBuilder.Reference("7a"), ["assignmentRoleType"] = "Mentor" },
            new JsonObject { ["group"] = SchoolBuilder.Reference("mentees"), ["assignmentRoleType"] = "Mentor" });
        town.Responsible("bo", "ines");
    }

    private static void AddGroups(SchoolBuilder town)
    {
        town.Syllabus("maths");
        town.Syllabus("music", "GRGRMUS01", "Musik")["courseName"] = "Musik och rörelse";
        town.Group("7a", "north", "Klass", "alva", "bo");
        town.Group("mentees", "north", "Mentor", "alva");
        town.Group("maths 7", "north", "Undervisning", "alva", "bo", "cleo");
        town.Group("music 7", "south", "Undervisning", "cleo", "dag");
        town.Group("ants", "preschool", "Avdelning");
        town.Group("team", "north", "Personalgrupp", "hugo", "ines");
        town.Activity("maths lesson", "north", "maths 7", "maths", "hugo's", "ines's");
        town.Activity("music lesson", "south", "music 7", "music", "ines's");
        town.Activity("more music", "south", "music 7", "maths", "hugo's");
        town.Activity("class hour", "north", "7a", null, "ines's second");
        town.Activity("gathering", "preschool", "ants", null, "kaj's");
    }
}
