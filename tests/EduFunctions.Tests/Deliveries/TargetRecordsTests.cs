using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>What is on record of a target follows it to the feed that goes there now: a target is never told what has changed since another one's files.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class TargetRecordsTests
{
    private const string North = "sftp://nordhamn@north.example.org:22/in";
    private const string South = "sftp://nordhamn@south.example.org:22/in";

    private readonly Records _records = new();

    /// <param name="isAside">Whether the run was about to deliver both once more: what it had sent was put aside.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Feeds_that_exchange_their_names_each_go_on_from_what_their_target_has(bool isAside)
    {
        await SentAsync("one", North, isAside);
        await SentAsync("two", South, isAside);

        var left = await PutInPlaceAsync(("one", South), ("two", North));

        Assert.Empty(left);
        Assert.Equal(South, await KnownAsync("one"));
        Assert.Equal(North, await KnownAsync("two"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_target_that_is_left_for_a_while_is_known_when_a_feed_goes_there_again(bool isAside)
    {
        await SentAsync("one", North, isAside);

        var left = await PutInPlaceAsync(("one", South));
        await PutInPlaceAsync(("another", North), ("one", South));

        Assert.Equal(FeedPath.Unfed(TargetKey.Of(North).Name), Assert.Single(left));
        Assert.Null(await KnownAsync("one"));
        Assert.Equal(North, await KnownAsync("another"));
    }

    private async Task SentAsync(string feed, string target, bool isAside)
    {
        var path = isAside ? FeedPath.SetAside(Records.Tenant, "1", feed, Records.File) : FeedPath.Sent(Records.Tenant, "1", feed, Records.File);
        await _records.WriteAsync(Containers.Feeds, path, target);
        await _records.KnowAsync(feed, target, new KnownFile(Records.File, "1", IsConfirmed: true, isAside));
    }

    private async Task<IReadOnlyList<string>> PutInPlaceAsync(params (string Name, string Target)[] feeds)
    {
        var tenant = new Tenant
        {
            Id = Records.Tenant,
            Name = Records.Tenant,
            Source = new NoSource { Type = "none" },
            Feeds = [.. feeds.Select(feed => new FeedSetup { Name = feed.Name, Type = TestFeed.Name, Delivery = Box.At(feed.Target) })],
        };
        var records = new TargetRecords(_records.Blobs, _records.Receipts, _records.Files, new Catalog<IDelivery>([new Post()]));
        return await records.PutInPlaceAsync(tenant, CancellationToken.None);
    }

    private async Task<string?> KnownAsync(string feed)
    {
        using var files = await _records.Files.ReadAsync(Records.WithMemory, Records.Tenant, feed, target: null, _ => true, CancellationToken.None);
        return Records.Text(files);
    }

    private sealed record NoSource : SourceSettings;
}
