using System.Text.Json;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>What a target was last given: equal files need not be sent again, files for another target must.</summary>
/// <param name="Folder">Where the files lie in the container of feeds.</param>
/// <param name="Roster">What they were made of: what the next night is compared with.</param>
public sealed record LastDelivery(string Run, string Target, IReadOnlyList<FeedFile> Files, string Folder, DeliveredRoster Roster);

/// <summary>Keeps the receipts of runs, and per feed what was delivered last.</summary>
public sealed class ReceiptStore(BlobStorage blobs)
{
    private const string ReceiptName = "receipt.json";

    public async Task<Receipt?> FindAsync(string tenant, string run, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Feeds, Name(tenant, run, feed), ct) is { } blob
            ? JsonSerializer.Deserialize<Receipt>(blob.Content, Serialization.Indented)
            : null;

    public Task SaveAsync(Receipt receipt, CancellationToken ct) =>
        blobs.WriteAsync(
            Containers.Feeds, Name(receipt.Tenant, receipt.Run, receipt.Feed),
            JsonSerializer.SerializeToUtf8Bytes(receipt, Serialization.Indented), ct);

    /// <summary>Null also for what cannot be read; <see cref="HasTraceAsync"/> tells whether there was something.</summary>
    public async Task<LastDelivery?> FindLastAsync(string tenant, string feed, CancellationToken ct)
    {
        try
        {
            return await blobs.ReadAsync(Containers.State, LastName(tenant, feed), ct) is { } blob
                ? JsonSerializer.Deserialize<LastDelivery>(blob.Content, Serialization.Indented)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Moves on what the next night is compared with. A feed that needed no sending was made of another roster all the same.</summary>
    public async Task SaveLastAsync(Receipt receipt, CancellationToken ct)
    {
        var last = receipt.State == ReceiptState.SkippedUnchanged
            ? await FindLastAsync(receipt.Tenant, receipt.Feed, ct)
            : new LastDelivery(receipt.Run, receipt.Target, receipt.Files, Folder(receipt), receipt.Roster!);
        await SaveLastAsync(receipt, last! with { Roster = receipt.Roster! }, ct);
    }

    /// <summary>Before a run delivers a feed once more, puts aside what it delivered: until the new receipt, that is what the target has.</summary>
    public async Task SetAsideAsync(Receipt receipt, CancellationToken ct)
    {
        if (await FindLastAsync(receipt.Tenant, receipt.Feed, ct) is not { } last || last.Folder != Folder(receipt))
        {
            return;
        }

        var aside = $"{last.Folder}/held";
        foreach (var name in last.Files.Select(file => file.Name).Append(ReceiptName))
        {
            await using var content = await blobs.OpenAsync(Containers.Feeds, $"{last.Folder}/{name}", ct)
                ?? throw new RunHeldException($"The file {name} of the delivery of {receipt.Feed} is gone. Run again.");
            await blobs.WriteAsync(Containers.Feeds, $"{aside}/{name}", content, ct);
        }

        await SaveLastAsync(receipt, last with { Folder = aside }, ct);
    }

    /// <summary>Whether a feed was ever delivered by another run, as far as anything tells.</summary>
    public async Task<bool> HasTraceAsync(string tenant, string run, string feed, CancellationToken ct)
    {
        if (await blobs.ReadAsync(Containers.State, LastName(tenant, feed), ct) is not null)
        {
            return true;
        }

        await foreach (var blob in blobs.ListAsync(Containers.Feeds, $"{tenant}/", ct))
        {
            if (blob.Name.Split('/') is [_, var other, var name, ReceiptName]
                && name == feed && other != run && await FindAsync(tenant, other, feed, ct) is { IsDelivered: true })
            {
                return true;
            }
        }

        return false;
    }

    private Task SaveLastAsync(Receipt receipt, LastDelivery last, CancellationToken ct) =>
        blobs.WriteAsync(
            Containers.State, LastName(receipt.Tenant, receipt.Feed), JsonSerializer.SerializeToUtf8Bytes(last, Serialization.Indented), ct);

    private static string Folder(Receipt receipt) => $"{receipt.Tenant}/{receipt.Run}/{receipt.Feed}";

    private static string Name(string tenant, string run, string feed) => $"{tenant}/{run}/{feed}/{ReceiptName}";

    private static string LastName(string tenant, string feed) => $"{tenant}/feeds/{feed}/delivered.json";
}
