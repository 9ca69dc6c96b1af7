using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>Nights into servers with habits: what they do not tell is not known, and what they do not do is told.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimHabitsTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly RestlessTown _town = new(new Random(11));

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task A_server_that_does_not_keep_our_ids_is_told_before_anybody_more_is_created()
    {
        await using var server = await ScimHabits.StartAsync();
        server.KeepsIds = false;
        var nights = new ScimNights(_ground, server.BaseUrl);

        for (var number = 0; number < 3; number++)
        {
            var night = await nights.NextAsync(_town.Write());

            Assert.Equal(RunState.Failed, night.Run.State);
            Assert.Contains("does not keep externalId", night.Run.Feeds[0].Reason);
            Assert.Empty(server.Users);
            Assert.Equal(number + 1, server.Calls.Count(call => call.StartsWith("POST", StringComparison.Ordinal)));
        }
    }

    /// <summary>An empty answer to a look-up proves nothing of a server that has forgotten our ids.</summary>
    [Fact]
    public async Task Who_is_protected_is_not_taken_for_gone_because_a_server_finds_nobody()
    {
        await using var server = await ScimHabits.StartAsync();
        var nights = new ScimNights(_ground, server.BaseUrl);
        await nights.NextAsync(_town.Write());
        server.Users.ToList().ForEach(user => user.Remove("externalId"));

        var night = await nights.Next(Protecting("pupil1x").Data).WithFeed("freeze", new JsonObject { ["until"] = "2027-01-10" }).RunAsync();

        Assert.Contains("nobody knows whether the user is gone", (await night.ReceiptAsync()).Reason);
    }

    [Theory]
    [InlineData(405, false)]
    [InlineData(501, false)]
    [InlineData(403, true)]
    public async Task Who_cannot_be_deleted_is_closed_and_emptied_and_that_is_told(int answer, bool wantsNames)
    {
        await using var server = await ScimHabits.StartAsync();
        (server.Deletion, server.WantsNames) = (answer, wantsNames);
        var nights = new ScimNights(_ground, server.BaseUrl);
        await nights.NextAsync(_town.Write());
        var place = (string)server.UserOf(Ids.Of("pupil1x"))["id"]!;

        for (var number = 0; number < 3; number++)
        {
            var night = await nights.NextAsync(Protecting("pupil1x"));

            Assert.Equal(RunState.DeliveredWithErrors, night.Run.State);
            Assert.Contains("no longer active and has no name there", night.Run.Feeds[0].Reason);
            Assert.Contains("may be somebody protected", night.Run.Feeds[0].Reason);
            var left = server.UserOf(Ids.Of("pupil1x"));
            Assert.False((bool)left["active"]!);
            Assert.DoesNotContain("pupil1x", left.ToJsonString());
            Assert.All(server.Groups, group => Assert.DoesNotContain(place, group.ToJsonString()));
        }
    }

    [Theory]
    [InlineData(MembersShown.Everywhere)]
    [InlineData(MembersShown.WhenAsked)]
    public async Task One_member_more_leaves_all_others_in_a_group(object shown)
    {
        await using var server = await ScimHabits.StartAsync();
        server.Members = (MembersShown)shown;
        var nights = new ScimNights(_ground, server.BaseUrl);
        await nights.NextAsync(_town.Write());
        var before = server.Sizes();

        var night = await nights.NextAsync(WithOneMore());

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal(before.Replace("North-7:7", "North-7:8", StringComparison.Ordinal), server.Sizes());
        Assert.Empty((await nights.Next(WithOneMore().Data).DriftAsync(ScimNights.Feed)).Drift);
    }

    [Fact]
    public async Task A_list_that_is_never_told_is_never_put()
    {
        await using var server = await ScimHabits.StartAsync();
        server.Members = MembersShown.Never;
        var nights = new ScimNights(_ground, server.BaseUrl);
        await nights.NextAsync(_town.Write());
        var before = server.Sizes();

        for (var number = 0; number < 2; number++)
        {
            var night = await nights.NextAsync(WithOneMore());

            Assert.Equal(RunState.DeliveredWithErrors, night.Run.State);
            Assert.Contains("does not tell whom the group has", night.Run.Feeds[0].Reason);
            Assert.Equal(before, server.Sizes());
        }

        var drift = (await nights.Next(WithOneMore().Data).DriftAsync(ScimNights.Feed)).Drift;
        Assert.Equal(["members that are not told"], drift.Where(found => found.Kind == "Groups").Select(found => found.What));
    }

    /// <summary>A group that lost everybody over the summer shows no list at all, and gets its members back in autumn.</summary>
    [Fact]
    public async Task A_list_that_we_have_emptied_is_empty_although_it_is_not_told()
    {
        await using var server = await ScimHabits.StartAsync();
        var nights = new ScimNights(_ground, server.BaseUrl);
        await nights.NextAsync(_town.Write());
        var (before, school) = (server.Sizes(), _town.Write());
        school.Data[Collections.Groups].Remove(Of(school, Collections.Groups, "north-7"));
        school.Data[Collections.Activities].Remove(Of(school, Collections.Activities, "north-7-hours"));
        await nights.NextAsync(school);
        Assert.Contains("North-7:0", server.Sizes());
        server.Groups.Where(group => group["members"] is JsonArray { Count: 0 }).ToList().ForEach(group => group.Remove("members"));

        await nights.NextAsync(_town.Write());

        Assert.Equal(before, server.Sizes());
    }

    private SchoolBuilder WithOneMore()
    {
        var school = _town.Write();
        Of(school, Collections.Groups, "north-7")["groupMemberships"]!.AsArray().Add((JsonNode)new JsonObject { ["person"] = SchoolBuilder.Reference("pupil20x") });
        return school;
    }

    private SchoolBuilder Protecting(string label)
    {
        var school = _town.Write();
        Of(school, Collections.Persons, label)["securityMarking"] = "Sekretessmarkering";
        return school;
    }

    private static JsonObject Of(SchoolBuilder school, string collection, string label) => school.Data[collection].Single(row => (string?)row["id"] == Ids.Of(label));
}
