using System.Text.Json;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>What a target was last given: equal files need not be sent again, files for another target must.</summary>
public sealed record LastDelivery(string Run, string Target, IReadOnlyList<FeedFile> Files);

/// <summary>Keeps the receipts of runs, and per feed what was delivered last.</summary>
public sealed class ReceiptStore(BlobStorage blobs, Discretion discretion)
{
    internal const string FileName = "receipt.json";

    public static string Name(string tenant, string run, string feed) => $"{tenant}/{run}/{feed}/{FileName}";

    public async Task<Receipt?> FindAsync(string tenant, string run, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Feeds, Name(tenant, run, feed), ct) is { } blob
            ? JsonSerializer.Deserialize<Receipt>(blob.Content, Serialization.Indented)
            : null;

    public Task SaveAsync(Receipt receipt, CancellationToken ct) =>
        blobs.WriteAsync(
            Containers.Feeds, Name(receipt.Tenant, receipt.Run, receipt.Feed), discretion.Tell(receipt.Tenant, receipt), ct);

    public async Task<LastDelivery?> FindLastAsync(string tenant, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, LastName(tenant, feed), ct) is { } blob
            ? JsonSerializer.Deserialize<LastDelivery>(blob.Content, Serialization.Indented)
            : null;

    public Task SaveLastAsync(Receipt receipt, CancellationToken ct) =>
        blobs.WriteAsync(
            Containers.State, LastName(receipt.Tenant, receipt.Feed),
            JsonSerializer.SerializeToUtf8Bytes(new LastDelivery(receipt.Run, receipt.Target, receipt.Files), Serialization.Indented), ct);

    /// <summary>What the target may hold, file by file; nothing when nothing was ever sent.</summary>
    public async Task<IReadOnlyList<HeldFile>> FindHeldAsync(string tenant, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, HeldName(tenant, feed), ct) is { } blob
            ? JsonSerializer.Deserialize<IReadOnlyList<HeldFile>>(blob.Content, Serialization.Indented)!
            : [];

    public Task SaveHeldAsync(string tenant, string feed, IReadOnlyList<HeldFile> held, CancellationToken ct) =>
        blobs.WriteAsync(Containers.State, HeldName(tenant, feed), JsonSerializer.SerializeToUtf8Bytes(held, Serialization.Indented), ct);

    private static string LastName(string tenant, string feed) => $"{tenant}/feeds/{feed}/delivered.json";

    private static string HeldName(string tenant, string feed) => $"{tenant}/feeds/{feed}/held.json";
}
