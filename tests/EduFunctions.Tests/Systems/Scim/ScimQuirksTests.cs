using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>Nights into servers that do things in their own way: they have in the end what the register says, or it is told what they do not do.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimQuirksTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly RestlessTown _town = new(new Random(17));

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData(ScimQuirk.None)]
    [InlineData(ScimQuirk.SaysNothing)]
    [InlineData(ScimQuirk.WritesCapitals)]
    [InlineData(ScimQuirk.ListsActive)]
    [InlineData(ScimQuirk.ListsActive | ScimQuirk.FindsActive)]
    [InlineData(ScimQuirk.CountsPages)]
    [InlineData(ScimQuirk.ListsNothing)]
    [InlineData(ScimQuirk.WritesOtherwise)]
    [InlineData(ScimQuirk.PatchesNothing)]
    [InlineData(ScimQuirk.PatchesNothing | ScimQuirk.SaysNothing)]
    [InlineData(ScimQuirk.PatchesNoActive)]
    [InlineData(ScimQuirk.PatchesNoUserName)]
    [InlineData(ScimQuirk.CreatesInactive)]
    [InlineData(ScimQuirk.CreatesInactive | ScimQuirk.WholeOnly)]
    [InlineData(ScimQuirk.CreatesWithoutMembers)]
    [InlineData(ScimQuirk.CreatesWithoutMembers | ScimQuirk.WholeOnly)]
    [InlineData(ScimQuirk.ShowsThreeMembers)]
    [InlineData(ScimQuirk.ShowsThreeMembers | ScimQuirk.WantsTargets)]
    [InlineData(ScimQuirk.ShowsThreeMembers | ScimQuirk.WholeOnly)]
    [InlineData(ScimQuirk.FiltersNoMembers)]
    [InlineData(ScimQuirk.TakesFiveMembers)]
    [InlineData(ScimQuirk.DeletesInactive)]
    [InlineData(ScimQuirk.ForgetsOfBulk)]
    [InlineData(ScimQuirk.ForgetsOfBulk | ScimQuirk.CreatesInactive)]
    [InlineData(ScimQuirk.CountsHidden)]
    [InlineData(ScimQuirk.CountsHidden | ScimQuirk.FindsNothing)]
    [InlineData(ScimQuirk.Shuffles)]
    [InlineData(ScimQuirk.Shuffles | ScimQuirk.CountsHidden)]
    [InlineData(ScimQuirk.AddsInstead)]
    [InlineData(ScimQuirk.AddsInstead | ScimQuirk.SaysNothing)]
    [InlineData(ScimQuirk.ListsLater)]
    [InlineData(ScimQuirk.PagesOfTen)]
    [InlineData(ScimQuirk.RefusesInactive)]
    [InlineData(ScimQuirk.DropsInactive)]
    [InlineData(ScimQuirk.IgnoresFilters)]
    public async Task The_server_has_what_the_register_says(object quirk)
    {
        await using var server = await ScimQuirks.StartAsync((ScimQuirk)quirk);
        var nights = Nights(server);
        for (var number = 1; number <= 6; number++)
        {
            var night = await nights.NextAsync(_town.Write());

            var state = server.State;
            Assert.True(night.Run.State == RunState.Delivered, $"night {number}: {night.Run.State} {night.Run.Feeds[0].Reason}\n{string.Join('\n', server.Calls)}");
            Assert.Empty(_town.Differences(state));
            Assert.All(_town.Hidden, label => Assert.DoesNotContain(Ids.Of(label), state.Text));
            server.Calls.Clear();
            _town.Change();
            if (number % 2 == 0)
            {
                _town.Hide();
            }
        }

        var (last, total) = (await nights.NextAsync(_town.Write()), await nights.Next(_town.Write().Data).Total().RunAsync());
        Assert.True(total.Run.State == RunState.Delivered, $"{last.Run.State} {total.Run.State} {total.Run.Feeds[0].Reason}");
    }

    [Theory]
    [InlineData(400, ScimQuirk.None)]
    [InlineData(409, ScimQuirk.None)]
    [InlineData(423, ScimQuirk.WholeOnly)]
    [InlineData(500, ScimQuirk.None)]
    [InlineData(204, ScimQuirk.DeletesSoftly)]
    public async Task Who_is_still_there_after_a_deletion_is_closed_and_emptied_and_that_is_told(int deletion, object quirk)
    {
        await using var server = await ScimQuirks.StartAsync((ScimQuirk)quirk);
        server.Deletion = deletion;
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());

        for (var number = 0; number < 2; number++)
        {
            var night = await nights.NextAsync(Protecting("pupil1x"));

            Assert.Equal(RunState.DeliveredWithErrors, night.Run.State);
            Assert.Contains($"{deletion} to a deletion, so the user is no longer active and has no name there, but is not gone", night.Run.Feeds[0].Reason);
            var left = Assert.Single(server.UsersOf(Ids.Of("pupil1x")));
            Assert.False((bool)left["active"]!);
            Assert.DoesNotContain("pupil1x", left.ToJsonString());
        }
    }

    /// <summary>Nothing is claimed that the server does not show.</summary>
    [Fact]
    public async Task A_server_that_neither_deletes_nor_empties_is_said_to_keep_whoever_it_keeps()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.PatchesNothing | ScimQuirk.KeepsAll);
        server.Deletion = 403;
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());

        var night = await nights.NextAsync(Protecting("pupil1x"));

        Assert.Contains("cannot be made inactive there either, and keeps userName, name, displayName, emails", night.Run.Feeds[0].Reason);
        Assert.Contains("may be somebody protected", night.Run.Feeds[0].Reason);
    }

    [Theory]
    [InlineData(ScimQuirk.None)]
    [InlineData(ScimQuirk.ListsActive | ScimQuirk.FindsActive)]
    public async Task Who_rests_and_becomes_protected_is_deleted_also_where_only_the_active_are_found(object quirk)
    {
        await using var server = await ScimQuirks.StartAsync((ScimQuirk)quirk);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        await nights.NextAsync(Without("pupil1x"));
        await nights.NextAsync(Without("pupil1x"));
        Assert.False((bool)Assert.Single(server.UsersOf(Ids.Of("pupil1x")))["active"]!);

        var night = await nights.NextAsync(Protecting("pupil1x"));

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Empty(server.UsersOf(Ids.Of("pupil1x")));
    }

    [Fact]
    public async Task Of_two_with_one_id_both_leave()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.None);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        server.Double(Ids.Of("pupil1x"));
        server.Double(Ids.Of("pupil2x"));
        var school = Protecting("pupil1x");
        school.Data[Collections.Persons].Remove(Person(school, "pupil2x"));

        var night = await nights.NextAsync(school);

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Empty(server.UsersOf(Ids.Of("pupil1x")));
        Assert.Equal([false, false], server.UsersOf(Ids.Of("pupil2x")).Select(user => (bool)user["active"]!));
    }

    /// <summary>A source that flaps deletes nobody: whoever was back has left anew.</summary>
    [Fact]
    public async Task The_days_until_a_deletion_begin_anew_with_who_was_back_although_that_was_held()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.None);
        var nights = Nights(server);
        nights.Settings["deleteAfterDays"] = 4;
        await nights.NextAsync(_town.Write());
        await nights.NextAsync(Without("pupil1x"));
        nights.Overrides["guard"] = JsonNode.Parse("""{"maxAddedPercent": 0, "minAdded": 0}""");
        for (var number = 0; number < 3; number++)
        {
            Assert.NotEmpty((await nights.NextAsync(_town.Write())).Run.Feeds[0].Holds);
        }

        for (var number = 0; number < 3; number++)
        {
            await nights.NextAsync(Without("pupil1x"));
            Assert.Single(server.UsersOf(Ids.Of("pupil1x")));
        }

        await nights.NextAsync(Without("pupil1x"));
        Assert.Empty(server.UsersOf(Ids.Of("pupil1x")));
    }

    /// <summary>Who only moves has no line, and stands on no page that such a server shows.</summary>
    [Fact]
    public async Task Who_is_only_named_is_looked_for_where_a_page_is_taken_for_the_whole()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.CountsPages);
        var nights = Nights(server);
        var school = _town.Write();
        var members = school.Data[Collections.Groups].Single(group => (string?)group["id"] == Ids.Of("south-7"))["groupMemberships"]!.AsArray();
        foreach (var number in Enumerable.Range(19, 6))
        {
            members.Add((JsonNode)new JsonObject { ["person"] = SchoolBuilder.Reference($"pupil{number}x") });
        }

        await nights.NextAsync(school);
        Assert.NotEmpty(_town.Differences(server.State));

        var night = await nights.NextAsync(_town.Write());

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Empty(_town.Differences(server.State));
    }

    /// <summary>Every night it is told that, and of how many.</summary>
    [Theory]
    [InlineData(ScimQuirk.FixesNames)]
    [InlineData(ScimQuirk.FixesNames | ScimQuirk.WholeOnly)]
    [InlineData(ScimQuirk.KeepsUserNames)]
    public async Task A_user_name_that_stays_keeps_nothing_else_from_being_brought(object quirk)
    {
        await using var server = await ScimQuirks.StartAsync((ScimQuirk)quirk);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        for (var number = 0; number < 2; number++)
        {
            var school = _town.Write();
            (Person(school, "pupil1x")["eduPersonPrincipalNames"], Person(school, "pupil1x")["familyName"]) = (new JsonArray("another@id.example"), $"Anew{number}");

            var night = await nights.NextAsync(school);

            Assert.Equal(RunState.DeliveredWithErrors, night.Run.State);
            Assert.Contains("only the user name stays another there", night.Run.Feeds[0].Reason);
            var user = Assert.Single(server.UsersOf(Ids.Of("pupil1x")));
            Assert.Equal(("user1y@id.example", $"Anew{number}"), ((string?)user["userName"], (string?)user["name"]!["familyName"]));
        }
    }

    [Fact]
    public async Task A_name_is_brought_where_a_change_does_nothing_and_addresses_stay_in_a_form_of_the_servers_own()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.PatchesNothing | ScimQuirk.WritesCapitals);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        var school = _town.Write();
        Person(school, "pupil1x")["familyName"] = "Anew";

        var night = await nights.NextAsync(school);

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal("Anew", (string?)Assert.Single(server.UsersOf(Ids.Of("pupil1x")))["name"]!["familyName"]);
    }

    /// <summary>Nobody but who has come stands in the list by then.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Who_lost_their_place_to_a_change_of_which_no_answer_came_gets_it_back(int lost)
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.AddsInstead);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        var group = (string)server.State.Groups.Single(group => (string?)group["displayName"] == "North-8")["externalId"]!;
        server.AddOther(group);
        var school = _town.Write();
        school.Data[Collections.Groups].Single(row => (string?)row["id"] == Ids.Of("north-8"))["groupMemberships"]!.AsArray()
            .Add((JsonNode)new JsonObject { ["person"] = SchoolBuilder.Reference("pupil1x") });
        server.Fault = method => method == "PATCH" && lost-- > 0 ? ScimFault.LostAnswer : ScimFault.None;

        await nights.NextAsync(school);
        await nights.NextAsync(school);

        var members = server.State.MembersOf(group);
        Assert.Equal(9, members.Count);
        Assert.Contains("other", members);
    }

    /// <summary>What an answer does not show is looked at once, not of everybody.</summary>
    [Fact]
    public async Task A_server_that_says_nothing_is_looked_at_until_it_was_seen_doing_it()
    {
        await using var server = await ScimQuirks.StartAsync(ScimQuirk.SaysNothing);
        var nights = Nights(server);
        await nights.NextAsync(_town.Write());
        var school = _town.Write();
        school.Data[Collections.Persons].Where(person => person["eduPersonPrincipalNames"] is not null).ToList().ForEach(person => person["familyName"] = "Anew");
        server.Calls.Clear();

        await nights.NextAsync(school);

        Assert.Equal(1, server.Calls.Count(call => call.StartsWith("GET /scim/Users/", StringComparison.Ordinal)));
    }

    private ScimNights Nights(ScimQuirks server)
    {
        var nights = new ScimNights(_ground, server.BaseUrl);
        nights.Settings["deleteAfterDays"] = 2;
        nights.Overrides["guard"] = JsonNode.Parse("""{"maxRemovedPercent": 100, "maxChangedPercent": 100, "maxAddedPercent": 100, "maxColumnPercent": 100, "windowDays": 0}""");
        return nights;
    }

    private SchoolBuilder Protecting(string label)
    {
        var school = _town.Write();
        Person(school, label)["securityMarking"] = "Sekretessmarkering";
        return school;
    }

    private SchoolBuilder Without(string label)
    {
        var school = _town.Write();
        school.Data[Collections.Persons].Remove(Person(school, label));
        return school;
    }

    private static JsonObject Person(SchoolBuilder school, string label) => school.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of(label));
}
