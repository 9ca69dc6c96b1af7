using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>
/// A host that stood still while it sent, and whose turn another one has taken: what that one has put on record of the target stays, or the next night would
/// tell what has changed since files that are long replaced.
/// </summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LostTurnTests
{
    private readonly Records _records = new();
    private readonly Turn _turn = new();

    [Fact]
    public async Task What_was_sent_is_known_while_nobody_else_is_at_work()
    {
        var receipt = await SendAsync((_, _) => Task.FromResult(new DeliveryResult(ReceiptState.Sent)));

        Assert.Equal((ReceiptState.Sent, true), (receipt.State, receipt.IsFinal));
        Assert.Equal("1", Assert.Single(await KnownAsync()).Run);
    }

    [Fact]
    public async Task A_delivery_at_one_go_writes_over_nothing_that_came_after_it()
    {
        await Assert.ThrowsAsync<FencedOffException>(() => SendAsync(async (_, _) =>
        {
            await TakeTurnAsync();
            return new DeliveryResult(ReceiptState.Sent);
        }));

        Assert.Equal("2", Assert.Single(await KnownAsync()).Run);
    }

    [Fact]
    public async Task Nor_does_a_step_of_one_that_goes_file_by_file()
    {
        await Assert.ThrowsAsync<FencedOffException>(() => SendAsync(async (_, progress) =>
        {
            await TakeTurnAsync();
            await progress.SetAsync(new FileProgress(Records.File, ReceiptState.Accepted, DateTimeOffset.UnixEpoch));
            return new DeliveryResult(ReceiptState.Accepted) { GoesOn = true };
        }));

        Assert.Equal("2", Assert.Single(await KnownAsync()).Run);
    }

    private async Task<Receipt> SendAsync(Func<FeedFiles, DeliveryProgress, Task<DeliveryResult>> send)
    {
        using var files = Records.Content("alva");
        var sending = new Sending(_records.Receipts, new Catalog<IFeed>([Records.WithMemory]), new Catalog<IDelivery>([new Post(send)]), new Discretion(), TimeProvider.System);
        var setup = new FeedSetup { Name = Records.Feed, Type = TestFeed.Name, Settings = new TestFeedSettings(), Delivery = Box.At(Records.Target) };
        var receipt = Records.Receipt("1", ReceiptState.Built) with { Files = files.Describe(), Finished = null };
        return await sending.SendAsync(setup, files, receipt, _turn, CancellationToken.None);
    }

    /// <summary>Run 2 delivers the feed meanwhile.</summary>
    private async Task TakeTurnAsync()
    {
        _turn.IsTaken = true;
        await _records.KnowAsync(Records.Feed, Records.Target, new KnownFile(Records.File, "2", IsConfirmed: true));
    }

    private Task<IReadOnlyList<KnownFile>> KnownAsync() => _records.Receipts.FindKnownAsync(Records.Tenant, Records.Feed, CancellationToken.None);

    private sealed class Turn : IFence
    {
        public bool IsTaken { get; set; }

        public Task ProveLeaseAsync(CancellationToken ct) =>
            IsTaken ? throw new FencedOffException("Another host is at work on this feed.") : Task.CompletedTask;

        public Task ProveAsync(CancellationToken ct) => ProveLeaseAsync(ct);
    }
}
