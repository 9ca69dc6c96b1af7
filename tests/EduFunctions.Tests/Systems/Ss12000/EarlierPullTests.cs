using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>What rows had in the last pull and have not tonight, and what cannot matter any more: the first is kept, the second keeps nobody.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class EarlierPullTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    /// <summary>A value, or what is done to what stands there; "-" takes it away.</summary>
    [Theory]
    [InlineData("groups", "north-7", "groupMemberships", "null", false)]
    [InlineData("groups", "north-7", "groupMemberships", "-", false)]
    [InlineData("groups", "north-7", "groupType", "null", true)]
    [InlineData("groups", "north-7", "startDate", "-", true)]
    [InlineData("groups", "north-7", "endDate", "\"0001-01-01T00:00:00\"", true)]
    [InlineData("persons", "north-7-1", "enrolments", "null", false)]
    [InlineData("persons", "north-7-1", "givenName", "\"\"", true)]
    [InlineData("persons", "north-7-1", "givenName", "\"\\u200b\"", true)]
    [InlineData("persons", "north-7-1", "enrolments.0.endDate", "\"1900-01-01\"", true)]
    [InlineData("persons", "north-7-1", "enrolments.0.endDate", "\"2020-01-01\"", true)]
    [InlineData("duties", "north-7-duty", "startDate", "null", true)]
    [InlineData("duties", "north-7-duty", "person", "null", false)]
    [InlineData("duties", "north-7-duty", "person", "\"x\"", true)]
    [InlineData("activities", "north-7-hours", "groups", "null", true)]
    [InlineData("activities", "north-7-hours", "teachers", "null", false)]
    [InlineData("activities", "north-7-hours", "startDate", "-", true)]
    [InlineData("organisations", "north", "organisationType", "-", true)]
    [InlineData("organisations", "north", "startDate", "null", false)]
    public async Task What_a_row_lacks_tonight_is_kept_and_what_the_standard_requires_as_long_as_it_is_not_there(
        string collection, string label, string path, string value, bool lasts)
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        Set(register.Row(collection, label), path, value);

        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.Contains(night.Run.Findings, finding => finding.Code == "value.notUnderstood");
        Assert.Equal(before.Order(), register.Enabled().Order());
        await register.NightAsync();
        Assert.Equal(lasts, before.All(register.Enabled().Contains));
    }

    [Theory]
    [InlineData("\" klass \"")]
    [InlineData("\"KLASS\"")]
    public async Task A_word_in_another_case_is_not_understood_and_keeps_what_is_there(string word)
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        register.Row("groups", "north-7")["groupType"] = JsonNode.Parse(word);

        await register.NightAsync();
        await register.NightAsync();
        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.Contains(night.Run.Findings, finding => finding.Code == "value.notUnderstood");
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Fact]
    public async Task A_key_in_another_case_is_that_key()
    {
        await using var register = await StartAsync();
        var (before, group) = (register.Enabled(), register.Row("groups", "north-7"));
        var members = group["groupMemberships"]!.DeepClone();
        group.Remove("groupMemberships");
        group["GroupMemberships"] = members;

        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.Contains(night.Run.Findings, finding => finding.Code == "value.asText");
        Assert.DoesNotContain(night.Run.Findings, finding => finding.Code == "value.notUnderstood");
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Fact]
    public async Task A_list_under_a_name_that_is_nearly_its_own_is_kept_as_long_as_it_stands_there()
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        var pupil = register.Row("persons", "north-7-1");
        pupil["enrollments"] = pupil["enrolments"]!.DeepClone();
        pupil.Remove("enrolments");

        await register.NightAsync();
        await register.NightAsync();
        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("slash")]
    [InlineData("url")]
    public async Task A_reference_that_led_somewhere_keeps_what_it_said_for_one_pull(string form)
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        foreach (var membership in register.Row("groups", "north-7")["groupMemberships"]!.AsArray())
        {
            var id = (string)membership!["person"]!["id"]!;
            membership["person"]!["id"] = form switch { "cut" => id[..^1], "slash" => $"{id}/", _ => $"urn:r/{id}" };
        }

        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.Contains(night.Run.Findings, finding => finding.Code == "reference.dangling");
        Assert.Equal(before.Order(), register.Enabled().Order());
        await register.NightAsync();
        Assert.DoesNotContain(register.Enabled(), key => IsMembership(key, "north-7-1"));
    }

    [Theory]
    [InlineData("duties")]
    [InlineData("groups")]
    public async Task A_row_that_was_lost_between_two_pages_is_kept_while_others_refer_to_it(string collection)
    {
        await using var register = await StartAsync();
        register.Source["pageSize"] = 3;
        var before = register.Enabled();
        register.Habits.Shift = (request, start) => request.Collection == collection && start > 0 ? start + 1 : start;

        ChangingRegister.AssertDelivered(await register.NightAsync());

        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    public static TheoryData<string> Histories =>
    [
        "duty of nobody", "duty without school", "vacant post", "activity without groups", "meeting", "placement of nobody", "cancelled placement of nobody", "enrolment without school",
        "cancelled enrolment without start", "guardian of nobody", "group without school", "group of another type", "teacher's entry without duty", "row of nobody", "dead",
    ];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task What_cannot_matter_any_more_keeps_nobody(string history)
    {
        await using var register = await StartAsync();
        Add(register, history);
        await register.NightAsync();
        Set(register.Row("persons", "north-7-1"), "enrolments.0.endDate", "\"2026-06-01\"");
        Set(register.Row("duties", "south-9-duty"), "endDate", "\"2026-06-01\"");
        Set(register.Row("groups", "south-9"), "endDate", "\"2026-06-01\"");

        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.False(register.HasLearn("north-7-1"), "the pupil has left");
        Assert.False(register.HasLearn("south-9-teacher"), "the teacher has left");
        Assert.DoesNotContain(register.Enabled(), key => key.StartsWith("course", StringComparison.Ordinal) && key.Contains(Ids.Of("south-9"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_a_look_up_tells_less_of_than_before_is_kept()
    {
        await using var register = await StartWithUnlistedAsync();
        var before = register.Enabled();
        register.Habits.Rewrite = LookedUp(row => new JsonObject { ["id"] = (string?)row["id"], ["givenName"] = "A", ["familyName"] = "B" });

        ChangingRegister.AssertDelivered(await register.NightAsync());
        ChangingRegister.AssertDelivered(await register.NightAsync());

        Assert.Contains($"person {Ids.Of("far-guardian")}", before);
        Assert.Empty(before.Except(register.Enabled()));
    }

    [Fact]
    public async Task Whom_a_look_up_hands_out_unasked_is_passed_over_but_for_what_marks_them()
    {
        await using var register = await StartWithUnlistedAsync();
        var (before, stranger) = (register.Enabled(), new SchoolBuilder(Night.Today).Student("stranger", "north"));
        var thin = new JsonObject { ["id"] = Ids.Of("north-7-1"), ["givenName"] = "A", ["familyName"] = "B", ["securityMarking"] = "Ingen" };
        var marked = new JsonObject { ["id"] = Ids.Of("north-7-2"), ["securityMarking"] = "Sekretessmarkering" };
        register.Habits.Rewrite = (request, body) => request.Collection != "persons/lookup" ? body
            : Encoding.UTF8.GetBytes(new JsonArray([.. JsonNode.Parse(body)!.AsArray().Select(row => row!.DeepClone()), stranger.DeepClone(), thin.DeepClone(), marked.DeepClone()]).ToJsonString());

        var night = await register.NightAsync();

        ChangingRegister.AssertDelivered(night);
        Assert.Single(night.Run.PullNotes, note => note.Code == PullNote.LookUpUnasked && note.Message.Contains("3 rows", StringComparison.Ordinal));
        Assert.Equal((false, true, false), (register.HasLearn("stranger"), register.HasLearn("north-7-1"), register.HasLearn("north-7-2")));
        Assert.All(before.Except(register.Enabled()), left => Assert.Contains(Ids.Of("north-7-2"), left, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("the changed alone")]
    public async Task A_changed_row_whose_list_is_cut_keeps_it_until_the_next_full_pull(string form)
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        register.Change("groups", "north-7", _ => { });
        register.Habits.Rewrite = Rows("groups", row => row["groupMemberships"] = form == "null" ? null : new JsonArray(row["groupMemberships"]![0]!.DeepClone()));

        var changed = await register.ChangesAsync();

        ChangingRegister.AssertDelivered(changed);
        Assert.Contains(changed.Run.PullNotes, note => note.Code == PullNote.Thin);
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Fact]
    public async Task The_size_of_the_whole_collection_beside_what_has_changed_holds_no_changes()
    {
        await using var register = await StartAsync();
        register.Habits.Rewrite = Envelopes((answer, collection) => answer["total"] = register.Town.Data[collection].Count);
        register.Change("persons", "north-7-1", pupil => pupil["givenName"] = "Nya");

        ChangingRegister.AssertDelivered(await register.ChangesAsync());

        Assert.Equal("Nya", register.Given("north-7-1"));
    }

    [Fact]
    public async Task A_list_that_no_row_has_any_more_holds_the_run()
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        foreach (var person in register.Town.Data["persons"].ToList())
        {
            person["enrollments"] = person["enrolments"]?.DeepClone();
            person.Remove("enrolments");
        }

        var night = await register.NightAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("No row of persons has enrolments any more", night.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Fact]
    public async Task A_list_that_no_row_will_have_any_more_passes_when_an_operator_says_that_it_is_right()
    {
        await using var register = await StartAsync();
        foreach (var person in register.Town.Data["persons"].ToList())
        {
            person.Remove("responsibles");
        }

        var held = await register.NightAsync();
        ChangingRegister.AssertDelivered(await register.NightAsync(night => night.AcceptingShrink()));
        Set(register.Row("persons", "north-7-1"), "enrolments.0.endDate", "\"2026-06-01\"");
        ChangingRegister.AssertDelivered(await register.NightAsync());

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("--accept-shrink", held.Run.StateReason, StringComparison.Ordinal);
        Assert.False(register.HasLearn("north-7-1"), "the pupil has left");
        Assert.False(register.HasLearn("north-8-guardian"), "nobody names the guardian any more");
    }

    [Fact]
    public async Task Two_pulls_of_one_day_say_something_once()
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        register.Row("persons", "north-7-1")["enrolments"] = null;

        await register.NightAsync();
        ChangingRegister.AssertDelivered(await register.AgainAsync());

        Assert.Equal(before.Order(), register.Enabled().Order());
        await register.NightAsync();
        Assert.False(register.HasLearn("north-7-1"), "the next day says it for the second time");
    }

    private async Task<ChangingRegister> StartAsync()
    {
        var register = await ChangingRegister.StartAsync(_ground);
        ChangingRegister.AssertDelivered(await register.NightAsync());
        return register;
    }

    /// <summary>A guardian whom nothing but a look-up tells of.</summary>
    private async Task<ChangingRegister> StartWithUnlistedAsync()
    {
        var (register, hidden) = (await ChangingRegister.StartAsync(_ground), new SchoolBuilder(Night.Today));
        register.Change(town => town.Responsible("north-7-3", "far-guardian"));
        hidden.Employee("far-guardian");
        register.Habits.Unlisted = hidden.Data;
        ChangingRegister.AssertDelivered(await register.NightAsync());
        return register;
    }

    private static bool IsMembership(string key, string label) => key.StartsWith("membership", StringComparison.Ordinal) && key.Contains(Ids.Of(label), StringComparison.Ordinal);

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

    private static void Set(JsonObject row, string path, string value)
    {
        var steps = path.Split('.');
        JsonNode at = row;
        foreach (var step in steps[..^1])
        {
            at = int.TryParse(step, out var item) ? at[item]! : at[step]!;
        }

        if (value == "-")
        {
            at.AsObject().Remove(steps[^1]);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(value);
        }
    }

    private static Func<PageRequest, byte[], byte[]> LookedUp(Func<JsonNode, JsonObject> change) => (request, body) => request.Collection != "persons/lookup" ? body
        : Encoding.UTF8.GetBytes(new JsonArray([.. JsonNode.Parse(body)!.AsArray().Select(row => (JsonNode)change(row!))]).ToJsonString());

    private static Func<PageRequest, byte[], byte[]> Rows(string collection, Action<JsonObject> change) => Envelopes((answer, of) =>
    {
        foreach (var row in of == collection ? answer["data"]!.AsArray() : [])
        {
            change(row!.AsObject());
        }
    });

    private static Func<PageRequest, byte[], byte[]> Envelopes(Action<JsonObject, string> change) => (request, body) =>
    {
        if (!Collections.All.Contains(request.Collection) || JsonNode.Parse(body) is not JsonObject answer)
        {
            return body;
        }

        change(answer, request.Collection);
        return Encoding.UTF8.GetBytes(answer.ToJsonString());
    };
}
