using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A school that every night is made anew, so that a test says what is different tonight.</summary>
internal static class MemoryTown
{
    public static SchoolBuilder Make(params string[] further)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        foreach (var label in (string[])["alva", "bo", "cleo", .. further])
        {
            school.Student(label, "north")["civicNo"] = Civic($"2013{1 + (label[0] % 12):00}{1 + (label.Sum(letter => letter) % 28):00}-99{label.Sum(letter => letter) % 90:00}");
        }

        school.Employee("hugo");
        school.Duty("hugo's", "hugo", "north");
        school.Guardian("gunhild", "alva");
        school.Group("7a", "north", "Klass", [.. (string[])["alva", "bo", "cleo", .. further]]);
        school.Activity("hour", "north", "7a", null, "hugo's");
        return school;
    }

    public static JsonObject Civic(string number) => new() { ["value"] = number };

    public static JsonObject Person(this SchoolBuilder school, string label) =>
        school.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of(label));

    public static SchoolBuilder MarkingAs(this SchoolBuilder school, string label, JsonNode? marking)
    {
        school.Person(label)["securityMarking"] = marking;
        return school;
    }

    public static SchoolBuilder Marking(this SchoolBuilder school, params string[] labels)
    {
        foreach (var label in labels)
        {
            school.MarkingAs(label, "Sekretessmarkering");
        }

        return school;
    }

    /// <summary>Groups have the person still, and persons have not.</summary>
    public static SchoolBuilder MissingRecord(this SchoolBuilder school, string label)
    {
        school.Data[Collections.Persons].Remove(school.Person(label));
        return school;
    }

    /// <summary>Nobody of them is in the register any more, nor named by anything in it.</summary>
    public static SchoolBuilder Without(this SchoolBuilder school, params string[] labels)
    {
        var ids = labels.Select(Ids.Of).ToHashSet();
        var persons = school.Data[Collections.Persons];
        foreach (var person in persons.Where(person => ids.Contains((string)person["id"]!)).ToList())
        {
            persons.Remove(person);
        }

        foreach (var group in school.Data[Collections.Groups])
        {
            group["groupMemberships"] = new JsonArray([.. group["groupMemberships"]!.AsArray()
                .Where(row => !ids.Contains((string)row!["person"]!["id"]!)).Select(row => row!.DeepClone())]);
        }

        return school;
    }
}
