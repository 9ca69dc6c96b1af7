using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Changes that are handed out cut short, deletions that say more than was asked, a clock that is none: nobody leaves who was not said to leave.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class CutChangesTests : IDisposable
{
    private const string EverythingElse = "*";

    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData(Collections.Persons, "north-7-1", "enrolments", "enrolments")]
    [InlineData(Collections.Persons, "north-7-1", "familyName", "familyName")]
    [InlineData(Collections.Persons, "north-7-1", "responsibles", "responsibles")]
    [InlineData(Collections.Persons, "north-7-1", EverythingElse, "enrolments")]
    [InlineData(Collections.Persons, "north-7-teacher", EverythingElse, "familyName")]
    [InlineData(Collections.Groups, "north-7", "groupMemberships", "groupMemberships")]
    [InlineData(Collections.Groups, "north-7", "organisation", "organisation")]
    [InlineData(Collections.Groups, "north-7", EverythingElse, "groupMemberships")]
    [InlineData(Collections.Duties, "north-7-duty", "dutyAt", "dutyAt")]
    [InlineData(Collections.Duties, "north-7-duty", EverythingElse, "person")]
    [InlineData(Collections.Activities, "north-7-hours", "teachers", "teachers")]
    [InlineData(Collections.Activities, "north-7-hours", EverythingElse, "groups")]
    [InlineData(Collections.Organisations, "north", "organisationType", "organisationType")]
    [InlineData(Collections.Organisations, "north", EverythingElse, "organisationType")]
    public async Task What_a_changed_row_lacks_is_not_gone(string collection, string label, string lacking, string told)
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        register.Change(collection, label, _ => { });
        register.Habits.Rewrite = Rows(collection, row => Cut(row, lacking));

        var changed = await register.ChangesAsync();
        var later = await register.ChangesAsync();

        ChangingRegister.AssertDelivered(changed);
        ChangingRegister.AssertDelivered(later);
        Assert.Equal(before.Order(), register.Enabled().Order());
        register.Habits.Rewrite = null;
        var note = Assert.Single(changed.Run.PullNotes, note => note.Code == PullNote.Thin);
        Assert.Contains(told, note.Message, StringComparison.Ordinal);
        await AssertProvenAsync(register);
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Fact]
    public async Task What_a_row_that_was_cut_short_does_say_counts_and_a_whole_one_takes_its_place()
    {
        await using var register = await StartAsync();
        register.Change(Collections.Persons, "north-7-1", pupil => pupil["givenName"] = "Anna");
        register.Change(Collections.Persons, "north-7-2", pupil => pupil["securityMarking"] = "Sekretessmarkering");
        register.Habits.Rewrite = Rows(Collections.Persons, row => row.Remove("enrolments"));
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        Assert.Equal(("Anna", true, false), (register.Given("north-7-1"), register.HasLearn("north-7-1"), register.HasLearn("north-7-2")));

        register.Habits.Rewrite = null;
        register.Change(Collections.Persons, "north-7-1", pupil => pupil["enrolments"] = new JsonArray());
        ChangingRegister.AssertDelivered(await register.ChangesAsync());

        Assert.False(register.HasLearn("north-7-1"));
        await AssertProvenAsync(register);
    }

    [Fact]
    public async Task What_is_null_or_empty_is_gone_and_so_is_what_nobody_reads()
    {
        await using var register = await StartAsync();
        register.Change(Collections.Persons, "north-7-1", pupil => pupil["photo"] = "https://register.example/1");
        await register.ChangesAsync();
        register.Change(Collections.Persons, "north-7-1", pupil => pupil.Remove("photo"));
        register.Change(Collections.Groups, "north-7", group => group["groupMemberships"] = new JsonArray());

        var changed = await register.ChangesAsync();

        Assert.DoesNotContain(changed.Run.PullNotes, note => note.Code == PullNote.Thin);
        Assert.DoesNotContain(register.Enabled(), key => key.StartsWith("membership", StringComparison.Ordinal) && key.Contains($"{Ids.Of("north-7-2")}", StringComparison.Ordinal));
        await AssertProvenAsync(register);
    }

    [Fact]
    public async Task A_register_that_hands_out_no_change_whole_is_not_asked_for_more()
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        for (var pupil = 1; pupil <= 5; pupil++)
        {
            register.Change(Collections.Persons, $"north-7-{pupil}", _ => { });
            register.Change(Collections.Persons, $"south-7-{pupil}", _ => { });
        }

        register.Habits.Rewrite = Rows(Collections.Persons, row => row.Remove("enrolments"));
        var held = await register.ChangesAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("10 of 10 changed rows of persons lack what they had (enrolments)", held.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Theory]
    [InlineData("""{"data":{"groups":["north-7"],"duties":["south-7-duty"]},"pageToken":null}""", "passes the filter over")]
    [InlineData("""{"data":{"person":["north-7-1"]},"pageToken":null}""", "\"person\", which is no collection of the standard")]
    [InlineData("""{"data":{"entities":{"persons":["north-7-1"]}},"pageToken":null}""", "\"entities\", which is no collection of the standard")]
    [InlineData("""{"data":{"persons":"north-7-1"},"pageToken":null}""", "persons of data is a text and no list of ids")]
    [InlineData("""{"data":{"persons":[{"id":"north-7-1","deleted":"2020-01-01T00:00:00Z"}]},"pageToken":null}""", "what stands in persons of data is an object and no id")]
    [InlineData("""{"data":[{"entityType":"persons","id":"north-7-1"}],"pageToken":null}""", "data is a list and no object of lists of ids")]
    [InlineData("""{"persons":["north-7-1"],"pageToken":null}""", "the body has no data that says what is deleted")]
    public async Task Deletions_that_are_not_what_was_asked_for_delete_nothing(string body, string told)
    {
        await using var register = await StartAsync();
        var before = register.Enabled();
        register.Habits.Rewrite = Deletions(body, "north-7", "south-7-duty", "north-7-1");

        var held = await register.ChangesAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains(told, held.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(before.Order(), register.Enabled().Order());
    }

    [Fact]
    public async Task A_collection_is_known_in_any_case_and_others_of_the_standard_are_passed_over()
    {
        await using var register = await StartAsync();
        register.Town.Data[Collections.Persons].Remove(register.Town.Data[Collections.Persons].Single(row => (string?)row["id"] == Ids.Of("south-9-5")));
        var body = Deletions("""{"data":{"Persons":["south-9-5"],"grades":["x"],"aggregatedAttendance":["x"],"calenderEvents":["x"],"vendorThings":[],"count":1},"pageToken":null}""", "south-9-5");
        register.Habits.Rewrite = (page, answer) => Encoding.UTF8.GetString(answer).Contains("{}", StringComparison.Ordinal) ? answer : body(page, answer);
        register.Habits.Deletions = [new Deletion(Collections.Persons, Ids.Of("south-9-5"), register.Habits.Clock.GetUtcNow().AddHours(1))];

        ChangingRegister.AssertDelivered(await register.ChangesAsync());

        Assert.False(register.HasLearn("south-9-5"));
    }

    [Fact]
    public async Task The_night_does_not_take_another_way_of_writing_for_another_meaning()
    {
        await using var register = await StartAsync();
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        register.Habits.Rewrite = Rows(Collections.Persons, row =>
        {
            row["photo"] = null;
            foreach (var enrolment in row["enrolments"]?.AsArray() ?? [])
            {
                enrolment!["schoolYear"] = JsonNode.Parse($"{enrolment["schoolYear"]}.0");
            }
        });

        await AssertProvenAsync(register);
    }

    [Fact]
    public async Task By_a_clock_that_stands_still_nobody_asks_since_when()
    {
        await using var register = await StartAsync(TimeSpan.FromDays(-20_000));
        var before = register.Enabled();
        register.Ahead = TimeSpan.Zero;
        register.Change(Collections.Persons, "north-7-1", pupil => pupil["givenName"] = "Anna");

        var held = await register.ChangesAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Matches("The clock of the source was (19999|20000) days behind ours", held.Run.StateReason);
        Assert.Equal(before.Order(), register.Enabled().Order());
        ChangingRegister.AssertDelivered(await register.NightAsync());
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
    }

    /// <summary>After a first night.</summary>
    private async Task<ChangingRegister> StartAsync(TimeSpan ahead = default)
    {
        var register = await ChangingRegister.StartAsync(_ground);
        register.Ahead = ahead;
        ChangingRegister.AssertDelivered(await register.NightAsync());
        return register;
    }

    private static async Task AssertProvenAsync(ChangingRegister register)
    {
        var night = await register.NightAsync();
        ChangingRegister.AssertDelivered(night);
        Assert.DoesNotContain(night.Run.PullNotes, note => note.Code == PullNote.ChangesMissed);
        register.Habits.Rewrite = null;
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
    }

    private static void Cut(JsonObject row, string lacking)
    {
        var gone = row.Select(property => property.Key).Where(name => lacking == EverythingElse ? name is not ("id" or "meta") : name == lacking).ToList();
        gone.ForEach(name => row.Remove(name));
    }

    private static Func<PageRequest, byte[], byte[]> Rows(string collection, Action<JsonObject> change) => (page, body) =>
    {
        if (page.Collection != collection || JsonNode.Parse(body) is not JsonObject json || json["data"] is not JsonArray rows)
        {
            return body;
        }

        rows.ToList().ForEach(row => change(row!.AsObject()));
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    };

    private static Func<PageRequest, byte[], byte[]> Deletions(string body, params string[] labels)
    {
        var text = labels.OrderByDescending(label => label.Length).Aggregate(body, (text, label) => text.Replace($"\"{label}\"", $"\"{Ids.Of(label)}\"", StringComparison.Ordinal));
        return (page, answer) => page.Collection == SnapshotManifest.Deletions ? Encoding.UTF8.GetBytes(text) : answer;
    }
}
