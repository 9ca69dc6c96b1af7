using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Associations in files that Learn refused or never answered to: none is taken for there, and none for going for ever.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LostAssociationsTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private DateOnly _day = Night.Today;

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("refused", "lost")]
    [InlineData("lost", "refused")]
    [InlineData("lost", "lost")]
    [InlineData("taken", "refused")]
    [InlineData("taken", "lost")]
    public async Task What_was_sent_twice_in_vain_is_sent_again(params string[] nights)
    {
        await using var learn = await LearnServer.StartAsync();
        await NightAsync(learn, Town());
        var grown = Town().Next().Joining("berget", "anna");
        foreach (var how in nights)
        {
            learn.Habits.Fault = (kind, operation) => (kind, operation) == ("userassociation", "store") ? Fault(learn, how) : null;
            await NightAsync(learn, grown);
            learn.WorkThrough();
            learn.Integrations[0].State = IntegrationState.Active;
        }

        learn.Habits.Fault = (_, _) => null;
        await NightAsync(learn, grown);
        await NightAsync(learn, grown);
        await NightAsync(learn, grown);
        Assert.Contains(learn.State.Records("userassociation"), row => row["external_user_key"] == Ids.Of("anna"));
        await AssertQuietAsync(learn, grown);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("taken")]
    [InlineData("refused")]
    public async Task What_is_purged_is_no_error_for_ever(string how)
    {
        await using var learn = await LearnServer.StartAsync();
        await NightAsync(learn, Town());
        var shrunk = Town().Next().Losing("berget", "", 11);
        learn.Habits.Fault = (kind, operation) => (kind, operation) == ("userassociation", "delete") ? Fault(learn, how) : null;
        await NightAsync(learn, shrunk);
        learn.WorkThrough();
        (learn.Integrations[0].State, learn.Habits.Fault) = (IntegrationState.Active, (_, _) => null);

        await NightAsync(learn, shrunk);

        Assert.DoesNotContain(learn.State.Records("userassociation"), row => row["external_user_key"] == Ids.Of("berget11"));
        await AssertQuietAsync(learn, shrunk);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("refused")]
    public async Task Who_is_protected_is_purged_also_on_a_night_on_which_nothing_else_is_sent(string how)
    {
        await using var learn = await LearnServer.StartAsync();
        await NightAsync(learn, Town());
        var town = Town().Next().Editing("berget5", row => row["securityMarking"] = "Skyddad folkbokföring");
        learn.Habits.Fault = (kind, operation) => (kind, operation) == ("userassociation", "delete") ? Fault(learn, how) : null;
        await NightAsync(learn, town);
        (learn.Integrations[0].State, learn.Habits.Fault) = (IntegrationState.Active, (_, _) => null);

        await Make(learn, town).WithFeed("freeze", new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" }).RunAsync();

        Assert.DoesNotContain(learn.State.Records("userassociation"), row => row["external_user_key"] == Ids.Of("berget5"));
    }

    private static JsonSchoolData Town() => GuardTown.Of(("berget", 12));

    private static LearnFault Fault(LearnServer learn, string how)
    {
        learn.Integrations[0].State = how == "lost" ? IntegrationState.Testing : IntegrationState.Active;
        return how == "refused" ? LearnFault.StackTrace : LearnFault.HangUpAfterTaking;
    }

    private async Task AssertQuietAsync(LearnServer learn, ISchoolData town)
    {
        var sets = learn.DataSets.Count;
        Assert.Equal(RunState.Delivered, (await NightAsync(learn, town)).Run.State);
        Assert.Empty(learn.DataSets.Skip(sets).SelectMany(set => set.Errors));
        Assert.DoesNotContain(learn.DataSets.Skip(sets), set => set.Post.Kind == "userassociation");
    }

    private Task<NightResult> NightAsync(LearnServer learn, ISchoolData town) => Make(learn, town).RunAsync();

    private Night Make(LearnServer learn, ISchoolData town)
    {
        _day = _day.AddDays(1);
        var settings = new JsonObject { ["hierarchy"] = new JsonObject { ["parentNode"] = LearnState.RootNode } };
        return new Night(_ground, town).As(_tenant).On(_day).To(learn, settings, _time);
    }
}
