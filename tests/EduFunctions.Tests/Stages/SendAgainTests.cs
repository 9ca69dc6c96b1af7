using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>A target that has lost or refused what it was sent, one that must rest, and one that is left out.</summary>
[Collection(TargetTests.Name)]
public sealed class SendAgainTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_has_not_changed_is_sent_again_by_force_alone()
    {
        var first = await azurite.Night(School(5)).RunAsync();
        var tenant = first.Run.Tenant;

        var quiet = await azurite.Night(School(5)).As(tenant).ResendAsync(first.Run.Run);
        var forced = await azurite.Night(School(5)).As(tenant).ResendAsync(first.Run.Run, force: true);
        var asked = await azurite.Night(School(5)).As(tenant).SendAgainAsync(first.Run.Run);

        Assert.Equal((ReceiptState.SkippedUnchanged, 0), (quiet.Run.Feeds[0].State, quiet.Received.Count));
        Assert.Equal((ReceiptState.Sent, first.Received.Single().Sha256), (forced.Run.Feeds[0].State, forced.Received.Single().Sha256));
        Assert.Equal((ReceiptState.Sent, first.Received.Single().Sha256), (asked.Run.Feeds[0].State, asked.Received.Single().Sha256));
    }

    [Fact]
    public async Task By_force_too_what_the_guard_holds_stays_held()
    {
        var small = await azurite.Night(School(10)).RunAsync();
        await azurite.Night(School(25)).As(small.Run.Tenant).RunAsync();

        var forced = await azurite.Night(School(25)).As(small.Run.Tenant).ResendAsync(small.Run.Run, force: true);

        Assert.Equal(RunState.Held, forced.Run.State);
        Assert.Equal(25, (await forced.AppleAsync()).Rows("students.csv").Count);
    }

    [Theory]
    [InlineData("removals", 5, 5)]
    [InlineData("adds", 4, 4)]
    public async Task A_target_that_rests_loses_nobody_or_gets_nobody(string what, int frozen, int expected)
    {
        var first = await azurite.Night(School(5)).RunAsync();
        var others = what == "adds" ? School(7, skip: 1) : School(4);

        var night = await Frozen(others, first.Run.Tenant, what).RunAsync();
        var after = await Frozen(others, first.Run.Tenant, what).On(Night.Today.AddDays(10)).RunAsync();

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Contains(night.Run.Feeds[0].Notices!, notice => notice.Code == NoticeCode.TargetRests);
        Assert.Equal((frozen, expected), ((await night.AppleAsync()).Rows("students.csv").Count, expected));
        Assert.Equal((RunState.Delivered, what == "adds" ? 6 : 4), (after.Run.State, (await after.AppleAsync()).Rows("students.csv").Count));
    }

    [Fact]
    public async Task A_target_that_rests_wholly_gets_nothing_but_who_is_protected_leaves()
    {
        var first = await azurite.Night(School(5)).RunAsync();
        var marked = School(7);
        marked.Data[Collections.Persons].First(person => (string?)person["id"] == Ids.Of("pupil1"))["securityMarking"] = "Sekretessmarkering";

        var night = await Frozen(School(7), first.Run.Tenant, "all").RunAsync();
        var left = await Frozen(marked, first.Run.Tenant, "all").RunAsync();

        Assert.Equal((RunState.Delivered, 0), (night.Run.State, night.Received.Count));
        Assert.EndsWith("by the tenant file (freeze), so nothing of it is sent.", night.Run.StateReason);
        Assert.Equal((RunState.Delivered, "all"), (left.Run.State, left.Run.Feeds.Single().Rest?.What));
        var zip = new AppleZip(await File.ReadAllBytesAsync(left.Received.Single().LocalFile));
        Assert.Equal(Labels(0, 2, 3, 4), zip.Column("students.csv", "person_id"));
    }

    [Fact]
    public async Task A_feed_that_is_switched_off_is_in_no_run()
    {
        var night = await azurite.Night(School(5)).WithFeed("enabled", false).RunAsync();

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Empty(night.Run.Feeds);
        Assert.Empty(night.Received);
    }

    [Fact]
    public async Task A_feed_for_some_schools_is_sent_again_as_it_was()
    {
        var school = School(5);
        school.Unit("other");
        school.Student("elsewhere", "other");
        var first = await azurite.Night(school).WithFeed("schools", new JsonArray(Ids.Of("school"))).RunAsync();

        var again = await azurite.Night(school).As(first.Run.Tenant).WithFeed("schools", new JsonArray(Ids.Of("school"))).ResendAsync(first.Run.Run, force: true);

        Assert.Equal(RunState.Delivered, again.Run.State);
        Assert.Equal(Labels(0, 1, 2, 3, 4), (await first.AppleAsync()).Column("students.csv", "person_id"));
        Assert.Equal(first.Received.Single().Sha256, again.Received.Single().Sha256);
    }

    private Night Frozen(SchoolBuilder school, string tenant, string what) => azurite.Night(school).As(tenant).WithFeed(
        "freeze", new JsonObject { ["until"] = Night.Today.AddDays(10).ToString("yyyy-MM-dd", null), ["what"] = what });

    private static IEnumerable<string> Labels(params int[] pupils) => pupils.Select(pupil => Ids.Of($"pupil{pupil}")).Order(StringComparer.Ordinal);

    private static SchoolBuilder School(int pupils, int skip = 0)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("school");
        for (var pupil = skip; pupil < pupils; pupil++)
        {
            school.Student($"pupil{pupil}", "school");
        }

        return school;
    }
}
