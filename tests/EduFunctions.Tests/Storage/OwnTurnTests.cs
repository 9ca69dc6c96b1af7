using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Deliveries;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Storage;

/// <summary>Two hosts and one turn: whoever has lost it, and does not know, writes over nothing that the other has written.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OwnTurnTests
{
    private const string Turn = "nordhamn/run.turn";
    private const string Own = "nordhamn/1/";
    private const string Name = "nordhamn/1/apple/plan.json";

    private static readonly TimeSpan LongerThanLease = Lease.Length + TimeSpan.FromSeconds(5);

    private readonly StillTime _time = new();
    private readonly InMemoryAccount _account;

    public OwnTurnTests() => _account = new InMemoryAccount(_time);

    [Fact]
    public async Task Who_has_the_turn_writes_as_often_as_wanted()
    {
        await using var lease = await TakeAsync();

        await InTurnAsync(lease, async blobs =>
        {
            await WriteAsync(blobs, "one");
            await WriteAsync(blobs, "two");
        });

        Assert.Equal("two", Written);
    }

    [Fact]
    public async Task What_an_earlier_try_has_left_is_written_over()
    {
        await WriteAsync(Blobs(), "earlier");
        await using var lease = await TakeAsync();

        await InTurnAsync(lease, blobs => WriteAsync(blobs, "now"));

        Assert.Equal("now", Written);
    }

    [Fact]
    public async Task A_host_that_wakes_up_writes_over_nothing()
    {
        await using var lease = await TakeAsync();

        await Assert.ThrowsAsync<FencedOffException>(() => InTurnAsync(lease, async blobs =>
        {
            await AnotherWritesAsync();
            await WriteAsync(blobs, "late");
        }));

        Assert.Equal("another", Written);
    }

    /// <summary>It reads what the other has written, and knows by that no more than before that it is the other's turn.</summary>
    [Fact]
    public async Task Nor_what_it_has_seen_itself()
    {
        await using var lease = await TakeAsync();

        await Assert.ThrowsAsync<FencedOffException>(() => InTurnAsync(lease, async blobs =>
        {
            await AnotherWritesAsync();
            await blobs.ReadAsync(Containers.Rosters, Name, CancellationToken.None);
            await WriteAsync(blobs, "late");
        }));

        Assert.Equal("another", Written);
    }

    /// <summary>As the memory of the protected, and what was delivered last, are written.</summary>
    [Fact]
    public async Task Nor_on_condition_of_what_it_has_read_by_then()
    {
        await using var lease = await TakeAsync();

        await Assert.ThrowsAsync<FencedOffException>(() => InTurnAsync(lease, async blobs =>
        {
            await AnotherWritesAsync();
            var there = await blobs.ReadAsync(Containers.Rosters, Name, CancellationToken.None);
            await blobs.TryWriteAsync(Containers.Rosters, Name, "late"u8.ToArray(), there!.Tag, CancellationToken.None);
        }));

        Assert.Equal("another", Written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nor_with_a_write_that_has_set_out_already(bool hasLooked)
    {
        await using var lease = await TakeAsync();
        var isFirst = true;

        await Assert.ThrowsAsync<FencedOffException>(() => InTurnAsync(lease, async blobs =>
        {
            if (hasLooked)
            {
                await blobs.ReadAsync(Containers.Rosters, Name, CancellationToken.None);
            }

            await WriteAsync(blobs, "late");
        }, async (key, carryOut) =>
        {
            if (isFirst && key.StartsWith("PUT rosters/", StringComparison.Ordinal))
            {
                isFirst = false;
                await AnotherWritesAsync();
            }

            return carryOut();
        }));

        Assert.Equal("another", Written);
    }

    /// <summary>A lease may be broken by hand, or be gone with a storage that fails over: then its time says nothing.</summary>
    [Fact]
    public async Task Nor_when_its_lease_was_broken_before_its_time()
    {
        await using var lease = await TakeAsync();

        await Assert.ThrowsAsync<FencedOffException>(() => InTurnAsync(lease, async blobs =>
        {
            _account.EndLeases();
            await AnotherWritesAsync(TimeSpan.Zero);
            await WriteAsync(blobs, "late");
        }));

        Assert.Equal("another", Written);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_found_to_be_its_own()
    {
        await using var lease = await TakeAsync();
        var isFirst = true;

        await InTurnAsync(lease, blobs => WriteAsync(blobs, "mine"), (key, carryOut) =>
        {
            var answer = carryOut();
            var isLost = isFirst && key.StartsWith("PUT rosters/", StringComparison.Ordinal);
            isFirst &= !isLost;
            return isLost ? throw new HttpRequestException("The connection was reset.", new IOException()) : Task.FromResult(answer);
        });

        Assert.Equal("mine", Written);
    }

    /// <summary>Such as a stream from another blob.</summary>
    [Fact]
    public async Task What_can_be_read_only_once_is_written_over_as_well()
    {
        await WriteAsync(Blobs(), "earlier");
        await using var lease = await TakeAsync();

        await InTurnAsync(lease, async blobs =>
        {
            using var once = new ReadOnce("now");
            await blobs.WriteAsync(Containers.Rosters, Name, once, CancellationToken.None);
        });

        Assert.Equal("now", Written);
    }

    [Fact]
    public async Task What_is_nobodys_own_is_written_by_whoever_wants()
    {
        await using var lease = await TakeAsync();

        await InTurnAsync(lease, async blobs =>
        {
            await AnotherWritesAsync();
            await blobs.WriteAsync(Containers.State, "nordhamn/tenant.json", "{}"u8.ToArray(), CancellationToken.None);
        });

        Assert.NotNull(_account.Find("state/nordhamn/tenant.json"));
    }

    /// <summary>Both in one process: what the second has read is not what the first has seen.</summary>
    [Fact]
    public async Task A_receipt_lies_over_the_one_that_its_turn_has_seen()
    {
        var receipts = new ReceiptStore(Blobs(), new Discretion());

        await Assert.ThrowsAsync<FencedOffException>(() => new OwnTurn(lease: null, Own).RunAsync(async () =>
        {
            await receipts.ReadAsync(Records.Tenant, "1", Records.Feed, CancellationToken.None);
            await Task.Run(() => new OwnTurn(lease: null, Own).RunAsync(async () =>
            {
                await receipts.ReadAsync(Records.Tenant, "1", Records.Feed, CancellationToken.None);
                return await receipts.SaveAsync(Records.Receipt("1"), CancellationToken.None);
            }));
            return await receipts.SaveAsync(Records.Receipt("1", ReceiptState.Failed), CancellationToken.None);
        }));

        Assert.Equal(ReceiptState.Sent, (await receipts.FindAsync(Records.Tenant, "1", Records.Feed, CancellationToken.None))!.State);
    }

    private string Written => Encoding.UTF8.GetString(_account.Find($"{Containers.Rosters}/{Name}")!.Content);

    private async Task<Lease> TakeAsync() => (await Lease.TakeAsync(Blobs(), Turn, TimeSpan.Zero, _time, CancellationToken.None))!;

    private BlobStorage Blobs(Func<string, Func<HttpResponseMessage>, Task<HttpResponseMessage>>? carrying = null) =>
        new(new InMemoryStorage(_account, carrying: carrying is null ? null : (key, carryOut, _) => carrying(key, carryOut)).Open());

    private Task<bool> InTurnAsync(Lease lease, Func<BlobStorage, Task> work, Func<string, Func<HttpResponseMessage>, Task<HttpResponseMessage>>? carrying = null) =>
        new OwnTurn(lease, Own).RunAsync(async () =>
        {
            await work(Blobs(carrying));
            return true;
        });

    /// <summary>The lease has run out, and another host has taken it and done its work.</summary>
    private async Task AnotherWritesAsync(TimeSpan? later = null)
    {
        _time.Now += later ?? LongerThanLease;
        await using var lease = await TakeAsync();
        await Task.Run(() => InTurnAsync(lease, blobs => WriteAsync(blobs, "another")));
    }

    private static Task WriteAsync(BlobStorage blobs, string content) =>
        blobs.WriteAsync(Containers.Rosters, Name, Encoding.UTF8.GetBytes(content), CancellationToken.None);

    private sealed class ReadOnce(string content) : MemoryStream(Encoding.UTF8.GetBytes(content))
    {
        public override bool CanSeek => false;
    }
}
