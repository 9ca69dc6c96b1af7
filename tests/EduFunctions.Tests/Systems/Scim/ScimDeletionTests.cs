using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>What has rested for its time is told before it is deleted for good, and where it is too much it waits, alone.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimDeletionTests : IAsyncLifetime, IDisposable
{
    private const int Pupils = 40;
    private const int Many = 15;
    private const int Days = 5;

    private readonly InMemoryGround _ground = new();
    private ScimHabits _server = null!;
    private ScimNights _nights = null!;

    public async Task InitializeAsync()
    {
        _server = await ScimHabits.StartAsync();
        _nights = new ScimNights(_ground, _server.BaseUrl) { Settings = { ["deleteAfterDays"] = Days } };
        await _nights.NextAsync(School());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task The_plan_tells_who_goes_for_good_the_night_before_it_is_done()
    {
        await LeaveAsync(2);
        _nights.Date = _nights.Date.AddDays(Days - 1);

        var dry = await _nights.Next(School(without: 2).Data).Dry().RunAsync();
        Assert.Equal(2, Resting().Count);
        _nights.Date = _nights.Date.AddDays(-1);
        var night = await _nights.NextAsync(School(without: 2));

        foreach (var shown in new[] { dry, night })
        {
            Assert.Equal(2, shown.Run.Feeds[0].Plan!.Deleted);
            var plan = (await shown.PlanAsync(ScimNights.Feed)).Plan;
            var users = Assert.Single(plan.Deletions!);
            Assert.Equal(("Users", Pupils + 1, string.Join(' ', new[] { "pupil0", "pupil1" }.Select(Ids.Of).Order(StringComparer.Ordinal))), (users.Kind, users.Of, string.Join(' ', users.Ids)));
            Assert.Contains("2 users and groups that rest there are deleted for good.", plan.Tonight);
        }

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Empty(Resting());
    }

    [Theory]
    [InlineData("clock")]
    [InlineData("setting")]
    [InlineData("freeze")]
    [InlineData("days")]
    public async Task Too_many_at_once_wait_alone_until_exactly_that_plan_is_approved(string why)
    {
        await DueAsync(why);

        var held = await _nights.NextAsync(School(without: Many + 1, more: 1));

        Assert.Equal(RunState.Held, held.Run.State);
        var hold = Assert.Single(held.Run.Feeds[0].Holds);
        Assert.Equal((HoldCode.Deletions, Many, Pupils + 1), (hold.Code, hold.Count, hold.Of));
        Assert.Equal((Many, Many), (held.Run.Feeds[0].Plan!.Deleted, held.Run.Feeds[0].Plan!.Held));
        Assert.Equal(why == "setting", (held.Run.Feeds[0].Notices ?? []).Any(notice => notice.Code == NoticeCode.TermChanged));
        // Who comes and who leaves tonight is not held with them.
        Assert.True((bool)_server.UserOf(Ids.Of("new0"))["active"]!);
        Assert.Equal(Many + 1, Resting().Count);

        var again = await _nights.NextAsync(School(without: Many + 1, more: 1));
        Assert.Equal(Many + 1, Resting().Count);
        var (_, refusal) = await _nights.Next(School().Data).ApproveAsync(again.Run.Run, held.Run.Feeds[0].Plan!.Hash);
        Assert.NotNull(refusal);
        var (_, good) = await _nights.Next(School().Data).ApproveAsync(again.Run.Run, again.Run.Feeds[0].Plan!.Hash);

        Assert.Null(good);
        Assert.Single(Resting());
        Assert.Equal(Ids.Of($"pupil{Many}"), (string?)Resting()[0]["externalId"]);
    }

    [Fact]
    public async Task A_freeze_holds_them_whatever_is_approved_and_says_how_many()
    {
        await LeaveAsync(Many);
        _nights.Settings["deleteAfterDays"] = 0;
        var freeze = new JsonObject { ["until"] = "2027-01-10", ["what"] = "removals" };

        var night = await _nights.Next(School(without: Many).Data).WithFeed("freeze", freeze).RunAsync();

        Assert.Equal(Many, Resting().Count);
        Assert.Null((await night.PlanAsync(ScimNights.Feed)).Plan.Deletions);
        var notice = Assert.Single(night.Run.Feeds[0].Notices!, notice => notice.Code == NoticeCode.DeletionsRest);
        Assert.StartsWith($"{Many} users and groups are due", notice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_protected_goes_by_key_while_others_wait_and_is_named_nowhere()
    {
        await DueAsync("days");

        var held = await _nights.NextAsync(School(without: Many, hidden: "pupil3"));

        Assert.Equal(Many - 1, held.Run.Feeds[0].Plan!.Deleted);
        Assert.DoesNotContain(Resting(), user => (string?)user["externalId"] == Ids.Of("pupil3"));
        Assert.Equal(Many - 1, Resting().Count);
        Assert.DoesNotContain((await held.PlanAsync(ScimNights.Feed)).Plan.Deletions!.SelectMany(rows => rows.Ids), id => id == Ids.Of("pupil3"));
    }

    [Fact]
    public async Task Nobody_is_deleted_of_whom_the_server_has_not_said_that_they_rest()
    {
        _server.RefusesResting = true;
        await LeaveAsync(2);
        _nights.Date = _nights.Date.AddDays(Days * 3);

        foreach (var days in new[] { Days, 0 })
        {
            _nights.Settings["deleteAfterDays"] = days;
            Assert.Equal(0, (await _nights.NextAsync(School(without: 2))).Run.Feeds[0].Plan!.Deleted);
            Assert.Equal(Pupils + 1, _server.Users.Count);
        }

        _server.RefusesResting = false;
        await _nights.NextAsync(School(without: 2));
        Assert.Equal(2, Resting().Count);
        Assert.Equal(2, (await _nights.NextAsync(School(without: 2))).Run.Feeds[0].Plan!.Deleted);
        Assert.Empty(Resting());
    }

    [Fact]
    public async Task What_was_let_through_once_and_refused_there_goes_again_unasked()
    {
        await DueAsync("days");
        var held = await _nights.NextAsync(School(without: Many));
        _server.Deletion = 403;
        await _nights.Next(School(without: Many).Data).ApproveAllAsync(held.Run.Run);
        Assert.Equal(Pupils + 1, _server.Users.Count);
        _server.Deletion = 204;

        var next = await _nights.NextAsync(School(without: Many));

        Assert.Empty(next.Run.Feeds[0].Holds);
        Assert.Equal(Many, (await next.PlanAsync(ScimNights.Feed)).Plan.Deletions![0].Again!.Count);
        Assert.Equal(Pupils + 1 - Many, _server.Users.Count);
    }

    private async Task DueAsync(string why)
    {
        _nights.Settings["deleteAfterDays"] = why is "clock" or "setting" ? 365 : Days;
        await _nights.NextAsync(School());
        await LeaveAsync(Many);
        if (why == "setting")
        {
            _nights.Settings["deleteAfterDays"] = Days;
            _nights.Date = _nights.Date.AddDays(Days);
        }
        else if (why == "freeze")
        {
            var until = _nights.Date.AddDays(Days + 3);
            while (_nights.Date < until.AddDays(-1))
            {
                await _nights.Next(School(without: Many).Data).WithFeed("freeze", new JsonObject { ["until"] = until.ToString("O"), ["what"] = "removals" }).RunAsync();
            }

            Assert.Equal(Many, Resting().Count);
        }
        else
        {
            _nights.Date = _nights.Date.AddDays(why == "clock" ? 366 : Days);
        }
    }

    /// <summary>Lets the first of them go, by an operator's word.</summary>
    private async Task LeaveAsync(int count)
    {
        _nights.Overrides["guard"] = JsonNode.Parse("""{"maxRemovedPercent": 100, "minHalved": 0, "windowDays": 0}""");
        await _nights.NextAsync(School(without: count));
        _nights.Overrides["guard"] = JsonNode.Parse("""{"windowDays": 0}""");
    }

    private List<JsonObject> Resting() => [.. _server.Users.Where(user => !(bool)user["active"]!)];

    /// <param name="without">How many of the first pupils have left.</param>
    /// <param name="hidden">Who is there again, and protected.</param>
    private static SchoolBuilder School(int without = 0, int more = 0, string? hidden = null)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        school.Employee("teacher");
        school.Duty("duty", "teacher", "school");
        foreach (var label in Enumerable.Range(without, Pupils - without).Select(number => $"pupil{number}").Concat(Enumerable.Range(0, more).Select(number => $"new{number}")))
        {
            school.Student(label, "school");
        }

        if (hidden is not null)
        {
            school.Student(hidden, "school")["securityMarking"] = "Sekretessmarkering";
        }

        return school;
    }
}
