using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Registers make rows anonymous when somebody has left, and some have a row twice for good: neither keeps whoever has left.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class AnonymousLeaversTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("pupil, ended")]
    [InlineData("pupil, Avliden")]
    [InlineData("pupil, Utvandrad")]
    [InlineData("pupil, id alone")]
    [InlineData("pupil, id and marking")]
    [InlineData("pupil, id and status")]
    [InlineData("pupil, deleted")]
    [InlineData("teacher, duty ended")]
    [InlineData("teacher, duty gone")]
    [InlineData("teacher, duty of nobody")]
    [InlineData("teacher, duty without start")]
    [InlineData("guardian, empty link")]
    [InlineData("guardian, no link")]
    public async Task Whoever_has_left_leaves_in_the_second_night_at_the_latest_whatever_the_row_says(string leaver)
    {
        await using var register = await StartAsync();
        var label = Leave(register, leaver);

        await register.NightAsync();
        ChangingRegister.AssertDelivered(await register.NightAsync());

        Assert.False(register.HasLearn(label), leaver);
        Assert.True(register.HasLearn("north-7-2"));
    }

    [Theory]
    [InlineData("north-7-1")]
    [InlineData("north-7-teacher")]
    [InlineData("north-7-guardian")]
    public async Task Whoever_still_stands_somewhere_stays_as_long_as_the_name_is_gone(string label)
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        Unname(register, label)["enrolments"] ??= new JsonArray();

        await register.NightAsync();
        await register.NightAsync();
        ChangingRegister.AssertDelivered(await register.NightAsync());

        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Theory]
    [InlineData("groupType")]
    [InlineData("startDate")]
    public async Task A_class_that_has_ended_leaves_without_its_type_and_start(string property)
    {
        await using var register = await StartAsync();
        var group = register.Row("groups", "north-7");
        (group[property], group["endDate"]) = (null, "2026-06-10");

        ChangingRegister.AssertDelivered(await register.NightAsync());

        Assert.DoesNotContain(register.Enabled(), key => key.StartsWith("course", StringComparison.Ordinal) && key.Contains(Ids.Of("north-7"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_that_stands_there_twice_for_good_keeps_nobody_else_after_a_night_and_leaves_when_both_say_so(bool isSame)
    {
        await using var register = await StartAsync();
        var twice = register.Row("persons", "north-7-2");
        var copy = twice.DeepClone().AsObject();
        if (!isSame)
        {
            (copy["enrolments"]![0]!["startDate"], copy["enrolments"]![0]!["endDate"]) = ("2024-06-01", "2025-06-01");
        }

        register.Town.Data["persons"].Add(copy);
        End(register.Row("persons", "north-7-3"));

        Assert.Contains((await register.NightAsync()).Run.Findings, finding => finding.Code == "pull.unstable");
        Assert.True(register.HasLearn("north-7-3"));
        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.Contains(night.Run.Findings, finding => finding.Code == "pull.repeated");
        Assert.Equal((true, false), (register.HasLearn("north-7-2"), register.HasLearn("north-7-3")));
        End(twice);
        End(copy);
        ChangingRegister.AssertDelivered(await register.NightAsync());
        Assert.False(register.HasLearn("north-7-2"), "both rows say so");
    }

    private async Task<ChangingRegister> StartAsync()
    {
        var register = await ChangingRegister.StartAsync(_ground);
        ChangingRegister.AssertDelivered(await register.NightAsync());
        return register;
    }

    private static string Leave(ChangingRegister register, string leaver)
    {
        var (who, how) = (leaver.Split(", ")[0], leaver.Split(", ")[1]);
        return who switch { "pupil" => LeaveAsPupil(register, how), "teacher" => LeaveAsTeacher(register, how), _ => LeaveAsGuardian(register, how) };
    }

    private static string LeaveAsPupil(ChangingRegister register, string how)
    {
        var pupil = register.Row("persons", "north-7-1");
        if (how is "ended" or "Avliden" or "Utvandrad")
        {
            Unname(register, "north-7-1")["personStatus"] = how == "ended" ? pupil["personStatus"]?.DeepClone() : how;
            if (how == "ended")
            {
                End(pupil);
            }

            return "north-7-1";
        }

        foreach (var name in pupil.Select(property => property.Key).Where(name => name is not ("id" or "meta")).ToList())
        {
            pupil.Remove(name);
        }

        _ = how switch
        {
            "id and marking" => pupil["securityMarking"] = "Ingen",
            "id and status" => pupil["personStatus"] = "Avliden",
            "deleted" => pupil["deleted"] = true,
            _ => null,
        };
        return "north-7-1";
    }

    private static string LeaveAsTeacher(ChangingRegister register, string how)
    {
        var duty = register.Row("duties", "south-9-duty");
        if (how != "duty without start")
        {
            Unname(register, "south-9-teacher");
        }

        switch (how)
        {
            case "duty gone":
                register.Delete("duties", "south-9-duty", isTold: false);
                break;
            case "duty of nobody":
                duty["person"] = null;
                break;
            default:
                duty["endDate"] = "2026-06-01";
                duty["startDate"] = how == "duty without start" ? null : duty["startDate"]!.DeepClone();
                break;
        }

        return "south-9-teacher";
    }

    private static string LeaveAsGuardian(ChangingRegister register, string how)
    {
        Unname(register, "north-7-guardian");
        foreach (var pupil in register.Town.Data["persons"].Where(row => row["responsibles"]?.ToJsonString().Contains(Ids.Of("north-7-guardian"), StringComparison.Ordinal) == true))
        {
            pupil["responsibles"] = how == "no link" ? null : new JsonArray();
        }

        return "north-7-guardian";
    }

    private static JsonObject Unname(ChangingRegister register, string label)
    {
        var row = register.Row("persons", label);
        (row["givenName"], row["familyName"]) = (null, null);
        return row;
    }

    private static void End(JsonObject person) => person["enrolments"]![0]!["endDate"] = "2026-06-01";
}
