using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>What has ended, was cancelled or is of no feed's kind keeps nobody, whatever it lacks.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class PastRowsTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    public static TheoryData<string> Histories =>
    [
        "duty of nobody", "duty without school", "vacant post", "activity without groups", "meeting", "placement of nobody", "cancelled placement of nobody", "enrolment without school",
        "cancelled enrolment without start", "guardian of nobody", "group without school", "group of another type", "teacher's entry without duty", "row of nobody", "dead",
    ];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task What_cannot_matter_any_more_keeps_nobody(string history)
    {
        await using var register = await ChangingRegister.StartAsync(_ground);
        ChangingRegister.AssertDelivered(await register.NightAsync());
        Add(register, history);
        await register.NightAsync();
        register.Set("persons", "north-7-1", "enrolments.0.endDate", "\"2026-06-01\"");
        register.Set("duties", "south-9-duty", "endDate", "\"2026-06-01\"");
        register.Set("groups", "south-9", "endDate", "\"2026-06-01\"");

        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.False(register.HasLearn("north-7-1"), "the pupil has left");
        Assert.False(register.HasLearn("south-9-teacher"), "the teacher has left");
        Assert.DoesNotContain(register.Enabled(), key => key.StartsWith("course", StringComparison.Ordinal) && key.Contains(Ids.Of("south-9"), StringComparison.Ordinal));
    }

    private static void Add(ChangingRegister register, string history)
    {
        JsonObject Last(string collection, Action<SchoolBuilder> add)
        {
            register.Change(add);
            return register.Town.Data[collection][^1];
        }

        switch (history)
        {
            case "duty of nobody":
                Ended(Last("duties", town => town.Duty("old", "north-7-teacher", "north")))["person"] = null;
                break;
            case "duty without school":
                Ended(Last("duties", town => town.Duty("old", "north-7-teacher", "north")))["dutyAt"] = null;
                break;
            case "vacant post":
                Last("duties", town => town.Duty("old", "north-7-teacher", "north"))["person"] = null;
                break;
            case "activity without groups":
                Ended(Last("activities", town => town.Activity("old", "north", "north-7")))["groups"] = new JsonArray((JsonNode?)null);
                break;
            case "meeting":
                Last("activities", town => town.Activity("old", "north", "north-7"))["groups"] = null;
                break;
            case "placement of nobody":
                Ended(Last("placements", town => town.Placement("old", "north-7-2", "north")))["child"] = null;
                break;
            case "cancelled placement of nobody":
                var placement = Last("placements", town => town.Placement("old", "north-7-2", "north"));
                (placement["child"], placement["cancelled"]) = (null, true);
                break;
            case "enrolment without school":
                Add(register, "persons", "north-7-1", "enrolments", """{"enroledAt":null,"startDate":"2019-01-01","endDate":"2020-01-01"}""");
                break;
            case "cancelled enrolment without start":
                Add(register, "persons", "north-7-1", "enrolments", """{"enroledAt":{"id":"x"},"cancelled":true}""");
                break;
            case "guardian of nobody":
                Add(register, "persons", "north-7-1", "responsibles", """{"person":null,"relationType":"Vårdnadshavare","endDate":"2020-01-01"}""");
                break;
            case "group without school":
                Ended(Last("groups", town => town.Group("old", "north", "Klass")))["organisation"] = null;
                break;
            case "group of another type":
                Last("groups", town => town.Group("old", "north", "Provgrupp"))["organisation"] = null;
                break;
            case "teacher's entry without duty":
                Add(register, "activities", "south-9-hours", "teachers", """{"startDate":"2019-01-01","endDate":"2020-01-01","duty":null}""");
                break;
            case "row of nobody":
                var nobody = Last("persons", town => town.Student("new2", "north"));
                nobody["enrolments"] = new JsonArray();
                nobody.Remove("id");
                break;
            default:
                var dead = Last("persons", town => town.Student("new2", "north"));
                (dead["enrolments"]![0]!["startDate"], dead["personStatus"]) = ("x", "Avliden");
                break;
        }
    }

    private static JsonObject Ended(JsonObject row)
    {
        (row["startDate"], row["endDate"]) = ("2019-01-01", "2020-06-01");
        return row;
    }

    private static void Add(ChangingRegister register, string collection, string label, string list, string item) =>
        register.Row(collection, label)[list]!.AsArray().Add(JsonNode.Parse(item));
}
