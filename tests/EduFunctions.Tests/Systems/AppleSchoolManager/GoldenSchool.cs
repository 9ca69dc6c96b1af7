using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.AppleSchoolManager;

/// <summary>A small municipality with something of everything that shows in a file. Whoever changes it rewrites the golden files.</summary>
internal static class GoldenSchool
{
    public static SchoolBuilder Make()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("town", type: "Huvudman");
        school.Unit("north", "town")["displayName"] = "Norra skolan, 7-9";
        school.Unit("south", "town")["displayName"] = "Södra;skolan";
        school.Unit("closed", "town")["endDate"] = school.Day(-100);
        AddPupils(school);
        AddStaff(school);
        AddClasses(school);
        return school;
    }

    private static void AddPupils(SchoolBuilder school)
    {
        school.Student("alva", "north");
        var bo = school.Student("bo", "north", 8);
        (bo["givenName"], bo["middleName"], bo["familyName"]) = ("Bo \"Bosse\"", "von\u00A0der", "O'Prov,\td.y.");
        bo["enrolments"]!.AsArray().Add((JsonNode)Since(school.Enrolment("south", 9), school.Day(-300)));
        var cleo = school.Student("cleo", "south", 1);
        (cleo["emails"], cleo["eduPersonPrincipalNames"]) = (new JsonArray(), null);
        school.Student("dag", "closed");
        school.Student("ebba", "north")["securityMarking"] = "Sekretessmarkering";
        school.Student("frej", "south").Remove("familyName");
        school.Guardian("gun", "alva");
    }

    private static void AddStaff(SchoolBuilder school)
    {
        foreach (var label in new[] { "hugo", "ines", "jon", "kaj", "liv" })
        {
            school.Employee(label)["familyName"] = "Back\\slash";
            school.Duty($"{label}'s", label, label == "liv" ? "closed" : "north");
        }

        Since(school.Duty("ines's second", "ines", "south"), school.Day(-400));
    }

    private static void AddClasses(SchoolBuilder school)
    {
        school.Syllabus("maths");
        var music = school.Syllabus("music", "GRGRMUS01", "Musik");
        (music["courseCode"], music["courseName"]) = ("MUSMUS01", "Musik  och rörelse");
        school.Group("7a", "north", "Klass", "alva", "bo", "ebba");
        school.Group("maths 7", "north", "Undervisning", "alva", "bo");
        school.Group("music 7", "south", "Undervisning", "cleo", "frej");
        school.Group("mentees", "north", "Mentor", "alva");
        school.Activity("sums", "north", "maths 7", "maths", "hugo's", "ines's", "jon's", "kaj's", "liv's");
        school.Activity("songs", "south", "music 7", "music", "ines's second");
        school.Activity("more songs", "south", "music 7", "maths");
        school.Activity("class hour", "north", "7a", null, "jon's");
    }

    private static JsonObject Since(JsonObject stay, string start)
    {
        stay["startDate"] = start;
        return stay;
    }
}
