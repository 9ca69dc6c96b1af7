using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>Steps that cannot be taken back, of a host that another one has overtaken just before.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OvertakenTests
{
    private readonly StillTime _time = new();
    private readonly Records _records = new();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 1)]
    public async Task A_file_whose_sender_stood_still_in_its_midst_is_asked_for_once_more(int seconds, int asked)
    {
        var proofs = 0;
        var progress = Progress(() =>
        {
            proofs++;
            return Task.CompletedTask;
        });
        using var files = Records.Content("alva");

        await progress.PutAllAsync(files, _time, async (_, file) =>
        {
            await file.ReadExactlyAsync(new byte[2]);
            proofs = 0;
            _time.Now += TimeSpan.FromSeconds(seconds);
            await file.ReadExactlyAsync(new byte[2]);
        });

        Assert.Equal(asked, proofs);
    }

    [Fact]
    public async Task A_file_in_whose_midst_the_turn_was_lost_does_not_come_to_its_end()
    {
        var (isTaken, received) = (false, 0);
        var progress = Progress(() => isTaken ? throw new FencedOffException("Another host is at work on this feed.") : Task.CompletedTask);
        using var files = Records.Content("alva");

        await Assert.ThrowsAsync<FencedOffException>(() => progress.PutAllAsync(files, _time, async (_, file) =>
        {
            received += await file.ReadAsync(new byte[2]);
            (isTaken, _time.Now) = (true, _time.Now.AddMinutes(1));
            received += await file.ReadAsync(new byte[2]);
        }));

        Assert.Equal(2, received);
    }

    [Fact]
    public async Task What_a_later_run_has_delivered_stays_what_was_delivered_last()
    {
        await _records.Receipts.SaveLastAsync(Records.Receipt("2") with { Number = 2 }, CancellationToken.None);

        await Assert.ThrowsAsync<FencedOffException>(() => _records.Receipts.SaveLastAsync(Records.Receipt("1"), CancellationToken.None));

        Assert.Equal("2", (await _records.Receipts.FindLastAsync(Records.Tenant, Records.Feed, CancellationToken.None))!.Run);
    }

    [Fact]
    public async Task Two_who_seal_at_the_same_moment_are_both_in_the_chain()
    {
        var (account, isFirst) = (new InMemoryAccount(_time), true);
        var other = new Seals(new BlobStorage(new InMemoryStorage(account).Open()));
        var seals = new Seals(new BlobStorage(new InMemoryStorage(account, carrying: async (key, carryOut, _) =>
        {
            if (isFirst && key.StartsWith("PUT", StringComparison.Ordinal))
            {
                isFirst = false;
                await other.SealAsync(Records.Tenant, [Sealed("two")], CancellationToken.None);
            }

            return carryOut();
        }).Open()));

        await seals.SealAsync(Records.Tenant, [Sealed("one")], CancellationToken.None);

        var chain = await seals.ReadAsync(Records.Tenant, CancellationToken.None);
        Assert.Equal(["state/two", "state/one"], chain.Entries.Select(entry => entry.Blob));
        Assert.Empty(chain.Breaks());
    }

    [Fact]
    public async Task Who_was_remembered_by_another_meanwhile_stays_remembered()
    {
        var memories = _records.Blobs.Memories();
        var before = await memories.FindAsync(Records.Tenant, CancellationToken.None);
        await memories.SaveAsync(Records.Tenant, new ProtectionMemory(1, "2"), before, CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => memories.SaveAsync(Records.Tenant, new ProtectionMemory(1, "1"), before, CancellationToken.None));

        Assert.Equal("2", (await memories.FindAsync(Records.Tenant, CancellationToken.None)).Memory!.Run);
    }

    private static DeliveryProgress Progress(Func<Task> prove) => new([], _ => Task.CompletedTask) { Prove = prove };

    private static StoredRecord Sealed(string name) => new(Containers.State, name, "{}"u8.ToArray());
}
