using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Look-ups that tell less than before, or more than was asked.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class EarlierLookUpTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

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

    private static Func<PageRequest, byte[], byte[]> LookedUp(Func<JsonNode, JsonObject> change) => (request, body) => request.Collection != "persons/lookup" ? body
        : Encoding.UTF8.GetBytes(new JsonArray([.. JsonNode.Parse(body)!.AsArray().Select(row => (JsonNode)change(row!))]).ToJsonString());
}
