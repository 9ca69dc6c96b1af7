using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Sources;

/// <summary>What the register does, and what the pull makes of it: cured and delivered, or held with a sentence; never an incomplete feed.</summary>
[Collection(AzuriteTests.Name)]
public sealed class EduCloudPullTests(AzuriteFixture azurite)
{
    public static TheoryData<string, Fault> Passing => new()
    {
        { "429 with Retry-After", new Fault.Status(429, RetryAfter: TimeSpan.FromSeconds(1)) },
        { "429 without", new Fault.Status(429) },
        { "503", new Fault.Status(503) },
        { "500", new Fault.Status(500) },
        { "cut in the body", new Fault.CutMidBody() },
        { "garbage", new Fault.Garbage() },
        { "truncated JSON", new Fault.TruncatedJson() },
        { "source unavailable for a moment", new Fault.SourceUnavailable() },
        { "source unavailable with 200", new Fault.SourceUnavailable(200) },
        { "an unexpected 401", new Fault.Unauthorized() },
        { "an expired page token", new Fault.Gone() },
    };

    public static TheoryData<string, Fault, string> Lasting => new()
    {
        { "503", new Fault.Status(503), "503" },
        { "source unavailable", new Fault.SourceUnavailable(200), "source_unavailable" },
        { "403", new Fault.Status(403), "grant the scope" },
        { "401", new Fault.Unauthorized(), "401" },
        { "400", new Fault.Status(400), "400" },
        { "truncated JSON", new Fault.TruncatedJson(), "no complete JSON" },
        { "expired tokens without end", new Fault.Gone(), "410" },
        { "a repeated token", new Fault.RepeatToken(), "circles" },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_passes_is_cured(string name, Fault fault)
    {
        var undisturbed = await Night().RunAsync();

        var night = await Night().Behaving(habits => habits.Fault = page => IsHit(page) && page.Attempt == 1 ? fault : null).RunAsync();

        Assert.True(night.Run.State == RunState.DryRun, $"{name}: {night.Run.StateReason}");
        Assert.Equal(undisturbed.Run.Feeds[0].Files, night.Run.Feeds[0].Files);
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public async Task What_lasts_holds_the_run(string name, Fault fault, string mention)
    {
        var night = await Night().Behaving(habits => habits.Fault = page => IsHit(page) ? fault : null).RunAsync();

        Assert.True(night.Run.State == RunState.Held, $"{name}: {night.Run.State}");
        Assert.Contains(mention, night.Run.StateReason);
        Assert.Null(night.Run.Feeds[0].State);
    }

    [Fact]
    public async Task A_token_that_expires_during_the_pull_is_renewed_before_the_next_page()
    {
        var night = await Night().Behaving(habits => (habits.TokenLifetime, habits.Latency) = (TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(300)))
            .With("source.pageSize", 20).RunAsync();

        Assert.Equal(RunState.DryRun, night.Run.State);
        Assert.True(night.Requests.Count(request => request.PathAndQuery.Contains("connect/token")) > 1);
        Assert.DoesNotContain(night.Requests, request => request.Status == 401);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_last_page_may_end_without_token_or_with_an_empty_one(bool omitted, bool empty)
    {
        var night = await Night()
            .Behaving(habits => (habits.OmitLastPageToken, habits.EmptyLastPageToken) = (omitted, empty)).RunAsync();

        Assert.Equal(RunState.DryRun, night.Run.State);
    }

    [Fact]
    public async Task An_empty_page_with_a_token_is_not_the_end()
    {
        var undisturbed = await Night().RunAsync();

        var night = await Night().Behaving(habits => habits.Fault = page => IsHit(page) ? new Fault.EmptyPageWithToken() : null).RunAsync();

        Assert.Equal(RunState.DryRun, night.Run.State);
        Assert.True(night.Run.Pull!["persons"].Pages > undisturbed.Run.Pull!["persons"].Pages - 1);
    }

    [Fact]
    public async Task A_source_without_compression_gives_the_same_feed()
    {
        var compressed = await Night().RunAsync();

        var plain = await Night().Behaving(habits => habits.Gzip = false).RunAsync();

        Assert.Equal(compressed.Run.Feeds[0].Files, plain.Run.Feeds[0].Files);
    }

    [Fact]
    public async Task The_page_size_does_not_change_the_feed()
    {
        var large = await Night().RunAsync();

        var small = await Night().With("source.pageSize", 7).RunAsync();

        Assert.Equal(large.Run.Feeds[0].Files, small.Run.Feeds[0].Files);
    }

    private Night Night() => azurite.Night(new SchoolWorld(new WorldOptions { Today = Harness.Night.Today })).With("source.pageSize", 100).Dry();

    /// <summary>The second of four pages of the largest collection.</summary>
    private static bool IsHit(PageRequest page) => page is { Collection: "persons", Page: 1 };
}
