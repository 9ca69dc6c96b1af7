using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Many who become protected at once leave the same night; somebody is told, and if it was a mistake the same accounts come back.</summary>
[Collection(AzuriteTests.Name)]
public sealed class MassProtectionTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40));

    [Fact]
    public async Task They_leave_at_once_and_an_alarm_of_its_own_is_raised()
    {
        var first = await azurite.Night(_town).RunAsync();

        var second = await azurite.Night(Marked(20)).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal(20, (await second.AppleAsync()).Rows("students.csv").Count);
        var alarm = Assert.Single(Alarm.AllOf(second.Run), alarm => alarm.Kind == AlarmKind.ManyProtected && alarm.Text.Contains("all schools"));
        Assert.Equal(
            "Feed apple: 20 of 40 students of all schools have become protected at once (limit 10 %): they leave the target all the same. Ask the register whether that is so.",
            alarm.Text);
        Assert.Contains((await second.PlanAsync()).Plan.Notices!, notice => notice.Code == NoticeCode.ManyProtected);
    }

    [Fact]
    public async Task A_few_are_nothing_special()
    {
        var first = await azurite.Night(_town).RunAsync();

        var second = await azurite.Night(Marked(3)).As(first.Run.Tenant).RunAsync();

        Assert.Equal(37, (await second.AppleAsync()).Rows("students.csv").Count);
        Assert.Null(second.Run.Feeds[0].Notices);
    }

    /// <summary>Learn disables by keys alone whom a delete file names; a row that comes again enables the same account.</summary>
    [Fact]
    public async Task At_Learn_they_are_disabled_by_keys_alone_and_come_back_as_the_same_accounts()
    {
        await using var learn = await LearnServer.StartAsync();
        var time = new SkippingTime();
        var first = await To(_town).RunAsync();
        var before = learn.State.Enabled("person").ToList();

        await To(Marked(20)).As(first.Run.Tenant).On("2026-09-02").RunAsync();
        var during = learn.State.Enabled("person").ToList();
        var gone = learn.State.Find("person", Ids.Of("berget7"));
        var mended = await To(_town).As(first.Run.Tenant).On("2026-09-03").RunAsync();

        Assert.Equal(before.Count - 20, during.Count);
        Assert.NotNull(gone);
        Assert.Contains(learn.Posts, post => post.ToString() == "person/delete");
        Assert.Equal(RunState.Delivered, mended.Run.State);
        Assert.Equal(before, learn.State.Enabled("person"));

        Night To(ISchoolData school) => azurite.Night(school).To(learn, [], time).With("guard.maxUnprotected", 100).With("guard.unprotectAfterRuns", 1);
    }

    private EditedSchoolData Marked(int pupils) => Enumerable.Range(0, pupils)
        .Aggregate(_town.Next(), (town, number) => town.Editing($"berget{number}", pupil => pupil["securityMarking"] = "Skyddad folkbokföring"));
}
