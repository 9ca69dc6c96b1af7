using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Who stays by the guard, by days or by a freeze was delivered by yesterday's settings, and is not the reason why a feed is not sent.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RequiredLaterTests
{
    [Theory]
    [InlineData("hold")]
    [InlineData("days")]
    [InlineData("freeze")]
    public async Task A_column_that_is_required_from_tonight_on_stops_nobody_else(string how)
    {
        await using var targets = await SeveralTargets.StartAsync();
        var lacking = how == "hold" ? 15 : 2;
        if (how == "days")
        {
            targets.Guard["removeAfterDays"] = 3;
        }

        await targets.NextAsync(School(30, lacking));
        targets.Settings["appleSchoolManager"] = new() { ["required"] = new JsonArray("email_address") };
        targets.Settings["oneRosterCsv"] = new() { ["username"] = "email" };
        targets.Settings["schoolDataSync"] = new() { ["username"] = "email" };
        targets.Settings["blackboard"] = new() { ["userId"] = "email" };
        targets.Freeze = how == "freeze" ? new() { ["until"] = "2026-12-20", ["what"] = "removals" } : null;

        for (var night = 0; night < 2; night++)
        {
            var run = await targets.NextAsync(School(31, lacking));

            Assert.True(run.Run.State == (how == "hold" && night == 0 ? RunState.Held : run.Run.State), run.Run.StateReason);
            Assert.All(run.Run.Feeds, feed => Assert.True(
                feed.State is ReceiptState.Sent or ReceiptState.Processed or ReceiptState.SkippedUnchanged,
                $"{feed.Name} {feed.State}: {feed.Reason} {string.Join(" ", feed.Holds.Select(hold => hold.Message))}"));
            Assert.NotNull(targets.Has("pupil30")["appleSchoolManager"]);
            Assert.NotNull(targets.Has("pupil30")["oneRosterCsv"]);
            Assert.Equal("", targets.Has("pupil0")["appleSchoolManager"]);
            Assert.Null(targets.Has("pupil0")["oneRosterCsv"]);
        }
    }

    private static SchoolBuilder School(int pupils, int lacking)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        for (var number = 0; number < pupils; number++)
        {
            var pupil = school.Student($"pupil{number}", "school");
            if (number < lacking)
            {
                pupil["emails"] = new JsonArray();
            }
            else
            {
                // That a setting gives everybody another login would be a question of its own.
                pupil["emails"]![0]!["value"] = (string?)pupil["eduPersonPrincipalNames"]![0];
            }
        }

        return school;
    }
}
