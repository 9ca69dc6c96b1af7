using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What a freeze keeps, and that it is no limit; and what comes to schools that had nobody.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RestingTargetTests
{
    [Fact]
    public async Task Nobody_goes_from_a_target_that_rests_not_even_who_has_just_come_and_no_approval_lets_them()
    {
        await using var targets = await SeveralTargets.StartAsync();
        await targets.NextAsync(School(0, 30));
        await targets.NextAsync(School(0, 31));
        targets.Freeze = new() { ["until"] = "2026-12-20", ["what"] = "removals" };

        var resting = await targets.NextAsync(School(2, 30));
        Assert.Equal(RunState.Delivered, resting.Run.State);
        Assert.All(
            resting.Run.Feeds,
            feed => Assert.Contains(feed.Notices!, notice => notice.Code == NoticeCode.TargetRests && notice.Message.StartsWith("3 of 31 students", StringComparison.Ordinal)));
        Assert.All(new[] { "pupil0", "pupil1", "pupil30" }.SelectMany(targets.Has), login => Assert.NotNull(login.Value));

        var many = await targets.NextAsync(School(2, 70));
        Assert.Equal(RunState.Held, many.Run.State);
        Assert.Equal(RunState.Delivered, (await targets.ApproveAsync(many)).Run.State);
        Assert.All(new[] { "pupil0", "pupil30", "pupil69" }.SelectMany(targets.Has), login => Assert.NotNull(login.Value));

        targets.Freeze = null;
        Assert.Equal(RunState.Delivered, (await targets.NextAsync(School(2, 70))).Run.State);
        Assert.All(targets.Has("pupil0"), login => Assert.Null(login.Value));
    }

    [Fact]
    public async Task Nobody_comes_to_a_target_that_rests_and_who_has_another_id_stays_under_the_former()
    {
        await using var targets = await SeveralTargets.StartAsync();
        await targets.NextAsync(School(0, 30));
        targets.Freeze = new() { ["until"] = "2026-12-20", ["what"] = "adds" };

        var resting = await targets.NextAsync(School(1, 32, school =>
        {
            school.Unit("new");
            school.Student("stranger", "new");
            var same = school.Student("another", "school");
            same["eduPersonPrincipalNames"] = new JsonArray("pupil0@id.example");
            same["givenName"] = "Pupil0";
        }));

        Assert.Equal(RunState.Delivered, resting.Run.State);
        Assert.All(new[] { "pupil31", "stranger", "another" }.SelectMany(targets.Has), login => Assert.Null(login.Value));
        Assert.All(targets.Has("pupil0"), login => Assert.NotNull(login.Value));
    }

    /// <summary>Both halves of a move wait: nobody is without a class, and no class without a teacher.</summary>
    [Fact]
    public async Task Who_changes_class_while_nobody_comes_stays_in_the_old_one_and_a_class_keeps_its_teacher()
    {
        await using var targets = await SeveralTargets.StartAsync();
        await targets.NextAsync(Classes(ofPupil0: "red", teacher: "old"));
        targets.Freeze = new() { ["until"] = "2026-12-20", ["what"] = "adds" };

        var resting = await targets.NextAsync(Classes(ofPupil0: "blue", teacher: "new"));

        Assert.Equal(RunState.Delivered, resting.Run.State);
        Assert.Equal(["red"], ClassesOf(targets, "pupil0"));
        Assert.Equal(["red"], ClassesOf(targets, "old"));
        Assert.All(resting.Run.Feeds, feed => Assert.Contains(feed.Notices!, notice => notice.Message.Contains("memberships of all schools would be added", StringComparison.Ordinal)));

        targets.Freeze = null;
        await targets.NextAsync(Classes(ofPupil0: "blue", teacher: "new"));
        Assert.Equal(["blue"], ClassesOf(targets, "pupil0"));
        Assert.Equal(["red"], ClassesOf(targets, "new"));
        Assert.Empty(ClassesOf(targets, "old"));
    }

    /// <summary>The class is gone from the register, and the one that takes its place is not there yet: whoever changes stays where the target has them.</summary>
    [Theory]
    [InlineData("green")]
    [InlineData("blue")]
    public async Task Who_leaves_a_class_that_is_gone_stays_in_it_until_the_next_one_may_come(string next)
    {
        await using var targets = await SeveralTargets.StartAsync();
        await targets.NextAsync(Moved("red", "red"));
        targets.Freeze = new() { ["until"] = "2026-12-20", ["what"] = "adds" };

        // Half of them go on together, and half to another class, so that no class seems to be the old one under a new id.
        var resting = await targets.NextAsync(Moved(next, "blue"));

        Assert.Equal(RunState.Delivered, resting.Run.State);
        foreach (var pupil in new[] { "pupil0", "pupil5" })
        {
            Assert.All(targets.InClass("red", pupil), has => Assert.True(has.Value, $"{has.Key} {pupil}"));
            Assert.All(targets.InClass(next, pupil).Concat(targets.InClass("blue", pupil)), has => Assert.False(has.Value, $"{has.Key} {pupil}"));
        }

        Assert.All(resting.Run.Feeds, feed => Assert.Contains(
            feed.Notices!, notice => notice.Code == NoticeCode.TargetRests && notice.Message.Contains("sections of all schools would be removed", StringComparison.Ordinal)));
        targets.Freeze = null;
        await targets.NextAsync(Moved(next, "blue"));
        Assert.All(targets.InClass("red", "pupil0"), has => Assert.False(has.Value, has.Key));
        Assert.All(targets.InClass(next, "pupil0"), has => Assert.True(has.Value, has.Key));
        Assert.All(targets.InClass("blue", "pupil5"), has => Assert.True(has.Value, has.Key));
    }

    private static SchoolBuilder Moved(string first, string second)
    {
        var school = School(0, 24);
        var classes = Enumerable.Range(0, 8).ToLookup(number => number < 4 ? first : second);
        foreach (var name in new[] { "red", "blue", "green" }.Where(name => classes.Contains(name) || name == "blue"))
        {
            school.Group(name, "school", "Klass", [.. classes[name].Select(number => $"pupil{number}"), .. name == "blue" ? Others(8) : []]);
        }

        foreach (var extra in Enumerable.Range(0, 6))
        {
            school.Group($"extra{extra}", "school", "Klass", [.. Others(16)]);
        }

        return school;

        static IEnumerable<string> Others(int from) => Enumerable.Range(from, 8).Select(number => $"pupil{number}");
    }

    private static string[] ClassesOf(SeveralTargets targets, string label) =>
        [.. new[] { "red", "blue" }.Where(name => targets.Learn.State.Enabled("membership").Any(key => key == $"{Ids.Of(name)}|{Ids.Of(label)}"))];

    private static SchoolBuilder Classes(string ofPupil0, string teacher)
    {
        var school = School(0, 12, school =>
        {
            school.Employee("old");
            school.Duty("old-duty", "old", "school");
            if (teacher == "new")
            {
                school.Employee("new");
                school.Duty("new-duty", "new", "school");
            }
        });
        foreach (var name in new[] { "red", "blue" })
        {
            var pupils = Enumerable.Range(1, 11).Where(number => (number < 6) == (name == "red")).Select(number => $"pupil{number}");
            school.Group(name, "school", "Klass", [.. pupils, .. ofPupil0 == name ? ["pupil0"] : Array.Empty<string>()]);
        }

        school.Activity("lesson", "school", "red", null, $"{teacher}-duty");
        return school;
    }

    /// <summary>Everything else about them is another: logins, ids, schools.</summary>
    [Theory]
    [InlineData("numbers", HoldCode.Doubles)]
    [InlineData("names", HoldCode.Doubles)]
    [InlineData("nothing", HoldCode.Additions)]
    public async Task A_source_that_hands_out_everybody_twice_under_schools_of_other_ids_makes_no_accounts(string common, HoldCode code)
    {
        await using var targets = await SeveralTargets.StartAsync();
        await targets.NextAsync(Twice(common, isTwice: false));

        var night = await targets.NextAsync(Twice(common, isTwice: true));

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.All(night.Run.Feeds, feed => Assert.Contains(feed.Holds, hold => hold.Code == code));
        Assert.All(targets.Has("copy0"), login => Assert.Null(login.Value));
        Assert.All(targets.Has("pupil0"), login => Assert.NotNull(login.Value));
    }

    private static SchoolBuilder Twice(string common, bool isTwice)
    {
        var school = new SchoolBuilder(Night.Today);
        foreach (var copy in isTwice ? new[] { "pupil", "copy" } : ["pupil"])
        {
            school.Unit($"{copy}-school");
            for (var number = 0; number < 25; number++)
            {
                var person = school.Student($"{copy}{number}", $"{copy}-school");
                person["givenName"] = common == "nothing" ? $"{copy}{number}" : $"Förnamn{number}";
                person["familyName"] = common == "numbers" ? copy : "Efternamn";
                if (common == "numbers")
                {
                    person["civicNo"] = new JsonObject { ["value"] = $"201201{number + 1:00}9{80 + (number % 20):00}{number % 10}" };
                }
            }
        }

        return school;
    }

    private static SchoolBuilder School(int from, int to, Action<SchoolBuilder>? more = null)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        for (var number = from; number < to; number++)
        {
            school.Student($"pupil{number}", "school");
        }

        more?.Invoke(school);
        return school;
    }
}
