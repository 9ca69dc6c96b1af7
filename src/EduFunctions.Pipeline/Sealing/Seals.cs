using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Sealing;

/// <summary>Seals stored records, one chain per tenant.</summary>
public sealed class Seals(BlobStorage blobs)
{
    /// <summary>
    /// Seals records as they are stored now. Sealing one twice is sealing it once; one that was written anew is sealed anew, and one that somebody else has
    /// written meanwhile is that one's to seal. Two calls of the storage, and one for a record that was sealed before, so it is not for pages: those are in a
    /// record, with their hashes.
    /// </summary>
    public async Task<Seal> SealAsync(string tenant, IEnumerable<StoredRecord> records, CancellationToken ct)
    {
        var hashes = records.Select(record => (Blob: $"{record.Container}/{record.Name}", Sha256: SealChain.Hash(record.Content))).ToList();

        for (var tries = new WriteTries(Containers.State, Name(tenant)); ; await tries.NextAsync(ct))
        {
            var stored = await blobs.ReadAsync(Containers.State, Name(tenant), ct);
            var chain = new SealChain(stored?.Content ?? []);
            var unknown = new List<(string Blob, string Sha256)>();
            foreach (var record in hashes.Where(record => chain.Find(record.Blob, record.Sha256) is null))
            {
                if (!chain.HasBlob(record.Blob) || await IsStoredAsync(record.Blob, record.Sha256, ct))
                {
                    unknown.Add(record);
                }
            }

            if (unknown.Count == 0)
            {
                return chain.Find(hashes[^1].Blob, hashes[^1].Sha256) ?? chain.Head!;
            }

            var longer = unknown.Aggregate(chain, (link, record) => link.With(record.Blob, record.Sha256));
            if (await blobs.TryWriteAsync(Containers.State, Name(tenant), longer.ToBytes(), stored?.Tag, ct))
            {
                return longer.Head!;
            }
        }
    }

    /// <summary>Whether that is what lies there; also where nothing does.</summary>
    private async Task<bool> IsStoredAsync(string blob, string sha256, CancellationToken ct)
    {
        var end = blob.IndexOf('/', StringComparison.Ordinal);
        return await blobs.ReadAsync(blob[..end], blob[(end + 1)..], ct) is not { } stored || SealChain.Hash(stored.Content) == sha256;
    }

    internal async Task<SealChain> ReadAsync(string tenant, CancellationToken ct) =>
        new((await blobs.ReadAsync(Containers.State, Name(tenant), ct))?.Content ?? []);

    private static string Name(string tenant) => $"{tenant}/seal.jsonl";
}
