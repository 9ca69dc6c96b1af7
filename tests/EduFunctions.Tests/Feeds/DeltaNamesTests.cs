using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Feeds;

/// <summary>Whoever works through files of changes by their names does so in the order in which they were made, whatever was answered when, and whatever day was asked for.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DeltaNamesTests : IDisposable
{
    private const int Evening = 19;
    private const int Morning = 6;

    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("unikumRelations", """{ "organisationId": "nordhamn", "layoutConfirmed": true }""")]
    [InlineData("oneRosterCsv", """{ "mode": "delta" }""")]
    public async Task By_name_they_stand_in_the_order_in_which_they_were_sent(string type, string settings)
    {
        var feed = TenantJson.FeedOf(type, JsonNode.Parse(settings)!.AsObject());
        var names = new List<string>();

        names.AddRange(Sent(await AtEvening(feed, School(0, 30), 1).RunAsync()));
        var held = await AtEvening(feed, School(20, 31), 2).RunAsync();
        names.AddRange(Sent(held));
        SkipTo(Morning);
        var (approved, refusal) = await Next(feed, School(20, 31), 2).ApproveAllAsync(held.Run.Run);
        names.AddRange(Sent(approved));
        // Asked for the days before and after.
        names.AddRange(Sent(await AtEvening(feed, School(20, 32), 1).RunAsync()));
        names.AddRange(Sent(await AtEvening(feed, School(20, 33), 30).RunAsync()));
        names.AddRange(Sent(await AtEvening(feed, School(20, 34), 5).RunAsync()));

        Assert.Equal((RunState.Held, null), (held.Run.State, refusal));
        Assert.Equal(6, names.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    private static IEnumerable<string> Sent(NightResult night) => night.Received.Select(file => Path.GetFileName(file.Path));

    private Night AtEvening(JsonObject feed, SchoolBuilder school, int day)
    {
        SkipTo(Evening);
        return Next(feed, school, day);
    }

    private Night Next(JsonObject feed, SchoolBuilder school, int day) => new Night(_ground, school.Data).As(_tenant).On(Night.Today.AddDays(day)).AcceptingShrink()
        .With(new JsonObject { ["feeds"] = new JsonArray(feed.DeepClone()) })
        .Registering(services => services.AddSingleton<TimeProvider>(_time));

    private void SkipTo(int hour)
    {
        var now = _time.GetUtcNow();
        var next = new DateTimeOffset(now.Date, default).AddHours(hour);
        _time.Skip((next > now ? next : next.AddDays(1)) - now);
    }

    private static SchoolBuilder School(int from, int to)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        for (var number = from; number < to; number++)
        {
            school.Student($"pupil{number}", "school");
        }

        return school;
    }
}
