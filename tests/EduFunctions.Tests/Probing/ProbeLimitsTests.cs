using EduFunctions.Pipeline.Probing;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Probing;

/// <summary>A probe is a guest: it asks so much and no more, comes again when it is told to, reads only, and ends whatever it meets.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ProbeLimitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public async Task It_asks_no_more_than_it_may_and_says_what_it_could_not_see(int requests)
    {
        await using var server = await EduCloudServer.StartAsync(ProbedTown.Make().Data, new EduCloudHabits());

        var report = await ProbedTown.ProbeAsync(ProbedTown.Settings(server), new ProbeLimits { Requests = requests });

        Assert.Equal(requests, report.Requests);
        Assert.Contains("paging.order", ProbedTown.Codes(report, ProbeOutcome.Unseen));
        Assert.True(report.IsSufficient, string.Join(", ", ProbedTown.Missed(report)));
    }

    [Fact]
    public async Task It_reads_and_changes_nothing()
    {
        var habits = new EduCloudHabits();
        ProbedTown.Good(habits);
        await using var server = await EduCloudServer.StartAsync(ProbedTown.Make().Data, habits);

        await ProbedTown.ProbeAsync(ProbedTown.Settings(server));

        Assert.All(
            server.Requests.Where(request => request.Method != "GET"),
            request => Assert.True(request.Method == "POST" && (request.PathAndQuery == habits.TokenPath || request.PathAndQuery.EndsWith("/persons/lookup")), request.PathAndQuery));
        Assert.InRange(server.Requests.Count, 50, 150);
    }

    [Fact]
    public async Task Rows_that_were_changed_at_the_ends_of_the_calendar_end_nothing()
    {
        var school = ProbedTown.Make();
        school.Data[Collections.Organisations][0]["meta"]!["modified"] = "0001-01-01T00:00:00Z";
        school.Data[Collections.Persons][0]["meta"]!["modified"] = "9999-12-31T23:59:59Z";

        var report = await ProbedTown.ProbeAsync(school.Data, ProbedTown.Good);

        Assert.DoesNotContain("rows.zones", ProbedTown.Missed(report));
    }

    [Fact]
    public async Task Whoever_asks_to_be_left_alone_for_long_is_asked_nothing_more()
    {
        await using var server = await EduCloudServer.StartAsync(
            ProbedTown.Make().Data, new EduCloudHabits { Fault = request => request.Collection == Collections.Persons ? new Fault.Status(429, RetryAfter: TimeSpan.FromHours(1)) : null });

        var report = await ProbedTown.ProbeAsync(ProbedTown.Settings(server));

        Assert.Contains("/persons", server.Requests[^1].PathAndQuery);
        Assert.Contains("asked to be left alone", report.Results.Single(result => result.Code == "collections.rest").Seen + Unseen(report));
    }

    [Fact]
    public async Task A_pause_is_kept_and_the_answer_after_it_counts()
    {
        var habits = new EduCloudHabits { Fault = request => request is { Collection: Collections.Persons, Page: 0, Attempt: 1 } ? new Fault.Status(503, RetryAfter: TimeSpan.FromSeconds(30)) : null };

        var report = await ProbedTown.ProbeAsync(ProbedTown.Make().Data, _ => { });
        await using var server = await EduCloudServer.StartAsync(ProbedTown.Make().Data, habits);
        var time = new SkippingTime();
        var paused = await ProbedTown.ProbeAsync(ProbedTown.Settings(server), time: time);

        Assert.True(time.Skipped >= TimeSpan.FromSeconds(30), $"{time.Skipped}");
        Assert.Equal(report.Rows, paused.Rows);
        Assert.Equal(report.Requests + 1, paused.Requests);
    }

    [Fact]
    public async Task Where_nothing_answers_it_ends_and_misses_what_is_needed()
    {
        var server = await EduCloudServer.StartAsync(ProbedTown.Make().Data);
        var settings = ProbedTown.Settings(server);
        await server.DisposeAsync();

        var report = await ProbedTown.ProbeAsync(settings);

        Assert.False(report.IsSufficient);
        Assert.Equal(["token.given"], ProbedTown.Missed(report));
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_given_up()
    {
        var habits = new EduCloudHabits { WayIn = WayIn.Bearer, Fault = request => request.Collection == Collections.Persons ? new Fault.Hang() : null };
        await using var server = await EduCloudServer.StartAsync(ProbedTown.Make().Data, habits);

        var report = await ProbedTown.ProbeAsync(ProbedTown.Settings(server), new ProbeLimits { Answer = TimeSpan.FromSeconds(1) });

        Assert.Contains("persons: no whole answer in time", report.Results.Single(result => result.Code == "collections.core").Seen);
    }

    [Fact]
    public async Task Rows_that_come_anew_forever_are_left_after_so_many_pages()
    {
        var report = await ProbedTown.ProbeAsync(
            ProbedTown.Make().Data, habits => habits.Fault = request => request.Collection == Collections.Groups ? new Fault.EmptyPageWithToken() : null,
            new ProbeLimits { Requests = 120 });

        Assert.Contains("groups was left after 10 pages", report.Results.Single(result => result.Code == "paging.ends").Seen);
        Assert.True(report.Requests <= 120);
    }

    private static string Unseen(ProbeReport report) =>
        string.Join(' ', report.Results.Where(result => result.Outcome == ProbeOutcome.Unseen).Select(result => result.Seen));
}
