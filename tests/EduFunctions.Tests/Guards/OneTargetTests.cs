using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>A target is its address, account and folder: whatever the feed is called, and whatever was lost, it had what it had.</summary>
[Collection(AzuriteTests.Name)]
public sealed class OneTargetTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40));

    [Fact]
    public async Task A_renamed_feed_goes_on_where_it_was()
    {
        var first = await azurite.Night(_town).RunAsync();

        var second = await azurite.Night(Half()).WithFeed("name", "asm").As(first.Run.Tenant).RunAsync();
        var mended = await azurite.Night(_town).WithFeed("name", "asm").As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20 });
        Assert.Equal(NoticeCode.FeedRenamed, Assert.Single(second.Run.Feeds[0].Notices!).Code);
        Assert.Equal(40, (await second.AppleAsync()).Rows("students.csv").Count);
        Assert.Equal((RunState.Delivered, ReceiptState.SkippedUnchanged), (mended.Run.State, mended.Run.Feeds[0].State));
    }

    [Fact]
    public async Task A_renamed_feed_that_says_what_has_changed_knows_what_the_target_has()
    {
        await using var learn = await LearnServer.StartAsync();
        var time = new SkippingTime();
        var first = await azurite.Night(_town).To(learn, [], time).RunAsync();

        var second = await azurite.Night(_town.Next().Losing("berget", 38, 40)).To(learn, [], time).WithFeed("name", "blackboard").As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal(38 + 1, learn.State.Enabled("person").Count);
        Assert.DoesNotContain(Ids.Of("berget39"), learn.State.Enabled("person"));
    }

    [Fact]
    public async Task Two_feeds_at_one_target_are_an_error_of_the_tenant_file()
    {
        var night = azurite.Night(_town);
        night.AddFeed("second");

        var refused = await night.With("feeds", SameFolder(night)).RunAsync();

        Assert.Equal(RunState.Failed, refused.Run.State);
        Assert.Contains("$.feeds[1].delivery", refused.Run.StateReason);
        Assert.Contains("same address, account and folder as feed \"apple\"", refused.Run.StateReason);
    }

    /// <summary>Runs and rosters are still there, and say that something was sent.</summary>
    [Theory]
    [InlineData("apple")]
    [InlineData("asm")]
    public async Task What_was_sent_is_lost_when_state_and_feeds_are_gone(string name)
    {
        var first = await azurite.Night(_town).RunAsync();
        await LoseAsync(Containers.State, $"{first.Run.Tenant}/feeds/");
        await LoseAsync(Containers.Feeds, $"{first.Run.Tenant}/");

        var second = await azurite.Night(Half()).WithFeed("name", name).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        AssertLostAndShown(second);
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task A_receipt_of_a_renamed_feed_is_enough_of_a_trace()
    {
        var first = await azurite.Night(_town).RunAsync();
        await LoseAsync(Containers.State, $"{first.Run.Tenant}/feeds/");
        await LoseAsync(Containers.Runs, $"{first.Run.Tenant}/");

        var second = await azurite.Night(Half()).WithFeed("name", "asm").As(first.Run.Tenant).RunAsync();

        AssertLostAndShown(second);
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task What_a_renamed_feeds_target_has_is_made_known_again_by_the_receipts_of_its_former_name()
    {
        var first = await azurite.Night(_town).RunAsync();
        await LoseAsync(Containers.State, $"{first.Run.Tenant}/feeds/");

        var renamed = await azurite.Night(_town).WithFeed("name", "asm").As(first.Run.Tenant).RebaselineAsync("asm", isDryRun: false);
        var second = await azurite.Night(Half()).WithFeed("name", "asm").As(first.Run.Tenant).RunAsync();

        Assert.Equal((null, first.Run.Run), (renamed.Refusal, renamed.Delivered?.Run));
        Assert.DoesNotContain(second.Run.Feeds[0].Holds, hold => hold.Code == HoldCode.BaselineLost);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20 });
    }

    [Fact]
    public async Task A_new_feed_to_a_new_target_is_a_first_one()
    {
        var first = await azurite.Night(_town).RunAsync();
        var night = azurite.Night(_town).As(first.Run.Tenant);
        night.AddFeed("second");

        var second = await night.RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal(ReceiptState.Sent, second.Run.Feeds[1].State);
    }

    [Fact]
    public async Task Another_address_is_told()
    {
        var first = await azurite.Night(_town).RunAsync();

        var second = await azurite.Night(_town).WithDelivery("directory", "./dropbox").As(first.Run.Tenant).RunAsync();

        var notice = Assert.Single(second.Run.Feeds[0].Notices!);
        Assert.Equal(NoticeCode.TargetChanged, notice.Code);
        Assert.Contains($"Up to run {first.Run.Run} the feed went to sftp://", notice.Message);
        Assert.EndsWith("/dropbox, now it goes to " + second.Run.Feeds[0].Target + ". It is compared with what went there: see that it is the same receiver.", notice.Message);
    }

    /// <summary>Nothing is sent, and the plan says what half a school less comes to.</summary>
    private static void AssertLostAndShown(NightResult night)
    {
        var feed = night.Run.Feeds[0];
        Assert.Contains(feed.Holds, hold => hold.Code == HoldCode.BaselineLost);
        Assert.Contains(feed.Holds, hold => hold is { Code: HoldCode.Removals, Count: 20, Of: 40 });
        Assert.Equal([NoticeCode.BaselineBlobs, NoticeCode.BaselineSurmised], feed.Notices!.Select(notice => notice.Code));
        Assert.True(feed.Plan is { Added: 0, Removed: 40, Held: >= 40 }, $"{feed.Plan}");
    }

    private EditedSchoolData Half() => _town.Next().Losing("berget", 20, 40);

    private static System.Text.Json.Nodes.JsonNode SameFolder(Night night)
    {
        var feeds = night.Feeds.DeepClone();
        feeds[1]!["delivery"]!["directory"] = "dropbox";
        return feeds;
    }

    private async Task LoseAsync(string container, string prefix)
    {
        await foreach (var blob in azurite.Blobs.ListAsync(container, prefix, CancellationToken.None))
        {
            await azurite.Blobs.DeleteAsync(container, blob.Name, CancellationToken.None);
        }
    }
}
