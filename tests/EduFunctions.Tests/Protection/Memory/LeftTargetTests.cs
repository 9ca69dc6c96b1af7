using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A feed that goes to another server under another name leaves people behind at the old one: somebody has to know.</summary>
[Collection(TargetTests.Name)]
public sealed class LeftTargetTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Whoever_becomes_protected_and_is_there_still_is_told_with_the_old_address()
    {
        var first = await azurite.Night(MemoryTown.Make().Data).RunAsync();
        var marked = MemoryTown.Make().Marking("alva").Data;

        var night = await Moved(first, marked).RunAsync();
        var next = await Moved(first, marked).RunAsync();
        var put = await azurite.Night(marked).As(first.Run.Tenant).RunAsync();

        var notice = Assert.Single(night.Run.Notices!);
        Assert.Equal(NoticeCode.TargetLeft, notice.Code);
        Assert.Contains($"1 protected persons are in what feed {first.Run.Feeds[0].Name} was given last at {first.Run.Feeds[0].Target}", notice.Message);
        Assert.DoesNotContain(Ids.Of("alva"), notice.Message);
        Assert.Equal(Assert.Single(Alarms(night)).Cause, Assert.Single(Alarms(next)).Cause);
        Assert.Null(put.Run.Notices);
    }

    [Fact]
    public async Task A_feed_that_is_switched_off_leaves_them_as_well()
    {
        var first = await azurite.Night(MemoryTown.Make().Data).RunAsync();
        var night = azurite.Night(MemoryTown.Make().Marking("alva").Data).As(first.Run.Tenant);
        night.AddFeed("other");

        var off = await night.WithFeed("enabled", false).RunAsync();

        Assert.Contains("1 protected persons are in what feed apple was given last", Assert.Single(off.Run.Notices!).Message);
    }

    [Fact]
    public async Task Nothing_is_told_while_nobody_is()
    {
        var first = await azurite.Night(MemoryTown.Make().Data).RunAsync();

        var night = await Moved(first, MemoryTown.Make().Data).RunAsync();

        Assert.Null(night.Run.Notices);
    }

    private static IEnumerable<Alarm> Alarms(NightResult night) => Alarm.AllOf(night.Run).Where(alarm => alarm.Kind == AlarmKind.Target);

    private Night Moved(NightResult first, ISchoolData school) =>
        azurite.Night(school).As(first.Run.Tenant).WithFeed("name", "elsewhere").WithDelivery("directory", TenantJson.FolderOf("elsewhere"));
}
