using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>No two people have one login or address at a target: who was delivered with it keeps it, whatever the guard keeps and whoever comes.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class UniqueValueTests
{
    private static readonly string[] ByLogin = ["oneRosterCsv", "schoolDataSync", "blackboard"];

    [Fact]
    public async Task Who_is_held_keeps_the_login_and_who_would_get_it_stays_as_before()
    {
        await using var targets = await SeveralTargets.StartAsync();
        targets.Settings["appleSchoolManager"] = new() { ["emailRequired"] = true };
        await targets.NextAsync(School(20));

        for (var night = 0; night < 2; night++)
        {
            var held = await targets.NextAsync(School(5, school => Login(school, "teacher", "pupil7")));

            Assert.Equal(RunState.Held, held.Run.State);
            Assert.Equal("pupil7@elev.example", targets.Has("pupil7")["appleSchoolManager"]);
            Assert.Equal("teacher@skola.example", targets.Has("teacher")["appleSchoolManager"]);
            Assert.All(ByLogin, target => Assert.Equal("pupil7@id.example", targets.Has("pupil7")[target]));
            Assert.All(ByLogin, target => Assert.Equal("teacher@id.example", targets.Has("teacher")[target]));
        }

        await targets.ApproveAsync(await targets.NextAsync(School(5, school => Login(school, "teacher", "pupil7"))));
        var after = await targets.NextAsync(School(5, school => Login(school, "teacher", "pupil7")));
        Assert.NotEqual(RunState.Held, after.Run.State);
        Assert.All(ByLogin.Except(["blackboard"]), target => Assert.Equal("pupil7@id.example", targets.Has("teacher")[target]));
        Assert.Null(targets.Has("pupil7")["oneRosterCsv"]);
    }

    [Fact]
    public async Task A_newcomer_with_a_lower_id_takes_nobody_s_login()
    {
        await using var targets = await SeveralTargets.StartAsync();
        targets.Settings["appleSchoolManager"] = new() { ["emailRequired"] = true };
        var newcomer = Enumerable.Range(0, 1000).Select(number => $"newcomer{number}").First(label => string.CompareOrdinal(Ids.Of(label), Ids.Of("pupil3")) < 0);
        await targets.NextAsync(School(6));

        for (var night = 0; night < 2; night++)
        {
            var run = await targets.NextAsync(School(6, school =>
            {
                school.Student(newcomer, "school");
                Login(school, newcomer, "PUPIL3");
            }));

            Assert.Equal(RunState.Delivered, run.Run.State);
            Assert.All(ByLogin, target => Assert.Equal("pupil3@id.example", targets.Has("pupil3")[target]));
            Assert.All(ByLogin.Append("appleSchoolManager"), target => Assert.Null(targets.Has(newcomer)[target]));
            Assert.Equal("pupil3@elev.example", targets.Has("pupil3")["appleSchoolManager"]);
        }
    }

    /// <summary>Days that somebody stays are days with the login, too.</summary>
    [Fact]
    public async Task Who_stays_for_some_days_keeps_the_login_until_then()
    {
        await using var targets = await SeveralTargets.StartAsync();
        targets.Guard["removeAfterDays"] = 3;
        var town = School(6, school => { Login(school, "pupil8", "pupil5"); }, without: 5, extra: 8);
        await targets.NextAsync(School(6));

        foreach (var isThere in new[] { true, true, false })
        {
            await targets.NextAsync(town);
            Assert.Equal(isThere ? "pupil5@id.example" : null, targets.Has("pupil5")["oneRosterCsv"]);
            Assert.Equal(isThere ? "pupil5@id.example" : null, targets.Has("pupil5")["blackboard"]);
        }

        await targets.NextAsync(town);
        Assert.Equal("PUPIL5@ID.EXAMPLE", targets.Has("pupil8")["oneRosterCsv"]?.ToUpperInvariant());
    }

    /// <summary>Who is there gets the login of somebody who stays for some days, and a newcomer theirs: both wait, and are told, and nobody loses what they have.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_waits_for_whose_login_is_told(bool isEmailRequired)
    {
        await using var targets = await SeveralTargets.StartAsync();
        targets.Settings["appleSchoolManager"] = new() { ["emailRequired"] = isEmailRequired };
        targets.Guard["removeAfterDays"] = 3;
        await targets.NextAsync(School(6));
        var town = School(6, school =>
        {
            Login(school, "pupil1", "pupil5");
            Login(school, "pupil8", "pupil1");
        }, without: 5, extra: 8);

        for (var night = 0; night < 2; night++)
        {
            var run = await targets.NextAsync(town);

            Assert.All(ByLogin, target => Assert.Equal("pupil1@id.example", targets.Has("pupil1")[target]));
            Assert.Equal("pupil1@elev.example", targets.Has("pupil1")["appleSchoolManager"]);
            Assert.All(run.Run.Feeds, feed =>
            {
                var told = Assert.Single(feed.Notices ?? [], notice => notice.Code == NoticeCode.LoginWaits).Message;
                Assert.Contains($"{Ids.Of("pupil1")} < {Ids.Of("pupil5")}", told, StringComparison.Ordinal);
                Assert.Contains($"{Ids.Of("pupil8")} < {Ids.Of("pupil1")}", told, StringComparison.Ordinal);
            });
        }
    }

    private static SchoolBuilder School(int pupils, Action<SchoolBuilder>? more = null, int without = -1, int extra = -1)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        foreach (var number in Enumerable.Range(0, pupils).Append(extra).Where(number => number >= 0 && number != without))
        {
            school.Student($"pupil{number}", "school");
        }

        school.Employee("teacher");
        school.Duty("duty", "teacher", "school");
        more?.Invoke(school);
        return school;
    }

    private static void Login(SchoolBuilder school, string label, string of)
    {
        var person = school.Data[Collections.Persons].Single(row => (string?)row["id"] == Ids.Of(label));
        person["eduPersonPrincipalNames"] = new JsonArray($"{of}@id.example");
        person["emails"]![0]!["value"] = $"{of}@elev.example";
    }
}
