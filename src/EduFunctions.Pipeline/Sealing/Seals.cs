using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Sealing;

/// <summary>Seals stored records, one chain per tenant.</summary>
public sealed class Seals(BlobStorage blobs)
{
    /// <summary>
    /// Seals a record as it is stored now. Sealing it twice is sealing it once; a record that was written anew is sealed anew. Three calls of the
    /// storage, so it is for records, not for pages: those are in a record, with their hashes.
    /// </summary>
    public async Task<Seal> SealAsync(string tenant, string container, string name, CancellationToken ct)
    {
        var record = await blobs.ReadAsync(container, name, ct) ?? throw new InvalidOperationException($"There is no {container}/{name} to seal.");
        var (blob, sha256) = ($"{container}/{name}", SealChain.Hash(record.Content));
        while (true)
        {
            var stored = await blobs.ReadAsync(Containers.State, Name(tenant), ct);
            var chain = new SealChain(stored?.Content ?? []);
            if (chain.Find(blob, sha256) is { } known)
            {
                return known;
            }

            var longer = chain.With(blob, sha256);
            if (await blobs.TryWriteAsync(Containers.State, Name(tenant), longer.ToBytes(), stored?.Tag, ct))
            {
                return longer.Head!;
            }
        }
    }

    internal async Task<SealChain> ReadAsync(string tenant, CancellationToken ct) =>
        new((await blobs.ReadAsync(Containers.State, Name(tenant), ct))?.Content ?? []);

    private static string Name(string tenant) => $"{tenant}/seal.jsonl";
}
