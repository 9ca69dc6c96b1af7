using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Records that get another data source or another key are the same records afterwards, with all that hangs on them.</summary>
[Collection(LearnTests.Name)]
public sealed class LearnMovesTests(AzuriteFixture azurite)
{
    private readonly SkippingTime _time = new();

    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    public async Task Another_data_source_key_moves_what_Learn_has(string operation)
    {
        await using var learn = await LearnServer.StartAsync(new LearnIntegration { DataSource = "NEW" });
        learn.State.DataSources.Add("OLD");
        var town = GuardTown.Of(("berget", 3));
        var settings = Settings(operation, "OLD");
        var first = await NextAsync(learn, town, settings, null, "2026-09-01");
        var before = Numbers(learn);
        Assert.All(learn.State.Records("membership"), row => Assert.Equal("OLD", row.DataSource));
        var posts = learn.Posts.Count;

        settings["dataSourceKey"] = "NEW";
        await NextAsync(learn, town, settings, first.Run.Tenant, "2026-09-02");
        var moved = learn.Posts.Skip(posts).ToList();
        await NextAsync(learn, town.Next().Losing("berget", 2, 3), settings, first.Run.Tenant, "2026-09-03");

        Assert.Equal(["node/store", "person/store", "course/store", "userassociation/store", "courseassociation/store", "membership/store"], moved.Take(6).Select(post => post.ToString()));
        Assert.EndsWith("|row_status|new_data_source_key|data_source_key", moved[1].Text.Split('\n')[0]);
        Assert.All(moved[1].Text.TrimEnd('\n').Split('\n').Skip(1), row => Assert.EndsWith("|enabled|NEW|OLD", row));
        Assert.All(Kinds.SelectMany(learn.State.Records).Where(row => row.Owner != "system"), row => Assert.Equal("NEW", row.DataSource));
        Assert.DoesNotContain(learn.Posts.Skip(posts + moved.Count), post => post.Text.Contains("new_data_source_key"));
        Assert.All(Numbers(learn), row => Assert.Equal(before[row.Key], row.Value));
        Assert.Equal(3, learn.State.Enabled("person").Count);
        Assert.Empty(learn.DataSets.SelectMany(set => set.Errors));
    }

    [Fact]
    public async Task People_under_new_ids_keep_their_accounts_when_an_operator_approves_them()
    {
        await using var learn = await LearnServer.StartAsync();
        var settings = Settings("store", "SYSTEM");
        var first = await NextAsync(learn, GuardTown.Of(("berget", 8)), settings, null, "2026-09-01");
        var numbers = learn.State.Records("person").ToDictionary(row => row["user_id"], row => row.Number);
        var (memberships, places) = (learn.State.Records("membership").ToDictionary(row => row.Number), learn.State.Records("userassociation").ToDictionary(row => row.Number));

        var night = Night(learn, GuardTown.WithIdsOf("new-", ("berget", 8)), settings, first.Run.Tenant, "2026-09-02");
        var held = await night.RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Equal(9, learn.State.Enabled("person").Count);
        var (approved, refusal) = await night.ApproveAsync(held.Run.Run, held.Run.Feeds[0].Plan!.Hash);

        Assert.Null(refusal);
        Assert.True(approved.Run.State == RunState.Delivered, approved.Run.StateReason);
        Assert.Empty(learn.DataSets.SelectMany(set => set.Errors));
        Assert.Equal(
            Enumerable.Range(0, 8).Select(number => Ids.Of($"new-berget{number}")).Append(Ids.Of("berget-teacher")).Order(StringComparer.Ordinal),
            learn.State.Records("person").Select(row => row.Key));
        Assert.All(learn.State.Records("person"), row => Assert.Equal(numbers[row["user_id"]], row.Number));
        Assert.All(learn.State.Records("membership"), row => Assert.True(row.IsEnabled && memberships.ContainsKey(row.Number)));
        Assert.Equal(places.Count, learn.State.Records("userassociation").Count);
        Assert.All(learn.State.Records("userassociation"), row => Assert.True(places.ContainsKey(row.Number)));

        // The nights after know them by the new keys alone.
        var posts = learn.Posts.Count;
        await NextAsync(learn, GuardTown.WithIdsOf("new-", ("berget", 8)), settings, first.Run.Tenant, "2026-09-03");
        Assert.Equal(["node/store", "person/store", "course/store", "membership/store"], learn.Posts.Skip(posts).Select(post => post.ToString()));
        Assert.DoesNotContain("disabled", string.Concat(learn.Posts.Skip(posts).Select(post => post.Text)));
    }

    private static string[] Kinds => ["node", "person", "course", "membership", "userassociation", "courseassociation"];

    private static JsonObject Settings(string operation, string source) => new()
    {
        ["operation"] = operation,
        ["dataSourceKey"] = source,
        ["hierarchy"] = new JsonObject { ["parentNode"] = LearnState.RootNode },
    };

    private static Dictionary<string, int> Numbers(LearnServer learn) =>
        Kinds.SelectMany(learn.State.Records).ToDictionary(row => $"{row.Kind} {row.Key}", row => row.Number);

    private Night Night(LearnServer learn, ISchoolData town, JsonObject settings, string? tenant, string day)
    {
        var night = azurite.Night(town).On(day).To(learn, (JsonObject)settings.DeepClone(), _time);
        return tenant is null ? night : night.As(tenant).AcceptingShrink();
    }

    private async Task<NightResult> NextAsync(LearnServer learn, ISchoolData town, JsonObject settings, string? tenant, string day)
    {
        var night = await Night(learn, town, settings, tenant, day).RunAsync();
        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
        return night;
    }
}
