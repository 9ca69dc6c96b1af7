using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>A server that was restored to an earlier day has what the register says once everything is said again.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimRestoredTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly RestlessTown _town = new(new Random(19));

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData(ScimQuirk.None)]
    [InlineData(ScimQuirk.WholeOnly)]
    [InlineData(ScimQuirk.ListsNothing)]
    public async Task Who_has_left_a_class_leaves_it_again_and_others_stay(object quirk)
    {
        await using var server = await ScimQuirks.StartAsync((ScimQuirk)quirk);
        var nights = Nights(server);
        await nights.NextAsync(WithMember("north-8", "pupil1x"));
        var backup = server.BackUp();
        await nights.NextAsync(_town.Write());
        server.Restore(backup);
        server.AddOther(GroupId(server, "North-8"));

        var total = await nights.Next(_town.Write().Data).Total().RunAsync();

        Assert.Equal(RunState.Delivered, total.Run.State);
        var members = server.State.MembersOf(GroupId(server, "North-8"));
        Assert.DoesNotContain(Ids.Of("pupil1x"), members);
        Assert.Equal(8, members.Count);
        Assert.Contains("other", members);
    }

    /// <summary>A list that is shorter than what was given is no list that is shown in part.</summary>
    [Theory]
    [InlineData(ScimQuirk.None)]
    [InlineData(ScimQuirk.PatchesNothing)]
    [InlineData(ScimQuirk.AddsInstead)]
    [InlineData(ScimQuirk.ShowsThreeMembers)]
    public async Task Who_has_come_to_a_class_comes_to_it_again(object quirk)
    {
        await using var server = await ScimQuirks.StartAsync((ScimQuirk)quirk);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        var backup = server.BackUp();
        var school = WithMember("north-8", "pupil1x");
        await nights.NextAsync(school);
        server.Restore(backup);

        await nights.Next(school.Data).Total().RunAsync();

        Assert.Equal(8, server.State.MembersOf(GroupId(server, "North-8")).Count);
        Assert.Contains(Ids.Of("pupil1x"), server.State.MembersOf(GroupId(server, "North-8")));
    }

    /// <summary>It is said once more of a server that lacks nothing.</summary>
    [Fact]
    public async Task Members_of_others_stay_where_a_list_is_shown_in_part()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.ShowsThreeMembers);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        string[] groups = [.. server.State.Groups.Select(group => (string)group["externalId"]!)];
        groups.ToList().ForEach(server.AddOther);

        await nights.Next(_town.Write().Data).Total().RunAsync();

        Assert.All(groups, group => Assert.Contains("other", server.State.MembersOf(group)));
        Assert.All(groups, group => Assert.Equal(8, server.State.MembersOf(group).Count));
    }

    [Fact]
    public async Task A_class_that_is_gone_loses_again_whom_it_had()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.None);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        var backup = server.BackUp();
        var school = WithoutClass("north-7");
        await nights.NextAsync(school);
        server.Restore(backup);
        server.AddOther(GroupId(server, "North-7"));

        await nights.Next(school.Data).Total().RunAsync();

        Assert.Equal(["other"], server.State.MembersOf(GroupId(server, "North-7")));
    }

    /// <summary>A class keeps whom it has while nobody may be taken away.</summary>
    [Fact]
    public async Task While_removals_are_frozen_nobody_leaves_a_class_for_a_restored_server()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.None);
        var nights = Nights(server);
        await nights.NextAsync(WithMember("north-8", "pupil1x"));
        var backup = server.BackUp();
        await nights.NextAsync(_town.Write());
        server.Restore(backup);

        await Frozen(nights, _town.Write(), "removals").Total().RunAsync();

        Assert.Contains(Ids.Of("pupil1x"), server.State.MembersOf(GroupId(server, "North-8")));
    }

    [Theory]
    [InlineData(ScimQuirk.None)]
    [InlineData(ScimQuirk.WholeOnly)]
    [InlineData(ScimQuirk.FindsNothing)]
    [InlineData(ScimQuirk.ListsNothing)]
    public async Task Logins_that_were_exchanged_since_are_exchanged_again(object quirk)
    {
        await using var server = await ScimQuirks.StartAsync((ScimQuirk)quirk);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        var backup = server.BackUp();
        var school = WithLogins(("pupil1x", "user2y"), ("pupil2x", "user1y"), ("pupil3x", "nine"));
        school.Student("newcomer", "north")["eduPersonPrincipalNames"] = new JsonArray("USER3Y@id.example");
        await nights.NextAsync(school);
        server.Restore(backup);

        var total = await nights.Next(school.Data).Total().RunAsync();

        Assert.True(total.Run.State == RunState.Delivered, $"{total.Run.State} {total.Run.Feeds[0].Reason}\n{string.Join('\n', server.Calls)}");
        Assert.Equal(
            ["user2y@id.example", "user1y@id.example", "nine@id.example", "USER3Y@id.example"],
            new[] { "pupil1x", "pupil2x", "pupil3x", "newcomer" }.Select(label => (string?)Assert.Single(server.UsersOf(Ids.Of(label)))["userName"]));
    }

    [Fact]
    public async Task A_login_that_somebody_else_has_there_is_left_to_them()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.None);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        server.AddOther(GroupId(server, "North-7"));

        var night = await nights.NextAsync(WithLogins(("pupil1x", "other")));

        Assert.Contains("409 uniqueness", night.Run.Feeds[0].Reason);
        Assert.Equal("other@id.example", (string?)Assert.Single(server.UsersOf("other"))["userName"]);
    }

    [Theory]
    [InlineData("removals")]
    [InlineData("all")]
    public async Task Who_is_protected_and_back_goes_again_also_while_nobody_else_may(string frozen)
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.None);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        var (backup, school) = (server.BackUp(), _town.Write());
        school.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("pupil1x"))["securityMarking"] = "Sekretessmarkering";
        await nights.NextAsync(school);
        Assert.Empty(server.UsersOf(Ids.Of("pupil1x")));
        server.Restore(backup);

        await Frozen(nights, school, frozen).Total().RunAsync();

        Assert.Empty(server.UsersOf(Ids.Of("pupil1x")));
    }

    private ScimNights Nights(ScimQuirks server)
    {
        var nights = new ScimNights(_ground, server.BaseUrl);
        nights.Overrides["guard"] = JsonNode.Parse("""{"maxRemovedPercent": 100, "maxChangedPercent": 100, "maxAddedPercent": 100, "maxColumnPercent": 100, "windowDays": 0}""");
        return nights;
    }

    private static Night Frozen(ScimNights nights, SchoolBuilder school, string what) =>
        nights.Next(school.Data).WithFeed("freeze", new JsonObject { ["until"] = "2027-01-10", ["what"] = what });

    private static string GroupId(ScimQuirks server, string name) => (string)server.State.Groups.Single(group => (string?)group["displayName"] == name)["externalId"]!;

    private SchoolBuilder WithMember(string group, string label)
    {
        var school = _town.Write();
        Of(school, Collections.Groups, group)["groupMemberships"]!.AsArray().Add((JsonNode)new JsonObject { ["person"] = SchoolBuilder.Reference(label) });
        return school;
    }

    private SchoolBuilder WithoutClass(string group)
    {
        var school = _town.Write();
        school.Data[Collections.Groups].Remove(Of(school, Collections.Groups, group));
        school.Data[Collections.Activities].Remove(Of(school, Collections.Activities, $"{group}-hours"));
        return school;
    }

    private SchoolBuilder WithLogins(params (string Label, string Login)[] people)
    {
        var school = _town.Write();
        foreach (var (label, login) in people)
        {
            Of(school, Collections.Persons, label)["eduPersonPrincipalNames"] = new JsonArray($"{login}@id.example");
        }

        return school;
    }

    private static JsonObject Of(SchoolBuilder school, string collection, string label) => school.Data[collection].Single(row => (string?)row["id"] == Ids.Of(label));
}
