using System.Text.Json.Nodes;
using EduFunctions.LocalHost.Commands;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Tenants;

/// <summary>An operator lets a target rest beside what the tenant file says, and go on again: nights obey, and the record says who and why.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class FreezingTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task Nobody_goes_while_a_target_rests_and_goes_once_it_may_go_on()
    {
        var first = await Town(5).RunAsync();
        var tenant = first.Run.Tenant;

        var (frozen, list) = await Town(4).As(tenant).PostAsync("freeze", Order("removals"));
        var night = await Town(4).As(tenant).RunAsync();
        var (thawed, none) = await Town(4).As(tenant).PostAsync("thaw", new JsonObject { ["feed"] = "apple", ["reason"] = "the target is ready" });
        var after = await Town(4).As(tenant).RunAsync();

        Assert.Equal((200, 200, 0), (frozen, thawed, none!.AsArray().Count));
        Assert.Equal(("apple", "removals", "the target changes its year"), ((string?)list![0]!["feed"], (string?)list[0]!["freeze"]!["what"], (string?)list[0]!["reason"]));
        Assert.Equal((RunState.Delivered, 5), (night.Run.State, (await night.AppleAsync()).Rows("students.csv").Count));
        Assert.Equal((RunState.Delivered, 4), (after.Run.State, (await after.AppleAsync()).Rows("students.csv").Count));
        var (_, acts) = await Town(4).As(tenant).GetAsync("acts");
        Assert.Equal(["thaw", "freeze"], acts!.AsArray().Select(act => (string)act!["kind"]!).Where(kind => kind is "freeze" or "thaw"));
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_target_that_rests_wholly_until_the_day_has_come()
    {
        var first = await Town(5).RunAsync();
        var tenant = first.Run.Tenant;
        await Town(6).As(tenant).PostAsync("freeze", Order("all"));

        var night = await Town(6).As(tenant).RunAsync();
        var after = await Town(6).As(tenant).On(Until).RunAsync();

        Assert.Equal((RunState.Delivered, 0, ExitCodes.Good), (night.Run.State, night.Received.Count, new SyncResult(night.Run, IsRefused: false).ExitCode));
        var rest = Assert.Single(night.Run.Feeds).Rest!;
        Assert.Equal((Day(Until), "all"), (rest.Until, rest.What));
        Assert.Equal($"Feed apple is paused until {Day(Until)} by {rest.By} (freeze), so nothing of it is sent.", night.Run.StateReason);
        Assert.StartsWith($"Flödet apple är pausat till {Day(Until)}", Language.Swedish.Told(night.Run.StateReason!));
        Assert.DoesNotContain("Flödet apple: ", Language.Swedish.Told(night.Run.StateReason!));
        Assert.Equal((RunState.Delivered, 6), (after.Run.State, (await after.AppleAsync()).Rows("students.csv").Count));
    }

    /// <summary>What is too much waits for the night in which the target goes on, and nobody is asked before.</summary>
    [Fact]
    public async Task A_target_that_rests_asks_for_nothing_and_the_night_after_asks()
    {
        var first = await Town(50).RunAsync();
        var tenant = first.Run.Tenant;
        await Town(35).As(tenant).PostAsync("freeze", Order("all"));

        var night = await Town(35).As(tenant).RunAsync();
        await Town(35).As(tenant).PostAsync("thaw", new JsonObject { ["feed"] = "apple", ["reason"] = "the target is ready" });
        var after = await Town(35).As(tenant).RunAsync();

        Assert.Equal((RunState.Delivered, false), (night.Run.State, Assert.Single(night.Run.Feeds).IsAsking));
        Assert.NotEmpty(night.Run.Feeds[0].Holds);
        Assert.Empty(Alarm.AllOf(night.Run));
        Assert.Equal((RunState.Held, true, null), (after.Run.State, Assert.Single(after.Run.Feeds).IsAsking, after.Run.Feeds[0].Rest));
    }

    /// <summary>Both count: what the file says is lifted there alone.</summary>
    [Fact]
    public async Task What_the_tenant_file_says_stays()
    {
        var first = await Town(5).RunAsync();
        var tenant = first.Run.Tenant;
        var filed = new JsonObject { ["until"] = Day(Until), ["what"] = "adds" };
        await Town(5).As(tenant).PostAsync("freeze", Order("removals"));

        var night = await Town(6, skip: 1).As(tenant).WithFeed("freeze", filed.DeepClone()).RunAsync();
        var (lifted, _) = await Town(5).As(tenant).WithFeed("freeze", filed.DeepClone()).PostAsync("thaw", new JsonObject { ["feed"] = "apple" });
        var (refused, problem) = await Town(5).As(tenant).WithFeed("freeze", filed.DeepClone()).PostAsync("thaw", new JsonObject { ["feed"] = "apple" });

        var students = (await night.AppleAsync()).Column("students.csv", "person_id");
        Assert.Equal(Enumerable.Range(0, 5).Select(pupil => Ids.Of($"pupil{pupil}")).Order(StringComparer.Ordinal), students);
        Assert.Equal((200, 409), (lifted, refused));
        Assert.Contains("by the tenant file", (string?)problem!["detail"]);
    }

    /// <summary>What rests is the target, and not whatever feed is called as its was.</summary>
    [Fact]
    public async Task A_target_rests_on_when_its_feed_gets_another_name()
    {
        var tenant = (await Two(5, "apple", "second").RunAsync()).Run.Tenant;
        await Two(5, "apple", "second").As(tenant).PostAsync("freeze", Order("removals"));

        var renamed = Two(4, "pads", "second").As(tenant);
        var (_, list) = await renamed.GetAsync("freezes");
        var night = await renamed.RunAsync();
        var exchanged = await Two(3, "second", "apple").As(tenant).RunAsync();
        var (notHeld, _) = await Two(3, "second", "apple").As(tenant).PostAsync("thaw", new JsonObject { ["feed"] = "apple", ["reason"] = "a mistake" });
        var (thawed, none) = await Two(3, "second", "apple").As(tenant).PostAsync("thaw", new JsonObject { ["feed"] = "second", ["reason"] = "the target is ready" });
        var after = await Two(3, "second", "apple").As(tenant).RunAsync();

        Assert.Equal("pads", (string?)list!.AsArray().Single()!["feed"]);
        Assert.Equal([TenantJson.FolderOf("second")], Folders(night));
        Assert.Equal([TenantJson.FolderOf("second")], Folders(exchanged));
        Assert.Equal((409, 200, 0), (notHeld, thawed, none!.AsArray().Count));
        Assert.Equal(["dropbox"], Folders(after));

        static IEnumerable<string?> Folders(NightResult night) => night.Received.Select(file => Path.GetDirectoryName(file.Path));
    }

    [Fact]
    public async Task A_feed_that_goes_elsewhere_by_now_rests_by_its_name()
    {
        var tenant = (await Town(5).RunAsync()).Run.Tenant;
        await Town(5).As(tenant).PostAsync("freeze", Order("all"));

        var night = await Town(6).As(tenant).WithDelivery("directory", "/dropbox/corrected").RunAsync();

        Assert.Empty(night.Received);
        Assert.NotNull(Assert.Single(night.Run.Feeds).Rest);
    }

    [Theory]
    [InlineData("other", "2030-01-01", "adds", "it has apple")]
    [InlineData("apple", "2020-01-01", "adds", "at most a year ahead")]
    [InlineData("apple", "2999-01-01", "adds", "at most a year ahead")]
    [InlineData("apple", "soon", "adds", "YYYY-MM-DD")]
    [InlineData("apple", null, "everything", "all, adds or removals")]
    public async Task What_cannot_be_is_refused_and_leaves_no_trace(string feed, string? until, string what, string told)
    {
        var tenant = (await Town(1).RunAsync()).Run.Tenant;

        var (status, problem) = await Town(1).As(tenant).PostAsync(
            "freeze", new JsonObject { ["feed"] = feed, ["until"] = until ?? Day(Until), ["what"] = what });

        Assert.Equal(409, status);
        Assert.Contains(told, (string?)problem!["detail"]);
        Assert.Empty((await Town(1).As(tenant).GetAsync("freezes")).Answer!.AsArray());
        Assert.DoesNotContain((await Town(1).As(tenant).GetAsync("acts")).Answer!.AsArray(), act => (string?)act!["kind"] == "freeze");
    }

    [Fact]
    public async Task Where_reasons_are_required_none_is_none()
    {
        var tenant = (await Town(1).RunAsync()).Run.Tenant;

        var (status, problem) = await Town(1).As(tenant).With("reasons", "required").PostAsync("freeze", new JsonObject { ["feed"] = "apple", ["until"] = Day(Until) });

        Assert.Equal(409, status);
        Assert.Contains("a reason has to be given", (string?)problem!["detail"]);
    }

    /// <summary>Nights of the tests are on a day of their own, and buttons are pressed today.</summary>
    private static DateOnly Until { get; } = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(20);

    private static JsonObject Order(string what) =>
        new() { ["feed"] = "apple", ["until"] = Day(Until), ["what"] = what, ["reason"] = "the target changes its year" };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", null);

    private Night Two(int pupils, string first, string second)
    {
        var night = Town(pupils);
        night.AddFeed("second");
        return night.WithFeed("name", first).WithFeed(1, "name", second);
    }

    private Night Town(int pupils, int skip = 0)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        for (var pupil = skip; pupil < pupils; pupil++)
        {
            school.Student($"pupil{pupil}", "school");
        }

        return new Night(_ground, school.Data);
    }
}
