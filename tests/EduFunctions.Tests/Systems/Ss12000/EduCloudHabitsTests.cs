using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Every known habit of the API: cured, or held with a sentence; never a wrong feed.</summary>
[Collection(SourceTests.Name)]
public sealed class EduCloudHabitsTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private static readonly SchoolWorld World = new(new WorldOptions { Today = Night.Today });

    [Fact]
    public async Task Every_habit_ends_in_the_undisturbed_feed_or_in_a_hold()
    {
        var undisturbed = await OfWorld().RunAsync();
        var expected = undisturbed.Run.Feeds[0].Files;
        output.WriteLine($"{"habit",-44} {"state",-8} {"pages",5} {"asked",5}  reason");

        foreach (var habit in EduCloudHabit.All)
        {
            var night = await OfWorld().Behaving(habit.Apply).With("source.pageSize", habit.PageSize).RunAsync();

            output.WriteLine(
                $"{habit.Name,-44} {night.Run.State,-8} {night.Run.Pull?.Values.Sum(pull => pull.Pages),5} {night.Requests.Count,5}  {night.Run.StateReason}");
            Assert.True(night.Run.State == habit.State, $"{habit.Name}: {night.Run.State} {night.Run.StateReason}");
            if (habit.State == RunState.DryRun)
            {
                Assert.Equal(expected, night.Run.Feeds[0].Files);

                // Look-ups could make good for pages that were never read.
                Assert.Equal(Rows(undisturbed.Run), Rows(night.Run));
            }
            else
            {
                Assert.Contains(habit.Mention, night.Run.StateReason);
                Assert.Null(night.Run.Feeds[0].State);
                Assert.Empty(night.Run.Feeds[0].Files);
            }
        }
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        var night = await OfWorld()
            .Behaving(habits => (habits.TokenLifetime, habits.Latency) = (TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(300)))
            .With("source.pageSize", 20).RunAsync();

        Assert.Equal(RunState.DryRun, night.Run.State);
        Assert.True(night.Requests.Count(request => request.PathAndQuery.Contains("connect/token")) > 1);
        Assert.DoesNotContain(night.Requests, request => request.Status == 401);
    }

    [Fact]
    public async Task A_403_names_the_collection_and_the_scope()
    {
        var night = await OfWorld().Behaving(habits => habits.Fault = page => page.Collection == "duties" ? new Fault.Status(403) : null).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("/duties", night.Run.StateReason);
        Assert.Contains("ist.ss12000-v2.api.duties", night.Run.StateReason);
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        var started = TimeProvider.System.GetTimestamp();

        await OfWorld().Behaving(habits => habits.Fault = page =>
            page is { Collection: "groups", Page: 0, Attempt: 1 } ? new Fault.Status(429, RetryAfter: TimeSpan.FromSeconds(2)) : null).RunAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(2));
    }

    private static IEnumerable<int> Rows(RunRecord run) => run.Pull!.Values.Select(collection => collection.Rows);

    private Night OfWorld() => azurite.Night(World).With("source.pageSize", 100).Dry();
}
