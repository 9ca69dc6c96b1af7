using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Names are exchanged, taken again and written otherwise, addresses are left and returned to: each target is compared with what it was given itself.</summary>
[Collection(AzuriteTests.Name)]
public sealed class WhoseTargetTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40), ("dalen", 60));

    [Fact]
    public async Task Feeds_that_exchange_names_go_on_each_at_its_target()
    {
        var night = azurite.Night(_town);
        var first = await night.With("feeds", Both(night, "apple", "second")).RunAsync();
        var next = azurite.Night(_town.Next().Losing("dalen", 30, 60)).As(first.Run.Tenant);

        var second = await next.With("feeds", Both(next, "second", "apple")).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.All(second.Run.Feeds, feed => Assert.Contains(feed.Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 30 }));
        Assert.All(second.Run.Feeds, feed => Assert.Equal(NoticeCode.FeedRenamed, Assert.Single(feed.Notices!).Code));
        Assert.Equal((100, 60), (await StudentsAsync(second, "second"), await StudentsAsync(second, "apple")));
    }

    [Fact]
    public async Task A_name_that_another_feed_had_brings_nothing_along()
    {
        var night = azurite.Night(_town);
        var first = await night.With("feeds", Both(night, "apple", "second")).RunAsync();

        var second = await azurite.Night(_town.Next().Losing("berget", 20, 40)).WithFeed("name", "second").As(first.Run.Tenant).RunAsync();
        var again = azurite.Night(_town).As(first.Run.Tenant);
        var third = await again.With("feeds", Both(again, "apple", "second")).RunAsync();

        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20 });
        Assert.Equal(NoticeCode.FeedRenamed, Assert.Single(second.Run.Feeds[0].Notices!).Code);
        Assert.Equal(100, await StudentsAsync(second, "second"));
        Assert.Equal(RunState.Delivered, third.Run.State);
        Assert.All(third.Run.Feeds, feed => Assert.Equal(ReceiptState.SkippedUnchanged, feed.State));
    }

    [Fact]
    public async Task A_feed_that_says_what_has_changed_knows_what_its_target_has_under_a_name_of_another()
    {
        await using var learn = await LearnServer.StartAsync();
        await using var other = await LearnServer.StartAsync();
        var time = new SkippingTime();
        var night = azurite.Night(_town).To(learn, [], time);
        var second = TenantJson.Blackboard(other, []);
        (second["name"], second["schools"]) = ("second", new JsonArray(Ids.Of("dalen")));
        var first = await night.With("feeds", new JsonArray(night.Feeds[0]!.DeepClone(), second)).RunAsync();

        await azurite.Night(_town.Next().Losing("berget", 35, 40)).To(learn, [], time).WithFeed("name", "second").As(first.Run.Tenant).RunAsync();

        Assert.Equal(102 - 5, learn.State.Enabled("person").Count);
        Assert.Equal(61, other.State.Enabled("person").Count);
    }

    [Theory]
    [InlineData("directory", "dropbox/new/..")]
    [InlineData("directory", "/dropbox")]
    [InlineData("host", "127.1")]
    public async Task Another_name_and_another_spelling_are_no_other_target(string key, string spelling)
    {
        var first = await azurite.Night(_town).RunAsync();

        var second = await azurite.Night(_town.Next().Losing("berget", 20, 40))
            .WithFeed("name", "asm").WithDelivery(key, spelling).As(first.Run.Tenant).RunAsync();

        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20 });
        Assert.Equal([NoticeCode.TargetChanged, NoticeCode.FeedRenamed], second.Run.Feeds[0].Notices!.Select(notice => notice.Code));
        Assert.Equal(100, await StudentsAsync(second, "asm"));
    }

    [Fact]
    public async Task An_address_that_is_returned_to_is_compared_with_what_it_was_given_itself()
    {
        var first = await azurite.Night(_town).RunAsync();
        var tenant = first.Run.Tenant;
        var fewer = _town.Next().Losing("berget", 30, 40);

        var away = await azurite.Night(fewer).WithDelivery("directory", "dropbox/new").As(tenant).RunAsync();
        var (approved, refusal) = await azurite.Night(fewer).WithDelivery("directory", "dropbox/new").As(tenant).ApproveAsync(away.Run.Run, away.Run.Feeds[0].Plan!.Hash);
        var same = await azurite.Night(fewer).WithDelivery("directory", "dropbox/new").As(tenant).RunAsync();
        var back = await azurite.Night(_town.Next().Losing("berget", 20, 40)).As(tenant).RunAsync();

        Assert.Equal(HoldCode.BaselineLost, Assert.Single(away.Run.Feeds[0].Holds).Code);
        Assert.Equal(NoticeCode.TargetChanged, Assert.Single(away.Run.Feeds[0].Notices!).Code);
        Assert.Contains("what that has is not known", away.Run.StateReason);
        Assert.Empty(away.Received);
        Assert.Null(refusal);
        Assert.Equal((90, ReceiptState.SkippedUnchanged), (await StudentsAsync(approved, "apple"), same.Run.Feeds[0].State));
        Assert.Contains(back.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20, Of: 40 });
        Assert.Null(back.Run.Feeds[0].Notices);
        Assert.Equal(100, await StudentsAsync(back, "apple"));
    }

    [Fact]
    public async Task Another_Learn_gets_nobody_who_has_left_and_the_old_one_is_known_when_it_is_returned_to()
    {
        await using var learn = await LearnServer.StartAsync();
        await using var other = await LearnServer.StartAsync();
        var time = new SkippingTime();
        var half = _town.Next().Losing("berget", 20, 40);
        var first = await azurite.Night(_town).To(learn, [], time).RunAsync();
        var tenant = first.Run.Tenant;

        var away = await azurite.Night(half).To(other, [], time).As(tenant).RunAsync();
        await azurite.Night(half).To(other, [], time).As(tenant).ApproveAsync(away.Run.Run, away.Run.Feeds[0].Plan!.Hash);
        var back = await azurite.Night(_town.Next().Losing("berget", 35, 40)).To(learn, [], time).As(tenant).RunAsync();

        Assert.Equal(HoldCode.BaselineLost, Assert.Single(away.Run.Feeds[0].Holds).Code);
        Assert.Equal((82, 82), (other.State.Enabled("person").Count, other.State.Records("person").Count));
        Assert.Equal(RunState.Delivered, back.Run.State);
        Assert.Equal(102 - 5, learn.State.Enabled("person").Count);
    }

    /// <summary>All schools at the usual folder, one of them at another.</summary>
    private static JsonArray Both(Night night, string all, string one)
    {
        var feeds = new JsonArray(night.Feeds[0]!.DeepClone(), night.Feeds[0]!.DeepClone());
        (feeds[0]!["name"], feeds[1]!["name"]) = (all, one);
        feeds[1]!["delivery"]!["directory"] = TenantJson.FolderOf("second");
        feeds[1]!["schools"] = new JsonArray(Ids.Of("dalen"));
        return feeds;
    }

    /// <summary>Students in what the run made for a feed, which is what its target has now.</summary>
    private async Task<int> StudentsAsync(NightResult night, string name)
    {
        var feed = night.Run.Feeds.Single(feed => feed.Name == name);
        var blob = $"{night.Run.Tenant}/{night.Run.Run}/{name}/{feed.Files.Single().Name}";
        return new AppleZip((await azurite.Blobs.ReadAsync(Containers.Feeds, blob, CancellationToken.None))!.Content).Rows("students.csv").Count;
    }
}
