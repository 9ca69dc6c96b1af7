using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>Nights into a server that behaves in one way or another.</summary>
[Collection(TargetTests.Name)]
public sealed class ScimDeliveryTests(AzuriteFixture azurite)
{
    private readonly RestlessTown _town = new(new Random(5));

    [Fact]
    public async Task Everybody_is_created_once_and_the_second_night_asks_nothing()
    {
        await using var server = await ScimReceiver.StartAsync();
        var nights = new ScimNights(azurite, server);

        var first = await nights.NextAsync(_town.Write());
        var calls = server.Calls.Count;
        var second = await nights.NextAsync(_town.Write());

        Assert.True(first.Run.State == RunState.Delivered, first.Run.StateReason);
        Assert.Empty(_town.Differences(await server.StateAsync()));
        Assert.All(server.Calls.Where(call => call.StartsWith("GET", StringComparison.Ordinal)), call => Assert.DoesNotContain("filter", call));
        Assert.Equal(ReceiptState.SkippedUnchanged, second.Run.Feeds[0].State);
        Assert.Equal(calls, server.Calls.Count);
    }

    /// <summary>The front lets in whoever shows a certificate of the authority; the server itself is the same.</summary>
    [Fact]
    public async Task A_server_that_asks_for_a_certificate_is_shown_one()
    {
        var authority = new TestAuthority("Nordhamn");
        using var own = authority.Issue("edufunctions");
        using var loopback = authority.IssueServer();
        var stranger = new TestAuthority("Elsewhere");
        using var other = stranger.Issue("edufunctions");
        await using var server = await ScimReceiver.StartAsync();
        await using var front = TlsFront.Start(loopback, authority.Root, new Uri(server.BaseUrl));
        var nights = new ScimNights(azurite, front.Address + new Uri(server.BaseUrl).AbsolutePath);
        nights.Delivery["certificate"] = new JsonObject { ["secret"] = "own" };
        nights.Delivery["trustedRoots"] = new JsonObject { ["secret"] = "roots" };

        var refused = await Certified(stranger.Pem(other)).RunAsync();
        var delivered = await Certified(authority.Pem(own)).RunAsync();

        Assert.Equal(RunState.Failed, refused.Run.State);
        Assert.True(delivered.Run.State == RunState.Delivered, delivered.Run.StateReason);
        Assert.Empty(_town.Differences(await server.StateAsync()));

        Night Certified(string certificate) =>
            nights.Next(_town.Write().Data).Setting("Secrets:own", certificate).Setting("Secrets:roots", authority.RootPem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_are_created_by_one_call_where_that_is_wanted(bool bulk)
    {
        await using var server = await ScimReceiver.StartAsync();
        var nights = new ScimNights(azurite, server);
        nights.Delivery["bulk"] = bulk;
        var lost = 0;
        server.Fault = call => call.Path == "Bulk" && lost++ == 0 ? ScimFault.LostAnswer : ScimFault.None;

        var first = await nights.NextAsync(_town.Write());
        var calls = server.Calls;
        for (var change = 0; change < 4; change++)
        {
            _town.Change();
        }

        await nights.NextAsync(_town.Write());

        Assert.True(first.Run.State == RunState.Delivered, first.Run.StateReason);
        Assert.Empty(_town.Differences(await server.StateAsync()));
        // The first is created alone, and shows whether the server keeps our ids.
        Assert.Equal((bulk, bulk), (calls.Contains("POST Bulk"), calls.Count(call => call == "POST Users") == 1));
    }

    [Fact]
    public async Task Who_leaves_is_not_active_and_is_deleted_when_the_days_are_over()
    {
        await using var server = await ScimReceiver.StartAsync();
        var nights = new ScimNights(azurite, server);
        nights.Settings["deleteAfterDays"] = 3;
        await nights.NextAsync(_town.Write());
        var school = Without("pupil1x");

        await nights.NextAsync(school);
        var resting = await server.StateAsync();
        await nights.NextAsync(school);
        nights.Date = nights.Date.AddDays(2);
        await nights.NextAsync(school);
        var gone = await server.StateAsync();

        Assert.Contains(resting.Users, user => (string?)user["externalId"] == Ids.Of("pupil1x") && (bool?)user["active"] == false);
        Assert.DoesNotContain(resting.Groups, group => resting.MembersOf((string)group["externalId"]!).Contains(Ids.Of("pupil1x")));
        Assert.DoesNotContain(gone.Users, user => (string?)user["externalId"] == Ids.Of("pupil1x"));
        Assert.Equal(
            [$"changed Users {Ids.Of("pupil1x")} resting", $"deleted Users {Ids.Of("pupil1x")}"],
            gone.Journal.Where(change => change.Contains("Users", StringComparison.Ordinal)).TakeLast(2));
    }

    [Fact]
    public async Task Who_comes_back_before_that_is_active_again()
    {
        await using var server = await ScimReceiver.StartAsync();
        var nights = new ScimNights(azurite, server);
        await nights.NextAsync(_town.Write());
        await nights.NextAsync(Without("pupil1x"));

        await nights.NextAsync(_town.Write());

        var state = await server.StateAsync();
        Assert.Empty(_town.Differences(state));
        Assert.DoesNotContain(state.Journal, change => change.StartsWith("deleted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_protected_is_deleted_at_once_also_on_a_night_on_which_nothing_else_may_be_sent()
    {
        await using var server = await ScimReceiver.StartAsync();
        var nights = new ScimNights(azurite, server);
        await nights.NextAsync(_town.Write());
        var school = _town.Write();
        Person(school, "pupil1x")["securityMarking"] = "Sekretessmarkering";
        Person(school, "pupil2x")["familyName"] = "Waiting";

        var night = await nights.Next(school.Data).WithFeed("freeze", new JsonObject { ["until"] = "2027-01-10" }).RunAsync();

        var state = await server.StateAsync();
        Assert.Equal((RunState.Delivered, "the tenant file"), (night.Run.State, night.Run.Feeds.Single().Rest?.By));
        Assert.DoesNotContain(Ids.Of("pupil1x"), state.Text);
        Assert.DoesNotContain("Waiting", state.Text);
        Assert.DoesNotContain(state.Groups, group => group["members"]!.AsArray().Any(member => state.Users.All(user => (string?)user["id"] != (string?)member!["value"])));
        Assert.All((await night.FileAsync("scim.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^\\{\"do\":\"(delete|remove)\"", line));
    }

    [Fact]
    public async Task A_line_that_is_refused_goes_again_when_nothing_else_has_changed()
    {
        await using var server = await ScimReceiver.StartAsync();
        var nights = new ScimNights(azurite, server);
        var name = (string)Person(_town.Write(), "pupil1x")["eduPersonPrincipalNames"]![0]!;
        await server.SendAsync(HttpMethod.Post, "Users", new() { ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"), ["userName"] = name });

        var first = await nights.NextAsync(_town.Write());
        var foreign = (await server.StateAsync()).Users.Single(user => (string?)user["userName"] == name);
        await server.SendAsync(HttpMethod.Delete, $"Users/{foreign["id"]}");
        var second = await nights.NextAsync(_town.Write());

        Assert.Equal(RunState.DeliveredWithErrors, first.Run.State);
        Assert.Contains("1 × 409 uniqueness", first.Run.Feeds[0].Reason);
        Assert.DoesNotContain(name, (await first.ReceiptAsync()).Reason);
        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Empty(_town.Differences(await server.StateAsync()));
    }

    [Fact]
    public async Task What_somebody_has_deleted_at_the_server_is_made_again_whole_when_it_changes()
    {
        await using var server = await ScimReceiver.StartAsync();
        var nights = new ScimNights(azurite, server);
        await nights.NextAsync(_town.Write());
        var state = await server.StateAsync();
        await server.SendAsync(HttpMethod.Delete, $"Groups/{state.Groups.First(group => (string?)group["displayName"] == "North-7")["id"]}");
        await server.SendAsync(HttpMethod.Delete, $"Users/{state.Users.First(user => (string?)user["externalId"] == Ids.Of("pupil1x"))["id"]}");

        var night = await nights.NextAsync(Without("pupil2x"));
        var again = await nights.Next(_town.Write().Data).RunAsync();
        var forced = await nights.Next(_town.Write().Data).ResendAsync(again.Run.Run, force: true);

        Assert.Equal([RunState.DeliveredWithErrors, RunState.Delivered], [night.Run.State, forced.Run.State]);
        Assert.Empty(_town.Differences(await server.StateAsync()));
    }

    [Fact]
    public async Task A_server_that_takes_whole_resources_alone_gets_them()
    {
        await using var server = await ScimReceiver.StartAsync(patch: false);
        var nights = new ScimNights(azurite, server);
        await nights.NextAsync(_town.Write());
        _town.Change();
        _town.Change();

        var night = await nights.NextAsync(_town.Write());

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Empty(_town.Differences(await server.StateAsync()));
        Assert.DoesNotContain(server.Calls, call => call.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ScimFault.Elsewhere, "elsewhere")]
    [InlineData(ScimFault.Page, "not as a SCIM server does")]
    public async Task An_answer_that_is_none_is_no_success(ScimFault fault, string sentence)
    {
        await using var server = await ScimReceiver.StartAsync();
        server.Fault = _ => fault;

        var night = await new ScimNights(azurite, server).NextAsync(_town.Write());

        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Contains(sentence, night.Run.Feeds[0].Reason ?? night.Run.StateReason);
        Assert.Empty((await server.StateAsync()).Journal);
        Assert.DoesNotContain(ScimReceiver.Token, string.Join('\n', night.LogLines));
        Assert.DoesNotContain(night.LogLines, line => line.Contains(Ids.Of("pupil1x"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_delivery_goes_on_in_slices_and_after_a_death_without_creating_anybody_twice()
    {
        await using var server = await ScimReceiver.StartAsync();
        var storage = new DyingStorage(azurite.ConnectionString, afterWriting: false);
        var deaths = 0;
        for (var write = 2; write <= 8; write += 2)
        {
            var (nights, town, at) = (new ScimNights(azurite, server), new RestlessTown(new Random(write)), write);
            await nights.Next(town.Write().Data)
                .Setting("Pipeline:SliceLength", "00:00:00")
                .Registering(services => services.AddSingleton(storage.Blobs))
                .RunAsync(async (pipeline, started) => deaths += await storage.ExportAsync(pipeline, started, at) ? 1 : 0);
            var state = await server.StateAsync();
            Assert.Empty(town.Differences(state));
            Assert.Equal(state.Users.Count, state.Users.Select(user => (string)user["externalId"]!).Distinct().Count());
            foreach (var place in state.Users.Select(user => $"Users/{user["id"]}").Concat(state.Groups.Select(group => $"Groups/{group["id"]}")))
            {
                await server.SendAsync(HttpMethod.Delete, place);
            }
        }

        Assert.Equal(4, deaths);
    }

    private SchoolBuilder Without(string label)
    {
        var school = _town.Write();
        school.Data[Collections.Persons].Remove(Person(school, label));
        return school;
    }

    private static JsonObject Person(SchoolBuilder school, string label) => school.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of(label));
}
