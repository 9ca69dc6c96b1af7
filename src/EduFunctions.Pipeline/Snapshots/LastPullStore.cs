using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>Keeps what the next pull of a tenant is compared with: the last complete pull that was not held.</summary>
public sealed class LastPullStore(BlobStorage blobs)
{
    public async Task<LastPull?> FindAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, Name(tenant), ct) is { } blob
            ? StoredJson.Parse<LastPull>(
                Containers.State, Name(tenant), blob.Content, "Delete it and run again: the next pull is then compared with nothing, so look at its counts.")
            : null;

    /// <param name="failing">Codes of the rules that somebody failed.</param>
    public Task SaveAsync(SnapshotManifest manifest, IReadOnlyList<string> failing, CancellationToken ct)
    {
        // A skipped collection is compared with its own last pull when it is back.
        var rows = manifest.Collections.ToDictionary(entry => entry.Key, entry => entry.Value.Rows)
            .Concat(manifest.Previous?.Rows.Where(entry => manifest.Skips(entry.Key)) ?? []).ToDictionary();
        var pull = new LastPull(manifest.Run, new SortedDictionary<string, int>(rows, StringComparer.Ordinal), failing);
        return blobs.WriteAsync(Containers.State, Name(manifest.Tenant), JsonSerializer.SerializeToUtf8Bytes(pull, Serialization.Indented), ct);
    }

    internal static string Name(string tenant) => $"{tenant}/pull.json";
}
