using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>Keeps what the next pull of a tenant is compared with: the last complete pull that was not held.</summary>
public sealed class LastPullStore(BlobStorage blobs)
{
    /// <summary>Null when there is none, and when it cannot be read; then also why.</summary>
    public async Task<(LastPull? Pull, UnreadableBlobException? Problem)> LookAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, Name(tenant), ct) is not { } blob ? (null, null)
        : StateJson.TryParse<LastPull>(blob) is { } pull ? (pull, null)
        : (null, new UnreadableBlobException(
            Containers.State, Name(tenant), "Run again with --accept-shrink: the pull is then compared with nothing, so look at its counts first."));

    /// <param name="failing">Codes of the rules that somebody failed.</param>
    public Task SaveAsync(SnapshotManifest manifest, IReadOnlyList<string> failing, CancellationToken ct)
    {
        // A skipped collection is compared with its own last pull when it is back.
        var rows = manifest.Collections.ToDictionary(entry => entry.Key, entry => entry.Value.Rows)
            .Concat(manifest.Previous?.Rows.Where(entry => manifest.Skips(entry.Key)) ?? []).ToDictionary();
        var pull = new LastPull(manifest.Run, new SortedDictionary<string, int>(rows, StringComparer.Ordinal), failing);
        var json = StateJson.Write(pull);
        return blobs.WriteAsync(Containers.State, Name(manifest.Tenant), json, ct, StateJson.NoteOf(json));
    }

    internal static string Name(string tenant) => $"{tenant}/pull.json";
}
