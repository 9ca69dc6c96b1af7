using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>A server takes no user name twice, of those who rest neither: whoever is to have one gets it all the same, and what is gone stays gone.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimLoginsTests : IAsyncLifetime, IDisposable
{
    private readonly InMemoryGround _ground = new();
    private ScimHabits _server = null!;
    private ScimNights _nights = null!;

    public async Task InitializeAsync()
    {
        _server = await ScimHabits.StartAsync();
        _nights = new ScimNights(_ground, _server.BaseUrl);
        _nights.Settings["deleteAfterDays"] = 3;
        _nights.Overrides["guard"] = JsonNode.Parse("""{"maxRemovedPercent": 100, "maxChangedPercent": 100, "maxAddedPercent": 100, "maxColumnPercent": 100, "windowDays": 0}""");
        await DeliverAsync(("a", "one"), ("b", "two"), ("c", "three"), ("d", "four"));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("two one three four")]
    [InlineData("two three four one")]
    [InlineData("nine one two three")]
    public async Task Exchanged_user_names_arrive_on_the_same_night(string names)
    {
        var changed = "abcd".Zip(names.Split(' '), (label, name) => ($"{label}", name)).ToArray();

        await DeliverAsync(changed);

        AssertActive(changed);
        var calls = _server.Calls.Count(call => call.StartsWith("PUT", StringComparison.Ordinal));
        await DeliverAsync(changed);
        Assert.Equal(calls, _server.Calls.Count(call => call.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task The_user_name_of_whoever_rests_goes_to_who_is_to_have_it(int nights)
    {
        for (var night = 0; night < nights; night++)
        {
            await DeliverAsync(("b", "two"), ("c", "three"), ("d", "four"));
        }

        await DeliverAsync(("b", "two"), ("c", "three"), ("d", "four"), ("new", "ONE"));

        AssertActive(("b", "two"), ("c", "three"), ("d", "four"), ("new", "ONE"));
        var place = (string?)_server.UserOf(Ids.Of("a"))["id"];
        Assert.Equal((false, Ids.Of("a")), ((bool)_server.UserOf(Ids.Of("a"))["active"]!, (string?)_server.UserOf(Ids.Of("a"))["userName"]));

        await DeliverAsync(("a", "five"), ("b", "two"), ("c", "three"), ("d", "four"), ("new", "ONE"));

        AssertActive(("a", "five"), ("b", "two"), ("c", "three"), ("d", "four"), ("new", "ONE"));
        Assert.Equal(place, (string?)_server.UserOf(Ids.Of("a"))["id"]);
    }

    [Fact]
    public async Task Where_a_server_lets_nobody_be_renamed_it_is_told_and_arrives_once_it_does()
    {
        _server.FixesNames = true;

        var night = await NextAsync(("a", "two"), ("b", "one"), ("c", "three"), ("d", "four"));

        Assert.Contains("409 uniqueness, which may be a user name that somebody else has there", night.Run.Feeds[0].Reason);
        _server.FixesNames = false;
        await DeliverAsync(("a", "two"), ("b", "one"), ("c", "three"), ("d", "four"));
        AssertActive(("a", "two"), ("b", "one"), ("c", "three"), ("d", "four"));
    }

    [Fact]
    public async Task A_server_that_has_again_who_was_deleted_is_told_once_more_when_everything_is()
    {
        (string, string)[] left = [("b", "two"), ("c", "three"), ("d", "four")];
        for (var night = 0; night < 6; night++)
        {
            await DeliverAsync(left);
        }

        Assert.DoesNotContain(_server.Users, user => (string?)user["externalId"] == Ids.Of("a"));
        await RestoreAsync("a", "one");
        await DeliverAsync(left);
        Assert.True((bool)_server.UserOf(Ids.Of("a"))["active"]!);

        var total = await _nights.Next(School(left).Data).Total().RunAsync();

        Assert.Equal(RunState.Delivered, total.Run.State);
        AssertActive(left);
        Assert.DoesNotContain(_server.Users, user => (string?)user["externalId"] == Ids.Of("a"));
    }

    [Fact]
    public async Task What_is_gone_is_remembered_as_long_as_rosters_are()
    {
        (string, string)[] left = [("b", "two"), ("c", "three"), ("d", "four")];
        _nights.Overrides["privacy"] = new JsonObject { ["rosterRetentionDays"] = 10 };
        for (var night = 0; night < 18; night++)
        {
            await DeliverAsync(left);
        }

        await RestoreAsync("a", "one");

        await _nights.Next(School(left).Data).Total().RunAsync();

        Assert.Contains(_server.Users, user => (string?)user["externalId"] == Ids.Of("a"));
    }

    private async Task RestoreAsync(string label, string login)
    {
        using var http = new HttpClient();
        var user = new JsonObject { ["externalId"] = Ids.Of(label), ["userName"] = $"{login}@id.example", ["active"] = true };
        using var content = new StringContent(user.ToJsonString(), Encoding.UTF8, "application/scim+json");
        (await http.PostAsync(new Uri($"{_server.BaseUrl}/Users"), content)).EnsureSuccessStatusCode();
    }

    private void AssertActive(params (string Label, string Login)[] people) => Assert.Equal(
        people.Select(person => $"{Ids.Of(person.Label)} {person.Login}@id.example").Order(StringComparer.Ordinal),
        _server.Users.Where(user => (bool?)user["active"] == true).Select(user => $"{user["externalId"]} {user["userName"]}").Order(StringComparer.Ordinal));

    private async Task DeliverAsync(params (string Label, string Login)[] people)
    {
        var night = await NextAsync(people);
        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State} {night.Run.StateReason} {night.Run.Feeds[0].Reason}");
    }

    private Task<NightResult> NextAsync(params (string Label, string Login)[] people) => _nights.NextAsync(School(people));

    private static SchoolBuilder School(params (string Label, string Login)[] people)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        foreach (var (label, login) in people)
        {
            school.Student(label, "north")["eduPersonPrincipalNames"] = new JsonArray($"{login}@id.example");
        }

        school.Group("7a", "north", "Klass", [.. people.Select(person => person.Label)]);
        return school;
    }
}
