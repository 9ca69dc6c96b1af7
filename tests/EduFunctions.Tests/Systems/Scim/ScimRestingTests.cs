using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>Who has left rests for some days and is deleted then: unless the register has them again, or nobody may go.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimRestingTests : IAsyncLifetime, IDisposable
{
    private const int Days = 3;

    private readonly InMemoryGround _ground = new();
    private readonly RestlessTown _town = new(new Random(13));
    private ScimHabits _server = null!;
    private ScimNights _nights = null!;

    public async Task InitializeAsync()
    {
        _server = await ScimHabits.StartAsync();
        _nights = new ScimNights(_ground, _server.BaseUrl);
        _nights.Settings["deleteAfterDays"] = Days;
        await _nights.NextAsync(_town.Write());
        await _nights.NextAsync(Without("pupil1x"));
        Assert.False((bool)Leaver()["active"]!);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task Who_is_back_and_waits_for_an_answer_is_not_deleted_meanwhile()
    {
        var place = (string)Leaver()["id"]!;
        _nights.Overrides["guard"] = JsonNode.Parse("""{"maxAddedPercent": 0, "minAdded": 0}""");
        NightResult held;
        do
        {
            held = await _nights.NextAsync(_town.Write());
            Assert.NotEmpty(held.Run.Feeds[0].Holds);
            Assert.False((bool)Leaver()["active"]!);
        }
        while (_nights.Date < Night.Today.AddDays(Days + 5));

        await _nights.Next(_town.Write().Data).ApproveAllAsync(held.Run.Run);

        Assert.True((bool)Leaver()["active"]!);
        Assert.Equal(place, (string?)Leaver()["id"]);
    }

    [Fact]
    public async Task Who_is_back_while_nobody_may_come_is_not_deleted_meanwhile()
    {
        await FreezeAsync("adds", _town.Write());
        Assert.False((bool)Leaver()["active"]!);

        await _nights.NextAsync(_town.Write());

        Assert.True((bool)Leaver()["active"]!);
    }

    [Fact]
    public async Task While_nobody_may_go_no_time_runs_out()
    {
        await FreezeAsync("removals", Without("pupil1x"));
        Assert.False((bool)Leaver()["active"]!);

        await _nights.NextAsync(Without("pupil1x"));

        Assert.DoesNotContain(_server.Users, user => (string?)user["externalId"] == Ids.Of("pupil1x"));
    }

    [Fact]
    public async Task While_nobody_may_come_others_go_when_their_time_is_over()
    {
        await FreezeAsync("adds", Without("pupil1x"));

        Assert.DoesNotContain(_server.Users, user => (string?)user["externalId"] == Ids.Of("pupil1x"));
    }

    private async Task FreezeAsync(string what, SchoolBuilder school)
    {
        for (var night = 0; night < Days + 2; night++)
        {
            await _nights.Next(school.Data).WithFeed("freeze", new JsonObject { ["until"] = "2027-01-10", ["what"] = what }).RunAsync();
        }
    }

    private JsonObject Leaver() => _server.UserOf(Ids.Of("pupil1x"));

    private SchoolBuilder Without(string label)
    {
        var school = _town.Write();
        school.Data[Collections.Persons].Remove(school.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of(label)));
        return school;
    }
}
