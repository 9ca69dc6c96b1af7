using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>While nobody knows whether records were moved, they are moved again, night by night, and none of them is taken for gone.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LearnOpenMovesTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private DateOnly _day = Night.Today;

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("store", true)]
    [InlineData("store", false)]
    [InlineData("refresh", true)]
    [InlineData("refresh", false)]
    public async Task A_lost_post_of_changed_keys_is_made_again_and_disables_nobody(string operation, bool isWorkedThrough)
    {
        await using var learn = await LearnServer.StartAsync();
        var settings = new JsonObject { ["operation"] = operation, ["hierarchy"] = new JsonObject { ["parentNode"] = LearnState.RootNode } };
        await PassAsync(learn, Town(""), settings);
        var numbers = NumbersByLogin(learn);
        await RekeyAsync(learn, settings, (kind, _) => kind == "person" ? LearnFault.HangUpAfterTaking : null, ReceiptState.Unknown);
        if (isWorkedThrough)
        {
            learn.WorkThrough();
        }

        Assert.Equal(13, learn.State.Enabled("person").Count);
        var (posts, sets) = (learn.Posts.Count, learn.DataSets.Count);
        var again = await Make(learn, Town("new-"), settings).RunAsync();
        Assert.Equal(isWorkedThrough ? RunState.DeliveredWithErrors : RunState.Delivered, again.Run.State);
        Assert.Equal("person/store", learn.Posts[posts].ToString());
        Assert.Contains("new_external_person_key", learn.Posts[posts].Text);
        AssertMigrated(learn, numbers);

        (posts, sets) = (learn.Posts.Count, learn.DataSets.Count);
        await PassAsync(learn, Town("new-"), settings);
        Assert.DoesNotContain(learn.Posts.Skip(posts), post => post.Text.Contains("new_external", StringComparison.Ordinal));
        await PassAsync(learn, Town("new-").Next().Losing("berget", "new-", 11), settings);
        Assert.Empty(learn.DataSets.Skip(sets).SelectMany(set => set.Errors));
        Assert.False(learn.State.Find("person", Ids.Of("new-berget11"))!.IsEnabled);
        Assert.Equal(12, learn.State.Enabled("person").Count);
    }

    /// <summary>Under whichever key Learn has the account.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_leaves_meanwhile_leaves(bool isWorkedThrough)
    {
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""), []);
        await RekeyAsync(learn, [], (kind, _) => kind == "person" ? LearnFault.HangUpAfterTaking : null, ReceiptState.Unknown);
        if (isWorkedThrough)
        {
            learn.WorkThrough();
        }

        await Make(learn, Town("new-").Next().Losing("berget", "new-", 11), []).RunAsync();

        Assert.Equal(12, learn.State.Enabled("person").Count);
        Assert.False(learn.State.Records("person").Single(row => row["user_id"] == "berget11@id.example").IsEnabled);
    }

    [Fact]
    public async Task What_hangs_on_people_with_new_keys_is_known_by_them_although_its_own_file_failed()
    {
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""), []);
        await RekeyAsync(learn, [], (kind, _) => kind == "membership" ? LearnFault.ServerError : null, ReceiptState.Unknown);
        var sets = learn.DataSets.Count;

        await PassAsync(learn, Town("new-").Next().Losing("berget", "new-", 11), []);

        Assert.Empty(learn.DataSets.Skip(sets).SelectMany(set => set.Errors));
        Assert.Equal(12, learn.State.Enabled("membership").Count);
    }

    /// <summary>To the guard nothing was delivered, so that the new ids wait again, and Learn follows.</summary>
    [Fact]
    public async Task When_a_delivery_breaks_down_after_the_move_accounts_get_their_former_keys_back()
    {
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""), []);
        var numbers = NumbersByLogin(learn);
        await RekeyAsync(learn, [], (kind, _) => kind == "course" ? LearnFault.Busy : null, state: null);
        Assert.Equal(12, learn.State.Enabled("person").Count(key => key != Ids.Of("berget-teacher") && learn.State.Find("person", key)!.IsEnabled));

        var night = Make(learn, Town("new-"), []);
        var held = await night.RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Equal(13, learn.State.Enabled("person").Count);
        Assert.Contains(Ids.Of("berget0"), learn.State.Enabled("person"));
        Assert.Equal(numbers, NumbersByLogin(learn));

        await night.ApproveAllAsync(held.Run.Run);
        AssertMigrated(learn, numbers);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    public async Task Records_that_Learn_would_not_move_are_moved_once_the_data_source_is_right(string operation)
    {
        await using var learn = await LearnServer.StartAsync();
        learn.State.DataSources.Add("EDU");
        var settings = new JsonObject { ["operation"] = operation, ["dataSourceKey"] = "SYSTEM" };
        await PassAsync(learn, Town(""), settings);

        foreach (var mistyped in new[] { "EDUU", "EDUU", "UDE" })
        {
            settings["dataSourceKey"] = mistyped;
            await Make(learn, Town(""), settings).RunAsync();
            Assert.Equal(13, learn.State.Enabled("person").Count);
        }

        settings["dataSourceKey"] = "EDU";
        var sets = learn.DataSets.Count;
        await PassAsync(learn, Town(""), settings);
        Assert.All(new[] { "person", "course", "membership" }.SelectMany(learn.State.Records), row => Assert.Equal("EDU", row.DataSource));

        await PassAsync(learn, Town("").Next().Losing("berget", "", 11), settings);
        await PassAsync(learn, Town("").Next().Losing("berget", "", 11), settings);
        Assert.Empty(learn.DataSets.Skip(sets).SelectMany(set => set.Errors));
        Assert.False(learn.State.Find("person", Ids.Of("berget11"))!.IsEnabled);
        Assert.DoesNotContain("new_data_source_key", learn.Posts[^1].Text, StringComparison.Ordinal);
    }

    private static JsonSchoolData Town(string prefix) => GuardTown.WithIdsOf(prefix, ("berget", 12));

    private static Dictionary<string, int> NumbersByLogin(LearnServer learn) => learn.State.Records("person").ToDictionary(row => row["user_id"], row => row.Number);

    private static void AssertMigrated(LearnServer learn, Dictionary<string, int> numbers)
    {
        Assert.Equal(numbers, NumbersByLogin(learn));
        Assert.Equal(
            Enumerable.Range(0, 12).Select(number => Ids.Of($"new-berget{number}")).Append(Ids.Of("berget-teacher")).Order(StringComparer.Ordinal),
            learn.State.Enabled("person"));
        Assert.Equal(13, learn.State.Enabled("membership").Count);
    }

    /// <summary>All pupils come under other ids, an operator approves them, and something goes wrong that night.</summary>
    private async Task RekeyAsync(LearnServer learn, JsonObject settings, Func<string, string, LearnFault?> fault, ReceiptState? state)
    {
        var night = Make(learn, Town("new-"), settings);
        var held = await night.RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        learn.Habits.Fault = fault;
        var (approved, refusal) = await night.ApproveAllAsync(held.Run.Run);
        learn.Habits.Fault = (_, _) => null;
        Assert.Null(refusal);
        Assert.True(state is null || approved.Run.Feeds[0].State == state, $"{approved.Run.Feeds[0].State}: {approved.Run.StateReason}");
    }

    private async Task PassAsync(LearnServer learn, ISchoolData town, JsonObject settings)
    {
        var night = await Make(learn, town, settings).RunAsync();
        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
    }

    private Night Make(LearnServer learn, ISchoolData town, JsonObject settings)
    {
        _day = _day.AddDays(1);
        return new Night(_ground, town).As(_tenant).On(_day).To(learn, (JsonObject)settings.DeepClone(), _time);
    }
}
