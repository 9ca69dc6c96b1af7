using System.Text.Json;
using Azure;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Protection;

/// <param name="Memory">Null when there is none that can be read.</param>
/// <param name="Tag">Of the blob; null when there is none.</param>
/// <param name="IsGone">Whether there has been one.</param>
internal sealed record StoredMemory(ProtectionMemory? Memory, ReadOnlyMemory<byte> Content, ETag? Tag, bool IsGone = false)
{
    /// <summary>Whether there was one, which is damaged or gone, so that nobody can say who is protected.</summary>
    public bool IsLost => Memory is null && (Tag is not null || IsGone);
}

/// <summary>Keeps the memory of each tenant.</summary>
public sealed class MemoryStore(BlobStorage blobs, Seals seals)
{
    internal const string FileName = "memory.bin";

    internal static string Name(string tenant) => $"{tenant}/{FileName}";

    internal async Task<StoredMemory> FindAsync(string tenant, CancellationToken ct)
    {
        if (await blobs.ReadAsync(Containers.State, Name(tenant), ct) is not { } blob)
        {
            return new StoredMemory(null, default, null);
        }

        try
        {
            return new StoredMemory(await MemoryFile.ReadAsync(blob.Content, ct), blob.Content, blob.Tag);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException)
        {
            return new StoredMemory(null, default, blob.Tag);
        }
    }

    /// <summary>The same for whoever tells of people: one that is gone is not taken for one that has never been.</summary>
    internal async Task<StoredMemory> ShowAsync(string tenant, CancellationToken ct) =>
        await FindAsync(tenant, ct) is var stored && stored.Tag is null && await HasBeenAsync(tenant, ct) ? stored with { IsGone = true } : stored;

    /// <summary>Whether there ever was one, as far as the chain tells.</summary>
    internal async Task<bool> HasBeenAsync(string tenant, CancellationToken ct) => HashesIn(await seals.ReadAsync(tenant, ct), tenant).Any();

    /// <summary>Of those that were sealed, oldest first.</summary>
    internal static IEnumerable<string> HashesIn(SealChain chain, string tenant)
    {
        var blob = $"{Containers.State}/{Name(tenant)}";
        return chain.Entries.Where(entry => entry.Blob == blob).Select(entry => entry.Sha256);
    }

    /// <summary>Writes it when it says anything else than what is stored.</summary>
    /// <returns>What was written, null when nothing was.</returns>
    /// <exception cref="IOException">Somebody else has written meanwhile; the stage is tried again.</exception>
    internal async Task<StoredRecord?> SaveAsync(string tenant, ProtectionMemory memory, StoredMemory before, CancellationToken ct)
    {
        // Which run it was is of no matter as long as nothing has changed.
        if (before.Memory is { } known && MemoryFile.Write(memory.As(known.Run)).AsSpan().SequenceEqual(before.Content.Span))
        {
            return null;
        }

        var record = new StoredRecord(Containers.State, Name(tenant), MemoryFile.Write(memory));
        return await blobs.TryWriteAsync(record.Container, record.Name, record.Content, before.Tag, ct)
            ? record
            : throw new IOException("The memory of the protected was changed by somebody else.");
    }
}
