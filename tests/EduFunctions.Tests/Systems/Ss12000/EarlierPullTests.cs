using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>What rows had in the last pull and have not tonight is kept.</summary>
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
        register.Set(collection, label, path, value);

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
        register.Set("persons", "north-7-1", "enrolments.0.endDate", "\"2026-06-01\"");
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

    private static bool IsMembership(string key, string label) => key.StartsWith("membership", StringComparison.Ordinal) && key.Contains(Ids.Of(label), StringComparison.Ordinal);

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
