using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What a feed's own settings change at its target is a change like any other: counted, and held where it is too much.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class SettingChangesTests
{
    [Theory]
    [InlineData("blackboard", "userId")]
    [InlineData("oneRosterCsv", "username")]
    [InlineData("schoolDataSync", "username")]
    public async Task Logins_that_a_setting_changes_wait_as_a_whole_and_the_reason_names_it(string type, string setting)
    {
        await using var targets = await SeveralTargets.StartAsync();
        await targets.NextAsync(School());
        targets.Settings[type] = new JsonObject { [setting] = "email" };

        for (var night = 0; night < 2; night++)
        {
            var held = await targets.NextAsync(School());

            var feed = Assert.Single(held.Run.Feeds, feed => feed.Holds.Count > 0);
            var hold = Assert.Single(feed.Holds, hold => hold.Code == HoldCode.SettingChanged);
            Assert.Equal((RowKind.Students, 30, 30, setting), (hold.Kind, hold.Count, hold.Of, hold.Setting));
            Assert.Contains($"settings.{setting} is another now", feed.Reason ?? held.Run.StateReason, StringComparison.Ordinal);
            Assert.Equal((RunState.Held, 0, 30, 0), (held.Run.State, feed.Plan!.Added, feed.Plan.Changed, feed.Plan.Removed));
            Assert.Equal("pupil3@id.example", targets.Has("pupil3")[type]);
        }

        await targets.ApproveAsync(await targets.NextAsync(School()));
        Assert.Equal("pupil3@elev.example", targets.Has("pupil3")[type]);
        var after = await targets.NextAsync(School());
        Assert.NotEqual(RunState.Held, after.Run.State);
        Assert.All(after.Run.Feeds, feed => Assert.Equal(0, feed.Plan!.Changed));
    }

    [Fact]
    public async Task A_setting_that_is_put_back_ends_it()
    {
        await using var targets = await SeveralTargets.StartAsync();
        await targets.NextAsync(School());
        targets.Settings["oneRosterCsv"] = new JsonObject { ["username"] = "id" };
        Assert.Equal(RunState.Held, (await targets.NextAsync(School())).Run.State);
        targets.Settings.Clear();

        var after = await targets.NextAsync(School());

        Assert.Equal(RunState.Delivered, after.Run.State);
        Assert.All(after.Run.Feeds, feed => Assert.Empty(feed.Holds));
    }

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        for (var number = 0; number < 30; number++)
        {
            var pupil = school.Student($"pupil{number}", "school");
            pupil["eduPersonPrincipalNames"] = new JsonArray($"pupil{number}@id.example");
            pupil["emails"]![0]!["value"] = $"pupil{number}@elev.example";
        }

        return school;
    }
}
