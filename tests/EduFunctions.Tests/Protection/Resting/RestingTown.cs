using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Protection.Memory;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>A school with Alva Berglund in it, made anew every night.</summary>
internal static class RestingTown
{
    public const string Telling = "Berglund";
    public const string Number = "20130101-9800";

    public static SchoolBuilder Make()
    {
        var school = MemoryTown.Make("disa", "elin", "frej");
        school.Data[Collections.Organisations].First()["displayName"] = "Norra skolan";
        school.Call("alva", "Alva", Telling, "alva.berglund");
        school.Person("alva")["civicNo"] = MemoryTown.Civic(Number);
        school.Group("support", "north", "Undervisning", "alva", "bo", "cleo")["displayName"] = "Support";
        school.Syllabus("maths");
        school.Activity("support hour", "north", "support", "maths", "hugo's");
        return school;
    }

    public static JsonObject Call(this SchoolBuilder school, string label, string given, string family, string login)
    {
        var person = school.Person(label);
        (person["givenName"], person["familyName"]) = (given, family);
        person["eduPersonPrincipalNames"] = new JsonArray($"{login}@id.example");
        person["emails"] = new JsonArray(new JsonObject { ["value"] = $"{login}@elev.example", ["type"] = "Skola elev" });
        return person;
    }

    /// <summary>Somebody who answers for a pupil, with a login of the pupil's parents' choice.</summary>
    public static SchoolBuilder WithGuardianOf(this SchoolBuilder school, string student, string login)
    {
        var guardian = school.Guardian("rune", student);
        (guardian["givenName"], guardian["familyName"]) = ("Rune", "Tell");
        guardian["eduPersonPrincipalNames"] = new JsonArray($"{login}@post.example");
        guardian["emails"]![0]!["value"] = $"{login}@post.example";
        return school;
    }

    public static JsonObject Row(this SchoolBuilder school, string collection, string label) =>
        school.Data[collection].Single(row => (string?)row["id"] == Ids.Of(label));

    public static SchoolBuilder NamingSupport(this SchoolBuilder school, string name = "Help Alva Berglund")
    {
        school.Row(Collections.Groups, "support")["displayName"] = name;
        return school;
    }

    public static SchoolBuilder WithoutSupport(this SchoolBuilder school)
    {
        school.Data[Collections.Groups].Remove(school.Row(Collections.Groups, "support"));
        school.Data[Collections.Activities].Remove(school.Row(Collections.Activities, "support hour"));
        return school;
    }
}
