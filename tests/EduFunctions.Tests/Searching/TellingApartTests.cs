using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Searching;

/// <summary>Two who have one name at one school are told apart by what people know of them.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class TellingApartTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task Class_school_year_and_year_of_birth_tell_who_is_meant()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        Noor(school, "young", 3, "2017-05-02");
        Noor(school, "old", 7, "2013-11-30");
        Noor(school, "born", 9, null);
        school.Employee("lärare")["givenName"] = "Noor";
        school.Group("3b", "berget", members: "young");
        school.Group("math", "berget", "Undervisning", "young");
        var left = school.Group("2b", "berget", members: "young");
        left["groupMemberships"]![0]!["endDate"] = school.Day(-30);
        var night = new Night(_ground, school.Data);
        var tenant = (await night.RunAsync()).Run.Tenant;

        var (status, found) = await new Night(_ground, school.Data).As(tenant).PostAsync("people", new JsonObject { ["find"] = "noor" });

        Assert.Equal(200, status);
        Assert.Equal(
            ["born 9 ? ", "lärare ? ? ", "old 7 2013 ", $"young 3 2017 {(string?)school.Data[Collections.Groups].First(group => (string?)group["id"] == Ids.Of("3b"))["displayName"]}"],
            new[] { "born", "lärare", "old", "young" }.Select(label => $"{label} {Of(found!, Ids.Of(label))}"));
    }

    private static string Of(JsonNode found, string id)
    {
        var person = found["people"]!.AsArray().Single(one => (string?)one!["id"] == id)!;
        return $"{Shown(person["schoolYear"])} {Shown(person["birthYear"])} {string.Join(',', person["classes"]!.AsArray().Select(name => (string?)name))}";
    }

    private static string Shown(JsonNode? number) => number is null ? "?" : ((int)number).ToString(null, null);

    private static void Noor(SchoolBuilder school, string label, int year, string? birth)
    {
        var pupil = school.Student(label, "berget", year);
        pupil["givenName"] = "Noor";
        if (birth is not null)
        {
            pupil["birthDate"] = birth;
        }
    }
}
