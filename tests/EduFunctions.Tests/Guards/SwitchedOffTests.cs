using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What a target has by a setting alone neither goes nor stays behind silently when the setting is taken out or is another: it waits, as a whole, and is named.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class SwitchedOffTests : IAsyncLifetime, IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private LearnServer _learn = null!;
    private DateOnly _day = Night.Today;

    public async Task InitializeAsync() => _learn = await LearnServer.StartAsync();

    public async Task DisposeAsync() => await _learn.DisposeAsync();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("oneRosterCsv", """{ "guardians": true }""", "{}", "guardians", 1)]
    [InlineData("oneRosterCsv", "{}", """{ "classId": "group" }""", "classId", 1)]
    [InlineData("schoolDataSync", """{ "guardians": true }""", "{}", "guardians", 1)]
    [InlineData("unikumRelations", """{ "administrators": ["Rektor", "Lärare"] }""", """{ "administrators": ["Lärare"] }""", "administrators.Rektor", 1)]
    [InlineData("unikumRelations", "{}", """{ "organisationId": "another" }""", "organisationId", 1)]
    [InlineData("blackboard", """{ "observers": true }""", "{}", "observers", 1)]
    [InlineData(
        "blackboard", """{ "secondaryRoles": { "dutyRole:Rektor": ["a"], "schoolType:GR": ["b"] } }""", """{ "secondaryRoles": { "schoolType:GR": ["b"] } }""", "secondaryRoles.dutyRole:Rektor", 1)]
    [InlineData("blackboard", """{ "hierarchy": { "parentNode": "ROOT" } }""", "{}", "hierarchy", 1)]
    [InlineData("blackboard", """{ "hierarchy": { "parentNode": "ROOT" } }""", """{ "hierarchy": { "parentNode": "ROOT", "courses": false } }""", "hierarchy.courses", 1)]
    public async Task It_waits_as_a_whole_is_named_and_ends_when_the_setting_is_put_back_or_approved(string type, string with, string without, string setting, int records)
    {
        Assert.DoesNotContain((await NextAsync(type, with)).Run.Feeds[0].Holds, _ => true);

        var held = await NextAsync(type, without);
        Assert.Equal(RunState.Held, held.Run.State);
        var hold = Assert.Single(held.Run.Feeds[0].Holds, hold => hold.Code == HoldCode.SettingChanged && hold.Setting == setting);
        Assert.Equal(records, hold.Count);
        Assert.Equal(ReceiptState.Held, held.Run.Feeds[0].State);
        Assert.Empty(held.Received);
        Assert.Contains($"settings.{setting}", held.Run.StateReason, StringComparison.Ordinal);
        Assert.Empty((await NextAsync(type, with)).Run.Feeds[0].Holds);

        var again = await NextAsync(type, without);
        Assert.Null((await Make(type, without).ApproveAllAsync(again.Run.Run)).Refusal);
        Assert.Empty((await NextAsync(type, without)).Run.Feeds[0].Holds);
        // What is switched on takes nothing away.
        Assert.DoesNotContain((await NextAsync(type, with)).Run.Feeds[0].Holds, each => each.Code == HoldCode.SettingChanged && each.Setting is not ("classId" or "organisationId"));
    }

    private Task<NightResult> NextAsync(string type, string settings)
    {
        _day = _day.AddDays(1);
        return Make(type, settings).RunAsync();
    }

    private Night Make(string type, string settings)
    {
        var own = JsonNode.Parse(settings)!.AsObject();
        if (type == "unikumRelations")
        {
            (own["organisationId"], own["layoutConfirmed"]) = ((own["organisationId"] ?? "nordhamn").DeepClone(), true);
        }

        var feed = type == "blackboard" ? TenantJson.Blackboard(_learn, own) : TenantJson.FeedOf(type, own);
        return new Night(_ground, School().Data).As(_tenant).On(_day).AcceptingShrink()
            .With(new JsonObject { ["feeds"] = new JsonArray(feed) })
            .Setting($"Secrets:{TenantJson.LearnSecret}", _learn.Integrations[0].Password)
            .Registering(services => services.AddSingleton<TimeProvider>(_time));
    }

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        school.Employee("head");
        school.Duty("head-duty", "head", "school", "Rektor");
        school.Student("alva", "school");
        school.Student("bo", "school");
        school.Guardian("gun", "alva");
        school.Group("7a", "school", "Klass", ["alva", "bo"]);
        return school;
    }
}
