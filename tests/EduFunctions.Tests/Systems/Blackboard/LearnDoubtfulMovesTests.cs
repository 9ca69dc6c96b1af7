using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Accounts of which nobody knows whether they have their new keys, and of which something else changes on the next night: all of it comes about, and comes to an end.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LearnDoubtfulMovesTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly JsonObject _settings = new() { ["dataSourceKey"] = "SYSTEM" };
    private DateOnly _day = Night.Today;

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("store", true)]
    [InlineData("store", false)]
    [InlineData("refresh", true)]
    [InlineData("refresh", false)]
    public async Task Two_who_exchange_their_login_names_do(string operation, bool isTaken)
    {
        _settings["operation"] = operation;
        await using var learn = await InDoubtAsync(isTaken);
        var exchanged = Town("new-").Next().Editing("new-berget0", row => LogsInAs(row, "berget1")).Editing("new-berget1", row => LogsInAs(row, "berget0"));

        await Make(learn, exchanged).RunAsync();
        await AssertQuietAsync(learn, exchanged);

        Assert.Equal("berget1@id.example", Person(learn, "new-berget0")["user_id"]);
        Assert.Equal("berget0@id.example", Person(learn, "new-berget1")["user_id"]);
        Assert.Equal("berget2@id.example", Person(learn, "new-berget2")["user_id"]);
        Assert.Equal(13, learn.State.Records("person").Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Accounts_come_to_another_data_source_all_the_same(bool isTaken)
    {
        await using var learn = await InDoubtAsync(isTaken);
        _settings["dataSourceKey"] = "EDU";

        await Make(learn, Town("new-")).RunAsync();
        await AssertQuietAsync(learn, Town("new-"));

        Assert.Equal(13, learn.State.Enabled("person").Count);
        Assert.All(learn.State.Records("person").Concat(learn.State.Records("userassociation")), row => Assert.Equal("EDU", row.DataSource));
    }

    [Theory]
    [InlineData(true, "leaves")]
    [InlineData(false, "leaves")]
    [InlineData(true, "becomes protected")]
    [InlineData(false, "becomes protected")]
    [InlineData(true, "leaves while all others have their former ids again")]
    [InlineData(false, "leaves while all others have their former ids again")]
    public async Task Who_goes_is_gone_under_both_keys_with_all_memberships(bool isTaken, string what)
    {
        await using var learn = await InDoubtAsync(isTaken);
        ISchoolData town = what switch
        {
            "leaves" => Town("new-").Next().Losing("berget", "new-", 11),
            "becomes protected" => Town("new-").Next().Editing("new-berget11", row => row["securityMarking"] = "Skyddad folkbokföring"),
            _ => Town("").Next().Losing("berget", "", 11),
        };

        var night = Make(learn, town);
        var held = await night.RunAsync();
        if (held.Run.State == RunState.Held)
        {
            await night.ApproveAllAsync(held.Run.Run);
        }

        await AssertQuietAsync(learn, town);

        Assert.False(learn.State.Records("person").Single(row => row["firstname"] == "berget11").IsEnabled);
        Assert.Equal(12, learn.State.Enabled("person").Count);
        Assert.Equal(12, learn.State.Enabled("membership").Count);
        Assert.DoesNotContain(learn.State.Enabled("membership"), key => key.Contains(Ids.Of("berget11"), StringComparison.Ordinal) || key.Contains(Ids.Of("new-berget11"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_deletion_under_both_keys_is_made_again()
    {
        await using var learn = await InDoubtAsync(isTaken: false);
        var town = Town("new-").Next().Losing("berget", "new-", 11);
        learn.Habits.Fault = (kind, operation) => operation == "delete" ? LearnFault.StackTrace : null;
        await Make(learn, town).RunAsync();
        learn.Habits.Fault = (_, _) => null;
        Assert.Equal(13, learn.State.Enabled("person").Count);

        await Make(learn, town).RunAsync();
        await AssertQuietAsync(learn, town);

        Assert.Equal((12, 12), (learn.State.Enabled("person").Count, learn.State.Enabled("membership").Count));
    }

    /// <summary>Refused under each of its keys for the second time, it is not there.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_not_there_under_any_key_keeps_no_move_open(bool isTaken)
    {
        await using var learn = await InDoubtAsync(isTaken);
        learn.State.Records("userassociation").Where(row => row["external_user_key"] == Ids.Of(isTaken ? "new-berget11" : "berget11")).ToList().ForEach(learn.State.Purge);
        var town = Town("new-").Next().Losing("berget", "new-", 11);

        await Make(learn, town).RunAsync();
        await AssertQuietAsync(learn, town);

        Assert.Equal((12, 12), (learn.State.Enabled("person").Count, learn.State.Records("userassociation").Count));
    }

    /// <summary>Two exchange their login names, and somebody leaves, around the night on which another data source is lost.</summary>
    [Theory]
    [InlineData("store", true, true)]
    [InlineData("store", false, true)]
    [InlineData("refresh", true, true)]
    [InlineData("refresh", true, false)]
    public async Task Login_names_change_hands_while_records_move_to_another_data_source(string operation, bool isTaken, bool isBefore)
    {
        _settings["operation"] = operation;
        await using var learn = await LearnServer.StartAsync();
        learn.State.DataSources.Add("EDU");
        await Make(learn, Town("")).RunAsync();
        var exchanged = Town("").Next().Losing("berget", "", 11).Editing("berget0", row => LogsInAs(row, "berget1")).Editing("berget1", row => LogsInAs(row, "berget0"));
        _settings["dataSourceKey"] = "EDU";
        learn.Habits.Fault = (kind, _) => kind == "person" ? (isTaken ? LearnFault.HangUpAfterTaking : LearnFault.StackTrace) : null;
        await Make(learn, isBefore ? exchanged : Town("")).RunAsync();
        learn.WorkThrough();
        learn.Habits.Fault = (_, _) => null;

        await Make(learn, exchanged).RunAsync();
        Assert.Equal("berget1@id.example", Person(learn, "berget0")["user_id"]);
        Assert.Equal("berget0@id.example", Person(learn, "berget1")["user_id"]);
        Assert.False(Person(learn, "berget11").IsEnabled);
        await AssertQuietAsync(learn, exchanged);
    }

    private static JsonSchoolData Town(string prefix) => GuardTown.WithIdsOf(prefix, ("berget", 12));

    private static void LogsInAs(JsonObject row, string label) => row["eduPersonPrincipalNames"] = new JsonArray($"{label}@id.example");

    private static LearnRecord Person(LearnServer learn, string label) => learn.State.Find("person", Ids.Of(label))!;

    /// <summary>All pupils are to have other keys, and the answer to that is lost, with the file or without.</summary>
    private async Task<LearnServer> InDoubtAsync(bool isTaken)
    {
        var learn = await LearnServer.StartAsync();
        learn.State.DataSources.Add("EDU");
        _settings["hierarchy"] = new JsonObject { ["parentNode"] = LearnState.RootNode };
        await Make(learn, Town("")).RunAsync();
        var night = Make(learn, Town("new-"));
        var held = await night.RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        learn.Habits.Fault = (kind, _) => kind == "person" ? LearnFault.HangUpAfterTaking : null;
        learn.Integrations[0].State = isTaken ? IntegrationState.Active : IntegrationState.Testing;
        await night.ApproveAllAsync(held.Run.Run);
        learn.WorkThrough();
        learn.Integrations[0].State = IntegrationState.Active;
        learn.Habits.Fault = (_, _) => null;
        Assert.Equal(isTaken, learn.State.Find("person", Ids.Of("new-berget0")) is not null);
        return learn;
    }

    /// <summary>From the second night on Learn has nothing to refuse.</summary>
    private async Task AssertQuietAsync(LearnServer learn, ISchoolData town)
    {
        await Make(learn, town).RunAsync();
        var sets = learn.DataSets.Count;
        var night = await Make(learn, town).RunAsync();
        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
        Assert.Empty(learn.DataSets.Skip(sets).SelectMany(set => set.Errors));
        Assert.DoesNotContain(learn.DataSets.Skip(sets), set => set.Post.Operation == "delete" || set.Post.Text.Contains("new_", StringComparison.Ordinal));
    }

    private Night Make(LearnServer learn, ISchoolData town)
    {
        _day = _day.AddDays(1);
        return new Night(_ground, town).As(_tenant).On(_day).To(learn, (JsonObject)_settings.DeepClone(), _time);
    }
}
