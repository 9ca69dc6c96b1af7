using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Verifying;

/// <summary>By when a run's answers and files may be gone.</summary>
internal sealed record KeptSince(string Snapshots, string Feeds)
{
    public static KeptSince Of(PrivacySettings privacy, DateTimeOffset now) =>
        new(RunId.Of(now.AddDays(-privacy.SnapshotRetentionDays)), RunId.Of(now.AddDays(-privacy.RosterRetentionDays)));

    public bool IsOver(string container, string run) =>
        string.CompareOrdinal(run, container == Containers.Snapshots ? Snapshots : Feeds) < 0;
}

/// <summary>What sealed protocols say was removed or rewritten; one that was changed afterwards says nothing.</summary>
internal sealed class SealedPurges
{
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly HashSet<RewrittenBlob> _rewritten = [];

    public static async Task<SealedPurges> ReadAsync(BlobStorage blobs, SealChain chain, CancellationToken ct)
    {
        var purges = new SealedPurges();
        foreach (var entry in chain.Entries.Where(IsPurge))
        {
            if (await blobs.ReadAsync(Containers.State, entry.Blob.Split('/', 2)[1], ct) is { } stored && SealChain.Hash(stored.Content) == entry.Sha256)
            {
                var protocol = StoredJson.Parse<PurgeProtocol>(Containers.State, entry.Blob.Split('/', 2)[1], stored.Content, "It is as it was sealed.");
                purges._removed.UnionWith(protocol.Removed);
                purges._rewritten.UnionWith(protocol.Rewritten);
            }
        }

        return purges;
    }

    public static bool IsPurge(SealEntry entry) => entry.Blob.Split('/') is [Containers.State, _, PurgeProtocol.Folder, _];

    public bool HasRemoved(string blob) => _removed.Contains(blob);

    public bool HasRewritten(string blob, string sha256) => _rewritten.Contains(new RewrittenBlob(blob, sha256));
}
