using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>What a target was last given: equal files need not be sent again, files for another target must.</summary>
/// <param name="Folder">Where the files lie in the container of feeds.</param>
/// <param name="Roster">What they were made of: what the next night is compared with.</param>
/// <param name="GoodAt">When the target was last known to be up to date; null for never.</param>
public sealed record LastDelivery(
    string Run, string Target, IReadOnlyList<FeedFile> Files, string Folder, DeliveredRoster Roster, DateTimeOffset? GoodAt = null)
{
    /// <inheritdoc cref="Receipt.Contents"/>
    public IReadOnlyList<FeedFile>? Contents { get; init; }

    /// <summary>What the feed was called then.</summary>
    internal string FeedName => Folder.Split('/')[2];

    public bool HasContentsOf(Receipt receipt) => (Contents ?? Files).SequenceEqual(receipt.Contents ?? receipt.Files);
}

/// <summary>A feed, and what else may have been it: only names that no feed of the tenant has now.</summary>
/// <param name="Target">Null where the name alone counts.</param>
/// <param name="Others">Names of the tenant's feeds.</param>
public sealed record FeedAtTarget(string Name, string? Target, IReadOnlyCollection<string> Others)
{
    internal bool MayBe(string name) => name == Name || (Target is not null && !Others.Contains(name));
}

/// <summary>Keeps the receipts of runs, and per feed what was delivered last.</summary>
public sealed class ReceiptStore(BlobStorage blobs, Discretion discretion)
{
    internal const string FileName = "receipt.json";

    public static string Name(string tenant, string run, string feed) => FeedPath.Sent(tenant, run, feed, FileName);

    public async Task<Receipt?> FindAsync(string tenant, string run, string feed, CancellationToken ct) =>
        (await ReadAsync(tenant, run, feed, ct))?.Receipt;

    /// <summary>As it came: it may name people whom the file named.</summary>
    public Task SaveAnswerAsync(Receipt receipt, string file, ReadOnlyMemory<byte> answer) =>
        blobs.WriteAsync(Containers.Feeds, $"{Folder(receipt)}/answers/{file}", answer, CancellationToken.None);

    /// <summary>The receipt with its bytes, to be sealed.</summary>
    public async Task<(Receipt Receipt, StoredRecord Stored)?> ReadAsync(string tenant, string run, string feed, CancellationToken ct)
    {
        var name = Name(tenant, run, feed);
        return await blobs.ReadAsync(Containers.Feeds, name, ct) is { } blob
            ? (JsonSerializer.Deserialize<Receipt>(blob.Content, Serialization.Indented)!, new StoredRecord(Containers.Feeds, name, blob.Content))
            : null;
    }

    /// <returns>What was written.</returns>
    public async Task<StoredRecord> SaveAsync(Receipt receipt, CancellationToken ct)
    {
        var stored = new StoredRecord(Containers.Feeds, Name(receipt.Tenant, receipt.Run, receipt.Feed), discretion.Tell(receipt.Tenant, receipt));
        await blobs.WriteAsync(stored.Container, stored.Name, stored.Content, ct);
        return stored;
    }

    /// <summary>Null also for what cannot be read.</summary>
    public async Task<LastDelivery?> FindLastAsync(string tenant, string feed, CancellationToken ct) => (await ReadLastAsync(tenant, feed, ct)).Last;

    /// <summary>What was delivered last, and whether a run other than this one has ever delivered the feed, as far as anything tells.</summary>
    public async Task<(LastDelivery? Last, bool HasTrace)> TraceAsync(string tenant, string run, FeedAtTarget feed, CancellationToken ct)
    {
        var (last, isThere) = await ReadLastAsync(tenant, feed.Name, ct);
        return (last, isThere || await FindDeliveredAsync(tenant, run, feed, ct) is not null);
    }

    /// <summary>Moves on what the next night is compared with. A feed that needed no sending was made of another roster all the same.</summary>
    public async Task SaveLastAsync(Receipt receipt, CancellationToken ct)
    {
        var before = receipt.State == ReceiptState.SkippedUnchanged || !receipt.IsGood ? await FindLastAsync(receipt.Tenant, receipt.Feed, ct) : null;
        var last = receipt.State == ReceiptState.SkippedUnchanged ? before : null;
        last ??= new LastDelivery(receipt.Run, receipt.Target, receipt.Files, Folder(receipt), receipt.Roster!) { Contents = receipt.Contents };
        await SaveLastAsync(receipt, last with { Roster = receipt.Roster!, GoodAt = receipt.IsGood ? receipt.Finished : before?.GoodAt }, ct);
    }

    private async Task<(LastDelivery? Last, bool IsThere)> ReadLastAsync(string tenant, string feed, CancellationToken ct)
    {
        var blob = await blobs.ReadAsync(Containers.State, LastName(tenant, feed), ct);
        try
        {
            return (blob is null ? null : JsonSerializer.Deserialize<LastDelivery>(blob.Content, Serialization.Indented), blob is not null);
        }
        catch (JsonException)
        {
            return (null, true);
        }
    }

    /// <summary>The newest receipt of a delivery by another run, under this name, or to this target under one that no feed has any more.</summary>
    internal async Task<Receipt?> FindDeliveredAsync(string tenant, string run, FeedAtTarget feed, CancellationToken ct)
    {
        Receipt? newest = null;
        await foreach (var blob in blobs.ListAsync(Containers.Feeds, $"{tenant}/", ct))
        {
            if (blob.Name.Split('/') is [_, var other, var name, FileName]
                && other != run && feed.MayBe(name) && await FindAsync(tenant, other, name, ct) is { IsDelivered: true } delivered
                && (name == feed.Name || delivered.Target == feed.Target))
            {
                newest = delivered;
            }
        }

        return newest;
    }

    internal Task SaveLastAsync(Receipt receipt, LastDelivery last, CancellationToken ct) =>
        blobs.WriteAsync(
            Containers.State, LastName(receipt.Tenant, receipt.Feed), JsonSerializer.SerializeToUtf8Bytes(last, Serialization.Indented), ct);

    /// <summary>What the target may hold, file by file; nothing when nothing was ever sent.</summary>
    public async Task<IReadOnlyList<KnownFile>> FindKnownAsync(string tenant, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, KnownName(tenant, feed), ct) is { } blob
            ? JsonSerializer.Deserialize<IReadOnlyList<KnownFile>>(blob.Content, Serialization.Indented)!
            : [];

    public Task SaveKnownAsync(string tenant, string feed, IReadOnlyList<KnownFile> known, CancellationToken ct) =>
        blobs.WriteAsync(Containers.State, KnownName(tenant, feed), JsonSerializer.SerializeToUtf8Bytes(known, Serialization.Indented), ct);

    internal static string Folder(Receipt receipt) => FeedPath.Folder(receipt.Tenant, receipt.Run, receipt.Feed);

    private static string LastName(string tenant, string feed) => FeedPath.State(tenant, feed, "delivered.json");

    private static string KnownName(string tenant, string feed) => FeedPath.State(tenant, feed, "held.json");
}
