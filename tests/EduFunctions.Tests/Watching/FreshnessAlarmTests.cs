using System.Text.Json;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.Watching;

/// <summary>The watch takes every tenant there is, so these tests have a storage of their own.</summary>
public sealed class FreshnessAlarmTests(AzuriteFixture own) : IClassFixture<AzuriteFixture>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_night_that_never_began_is_told_once()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, _time);

        await town.GoodNight().WatchAsync();
        _time.Advance(TimeSpan.FromHours(26));
        await town.GoodNight().WatchAsync();
        Assert.Empty(chat.Received);

        _time.Advance(TimeSpan.FromHours(1));
        await town.GoodNight().WatchAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await town.GoodNight().WatchAsync();

        var told = Assert.Single(chat.Received).GetRawText();
        Assert.Contains("Feed apple: it was never delivered; 26 hours", told);
        Assert.Contains(town.Id, told);
    }

    [Fact]
    public async Task Each_time_a_feed_gets_stale_is_told_and_each_feed_by_its_own_hours()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, _time);

        var good = await Impatient(town.GoodNight()).RunAsync();
        await StaleAsync(town);
        await StaleAsync(town);
        await Impatient(town.GoodNight()).RunAsync();
        await Impatient(town.GoodNight()).WatchAsync();
        await StaleAsync(town);

        Assert.Equal(RunState.Delivered, good.Run.State);
        Assert.Equal(
            ["no good delivery since 2026-09-01 12:00 UTC; 5 hours", "no good delivery since 2026-09-02 00:00 UTC; 5 hours"],
            chat.Received.Select(Words).Where(told => !told.Contains("this is over")).Select(told => told.Split("Feed apple: ")[1].Split(" are")[0]));
    }

    [Fact]
    public async Task A_held_feed_gets_stale_though_every_run_came_to_its_end()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, _time);
        await town.GoodNight().RunAsync();

        _time.Advance(TimeSpan.FromHours(27));
        var held = await town.HeldNight().With("alarms.hold", false).RunAsync();
        await town.HeldNight().With("alarms.hold", false).WatchAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("no good delivery since 2026-09-01 12:00 UTC", Words(Assert.Single(chat.Received)));
    }

    private async Task StaleAsync(AlarmTown town)
    {
        _time.Advance(TimeSpan.FromHours(6));
        await Impatient(town.GoodNight()).WatchAsync();
    }

    private static Night Impatient(Night night) => night.WithFeed("freshnessHours", 5);

    private static string Words(JsonElement card) => card.GetRawText();
}
