using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Ss12000;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>
/// A world in which every value of a protected person stands nowhere else goes through every feed, every fault and every way to fail. None of them
/// is in anything that was stored, sent, logged or told.
/// </summary>
[Collection(ProtectedTests.Name)]
public sealed class LeakTests(AzuriteFixture azurite)
{
    private readonly MarkedSchool _marked = new();

    /// <summary>What a kind of feed cannot do without; whoever adds a feed has it scanned here at once.</summary>
    private static JsonObject SettingsOf(string feed) => feed switch
    {
        "appleSchoolManager" => new() { ["personNumber"] = "civicNo", ["groupTypes"] = new JsonArray("Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp") },
        "unikumRelations" => new() { ["organisationId"] = "nordhamn", ["layoutConfirmed"] = true },
        "uniloginImport" => new() { ["namespace"] = "urn:import", ["institutions"] = new JsonObject { [Ids.Of("north")] = "A00001" } },
        _ => [],
    };

    [Fact]
    public async Task Every_feed_is_without_a_trace_of_them()
    {
        var night = await Night().With("feeds", EveryFeed()).RunAsync();

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason ?? night.Run.Feeds.FirstOrDefault(feed => feed.Reason is not null)?.Reason);
        Assert.Equal(6, night.Run.Exclusions!["person.protected"]);
        Assert.True(night.Run.Counts!.Students >= 3);
        Assert.All(night.Run.Feeds, feed => Assert.NotEmpty(feed.Files));
        await AssertNoTraceAsync(night);
    }

    public static TheoryData<string> Habits => [.. EduCloudHabit.All.Select(habit => habit.Name)];

    [Theory]
    [MemberData(nameof(Habits))]
    public async Task No_habit_of_the_source_brings_them_out(string name)
    {
        var habit = EduCloudHabit.All.Single(habit => habit.Name == name);

        // Small pages, so that there is a second one to fail on.
        var night = await Night().Behaving(habit.Apply).With("source.pageSize", Math.Min(habit.PageSize, 4)).Dry().RunAsync();

        await AssertNoTraceAsync(night);
    }

    [Fact]
    public async Task An_error_of_the_source_that_quotes_them_is_not_repeated()
    {
        var person = _marked.Person("hidden").ToJsonString();
        var body = $$"""{"code":"{{Ids.Of("hidden")}}","message":"Zqghidden Zqfhidden 20130101-9880","person":{{person}}}""";

        foreach (var status in new[] { 200, 400, 403, 500 })
        {
            var night = await Night()
                .Behaving(habits => habits.Fault = page => page.Collection == "persons" ? new Fault.Status(status, body) : null).Dry().RunAsync();

            Assert.Equal(RunState.Held, night.Run.State);
            await AssertNoTraceAsync(night);
        }
    }

    [Fact]
    public async Task No_way_for_a_delivery_to_fail_brings_them_out()
    {
        foreach (var (key, value) in new (string, JsonNode)[]
        {
            ("directory", "nowhere"), ("username", "stranger"), ("host", "127.0.0.2.invalid"), ("password", new JsonObject { ["secret"] = "test-educloud" }),
        })
        {
            var feeds = EveryFeed();
            foreach (var feed in feeds)
            {
                feed!["delivery"]![key] = value.DeepClone();
            }

            var night = await Night().With("feeds", feeds).RunAsync();

            Assert.Equal(RunState.Failed, night.Run.State);
            await AssertNoTraceAsync(night);
        }
    }

    [Fact]
    public async Task A_run_that_cannot_be_judged_keeps_them_to_itself()
    {
        var held = await Night().With("source.maxShrinkPercent", 0).RunAsync();
        _marked.School.Data[Collections.Duties].Clear();
        held = await Night().As(held.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        await AssertNoTraceAsync(held);
    }

    /// <summary>The same scan on a night without protection: it finds what is there.</summary>
    [Fact]
    public async Task The_traces_are_found_when_there_are_some()
    {
        foreach (var person in _marked.School.Data[Collections.Persons])
        {
            person["securityMarking"] = "Ingen";
        }

        _marked.School.Data[Collections.Groups].Remove(_marked.School.Data[Collections.Groups].Single(group => (string?)group["id"] == Ids.Of("secret")));
        var night = await Night().RunAsync();

        var traces = new Traces(_marked);
        Assert.Equal(RunState.Delivered, night.Run.State);
        await Assert.ThrowsAnyAsync<Exception>(() => traces.AssertNoneAsync(azurite.Blobs, night.Run.Tenant));
        Assert.ThrowsAny<Exception>(() => traces.AssertNone("the zip", File.ReadAllBytes(night.Received.Single().LocalFile), mayHoldIds: false));
        Assert.ThrowsAny<Exception>(() => traces.AssertNone("a log", "zqehidden@elev.example"));
    }

    private Night Night() => azurite.Night(_marked.School)
        .Behaving(habits => habits.Unlisted = _marked.Unlisted)
        .With("privacy", new JsonObject { ["includeCivicNumber"] = true });

    internal static JsonArray EveryFeed()
    {
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection().AddRosterPipeline(configuration).BuildServiceProvider();
        return [.. services.GetServices<IFeed>().Select(feed => (JsonNode)TenantJson.FeedOf(feed.Type, SettingsOf(feed.Type)))];
    }

    private async Task AssertNoTraceAsync(NightResult night)
    {
        var traces = new Traces(_marked);
        Assert.True(await traces.AssertNoneAsync(azurite.Blobs, night.Run.Tenant) > 0);
        traces.AssertNone("the log", string.Join('\n', night.LogLines));
        foreach (var file in night.Received)
        {
            traces.AssertNone(file.Path, await File.ReadAllBytesAsync(file.LocalFile), mayHoldIds: false);
        }
    }
}
