using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>A Learn that was restored to an earlier day, by whatever it called people then, is right after everything was said once more.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LearnRestoredTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly JsonObject _settings = new() { ["hierarchy"] = new JsonObject { ["parentNode"] = LearnState.RootNode } };
    private DateOnly _day = Night.Today;

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    public async Task Login_names_that_changed_hands_since_do_so_again(string operation)
    {
        _settings["operation"] = operation;
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""));
        var backup = new LearnBackup(learn);
        var town = Town("").Next().Losing("berget", "", 11).Editing("berget0", row => LogsInAs(row, "berget1")).Editing("berget1", row => LogsInAs(row, "berget2"))
            .Editing("berget2", row => LogsInAs(row, "berget0")).Editing("berget3", row => LogsInAs(row, "berget11"));
        await PassAsync(learn, town);
        town = town.Next().Editing("berget3", row => LogsInAs(row, "other")).Editing("berget4", row => LogsInAs(row, "berget11"));
        await PassAsync(learn, town);

        backup.Restore();
        await Make(learn, town).Total().RunAsync();

        Assert.Equal(
            ["berget1@id.example", "berget2@id.example", "berget0@id.example", "other@id.example", "berget11@id.example"],
            Enumerable.Range(0, 5).Select(number => Person(learn, $"berget{number}")["user_id"]));
        Assert.False(Person(learn, "berget11").IsEnabled);
        await AssertQuietAsync(learn, town);
    }

    /// <summary>The next night says once more that they leave, when nothing of the record is known any more but the login name that is its own.</summary>
    [Fact]
    public async Task A_login_name_of_who_left_on_a_night_that_failed_is_given_up_again()
    {
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""));
        var backup = new LearnBackup(learn);
        var town = Town("").Next().Losing("berget", "", 11);
        learn.Habits.Fault = (kind, _) => kind == "person" ? LearnFault.ServerError : null;
        await Make(learn, town).RunAsync();
        learn.Habits.Fault = (_, _) => null;
        await PassAsync(learn, town);
        await PassAsync(learn, town);
        town = town.Next().Editing("berget3", row => LogsInAs(row, "berget11"));
        await PassAsync(learn, town);

        backup.Restore();
        await Make(learn, town).Total().RunAsync();

        Assert.Equal("berget11@id.example", Person(learn, "berget3")["user_id"]);
        Assert.False(Person(learn, "berget11").IsEnabled);
        await AssertQuietAsync(learn, town);
    }

    [Theory]
    [InlineData("store", false)]
    [InlineData("store", true)]
    [InlineData("refresh", false)]
    public async Task Accounts_get_the_keys_once_more_that_they_were_given_since(string operation, bool isTwice)
    {
        _settings["operation"] = operation;
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""));
        var backup = new LearnBackup(learn);
        await RekeyAsync(learn, "", isTwice ? "mid-" : "new-");
        if (isTwice)
        {
            await RekeyAsync(learn, "mid-", "new-");
        }

        var town = Town("new-").Next().Losing("berget", "new-", 11);
        await PassAsync(learn, town);
        backup.Restore();
        var numbers = learn.State.Records("person").ToDictionary(row => row["firstname"], row => row.Number);
        await Make(learn, town).RunAsync();
        await Make(learn, town).Total().RunAsync();

        Assert.Equal(12, learn.State.Enabled("person").Count);
        Assert.All(Enumerable.Range(0, 11), number => Assert.Equal(numbers[$"berget{number}"], Person(learn, $"new-berget{number}").Number));
        Assert.Equal("berget0@id.example", Person(learn, "new-berget0")["user_id"]);
        Assert.Equal(12, learn.State.Enabled("membership").Count);
        await AssertQuietAsync(learn, town);
        Assert.Equal(12, learn.State.Records("userassociation").Count);

        await Make(learn, town.Next().Editing("new-berget5", row => row["securityMarking"] = "Skyddad folkbokföring")).RunAsync();
        Assert.False(Person(learn, "new-berget5").IsEnabled);
        Assert.Equal(11, learn.State.Enabled("person").Count);
    }

    /// <summary>Before anybody has said everything once more.</summary>
    [Fact]
    public async Task Who_becomes_protected_leaves_under_the_former_key_as_well()
    {
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""));
        var backup = new LearnBackup(learn);
        await RekeyAsync(learn, "", "new-");
        backup.Restore();

        await Make(learn, Town("new-").Next().Editing("new-berget5", row => row["securityMarking"] = "Skyddad folkbokföring")).RunAsync();

        Assert.All(learn.State.Records("person").Where(row => row["firstname"] == "berget5"), row => Assert.False(row.IsEnabled));
        Assert.DoesNotContain(learn.State.Enabled("membership"), key => key.Contains(Ids.Of("berget5"), StringComparison.Ordinal));
    }

    /// <summary>Nobody else does then.</summary>
    [Fact]
    public async Task Who_is_protected_leaves_once_more_while_removals_are_frozen()
    {
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""));
        var backup = new LearnBackup(learn);
        var town = Town("").Next().Losing("berget", "", 11).Editing("berget5", row => row["securityMarking"] = "Skyddad folkbokföring");
        await PassAsync(learn, town);
        await PassAsync(learn, town);
        backup.Restore();

        await Make(learn, town).Total().WithFeed("freeze", new JsonObject { ["until"] = "2027-01-10", ["what"] = "removals" }).RunAsync();

        Assert.Equal((false, true), (Person(learn, "berget5").IsEnabled, Person(learn, "berget11").IsEnabled));
    }

    /// <summary>Whoever had left has it again in a Learn that was restored.</summary>
    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    public async Task A_login_name_of_who_had_left_is_free_again_after_everything_was_said_once_more(string operation)
    {
        _settings["operation"] = operation;
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""));
        var backup = new LearnBackup(learn);
        var town = Town("").Next().Losing("berget", "", 11);
        await PassAsync(learn, town);
        await PassAsync(learn, town);
        backup.Restore();
        await Make(learn, town).Total().RunAsync();

        await Make(learn, town.Next().Editing("berget3", row => LogsInAs(row, "berget11"))).RunAsync();

        Assert.Equal("berget11@id.example", Person(learn, "berget3")["user_id"]);
    }

    /// <summary>Where Learn refuses keys of before, silence disables nobody that night.</summary>
    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    public async Task Who_has_gone_goes_once_more_although_others_have_their_keys_already(string operation)
    {
        _settings["operation"] = operation;
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""));
        await RekeyAsync(learn, "", "new-");
        var backup = new LearnBackup(learn);
        var town = Town("new-").Next().Losing("berget", "new-", 11).Editing("new-berget5", row => row["securityMarking"] = "Skyddad folkbokföring");
        await Make(learn, town).RunAsync();
        await Make(learn, town).RunAsync();
        backup.Restore();

        await Make(learn, town).Total().RunAsync();

        Assert.Equal((false, false), (Person(learn, "new-berget5").IsEnabled, Person(learn, "new-berget11").IsEnabled));
        Assert.DoesNotContain(learn.State.Enabled("membership"), key => key.Contains(Ids.Of("new-berget5"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Learn_that_was_not_restored_has_nothing_to_do_and_says_so_once()
    {
        await using var learn = await LearnServer.StartAsync();
        await PassAsync(learn, Town(""));
        await RekeyAsync(learn, "", "new-");
        var records = LearnBackup.All(learn).Select(Line).ToList();

        var total = await Make(learn, Town("new-")).Total().RunAsync();

        Assert.Equal(RunState.DeliveredWithErrors, total.Run.State);
        Assert.Equal(records, LearnBackup.All(learn).Select(Line));
        await AssertQuietAsync(learn, Town("new-"));

        static string Line(LearnRecord row) => $"{row.Kind} {row.Key} {row.Number} {row.IsEnabled} {string.Join('|', row.Values.OrderBy(value => value.Key, StringComparer.Ordinal))}";
    }

    private static JsonSchoolData Town(string prefix) => GuardTown.WithIdsOf(prefix, ("berget", 12));

    private static void LogsInAs(JsonObject row, string label) => row["eduPersonPrincipalNames"] = new JsonArray($"{label}@id.example");

    private static LearnRecord Person(LearnServer learn, string label) => learn.State.Find("person", Ids.Of(label))!;

    private async Task RekeyAsync(LearnServer learn, string before, string now)
    {
        Assert.NotNull(Person(learn, $"{before}berget0"));
        var night = Make(learn, Town(now));
        var held = await night.RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        await night.ApproveAllAsync(held.Run.Run);
        Assert.NotNull(Person(learn, $"{now}berget0"));
    }

    private async Task PassAsync(LearnServer learn, ISchoolData town)
    {
        var night = await Make(learn, town).RunAsync();
        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
    }

    /// <summary>What Learn refuses once more the night after, because it has it, it refuses no more.</summary>
    private async Task AssertQuietAsync(LearnServer learn, ISchoolData town)
    {
        await Make(learn, town).RunAsync();
        var sets = learn.DataSets.Count;
        await PassAsync(learn, town);
        Assert.Empty(learn.DataSets.Skip(sets).SelectMany(set => set.Errors));
    }

    private Night Make(LearnServer learn, ISchoolData town)
    {
        _day = _day.AddDays(1);
        return new Night(_ground, town).As(_tenant).On(_day).To(learn, (JsonObject)_settings.DeepClone(), _time).With("guard", new JsonObject
        {
            ["maxRemovedPercent"] = 50,
            ["maxChangedPercent"] = 100,
            ["maxColumnPercent"] = 100,
            ["windowDays"] = 0,
        });
    }
}
