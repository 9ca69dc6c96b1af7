using System.IO.Compression;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Verifying;

/// <summary>Compares sealed records, and what they list, with what is stored.</summary>
/// <param name="retention">By when answers and files may be gone.</param>
/// <param name="purges">What was taken out of them on purpose.</param>
/// <param name="underWay">The run that is not over; null for none.</param>
internal sealed class SealedBlobs(BlobStorage blobs, KeptSince retention, SealedPurges purges, RunRecord? underWay)
{
    private readonly SortedSet<string> _purged = new(StringComparer.Ordinal);

    public int Checked { get; private set; }

    public IReadOnlyList<string> Purged => [.. _purged];

    public List<string> Problems { get; } = [];

    public async Task CheckAsync(SealEntry entry, CancellationToken ct)
    {
        var (container, name) = entry.Blob.Split('/', 2) is [var first, var rest] ? (first, rest) : ("", entry.Blob);
        if (!Containers.All.Contains(container) || await blobs.ReadAsync(container, name, ct) is not { } stored)
        {
            // Records of what was sent hold no personal data, and stay.
            Missing(container, name, mayBePurged: container == Containers.Snapshots);
            return;
        }

        Checked++;
        if (SealChain.Hash(stored.Content) is var hash && hash != entry.Sha256 && !purges.HasRewritten(entry.Blob, hash))
        {
            if (underWay is not null && entry.Blob.StartsWith($"{Containers.Feeds}/{underWay.Tenant}/{underWay.Run}/", StringComparison.Ordinal))
            {
                // It goes on with its receipt, and seals it anew when it ends.
                return;
            }

            Problems.Add($"{entry.Blob} was changed.");
        }
        else if (container == Containers.Snapshots)
        {
            await CheckPagesAsync(SnapshotManifest.Parse(name, stored.Content), ct);
        }
        else if (name.EndsWith($"/{ReceiptStore.FileName}", StringComparison.Ordinal))
        {
            await CheckFilesAsync(ReceiptStore.Parse(name, stored.Content), ct);
        }
    }

    private async Task CheckPagesAsync(SnapshotManifest manifest, CancellationToken ct)
    {
        foreach (var (collection, pages) in manifest.Collections)
        {
            foreach (var page in pages.Pages)
            {
                var name = SnapshotPath.Page(manifest.Tenant, manifest.Run, collection, page.Page, manifest.Extension);
                await CheckAsync(Containers.Snapshots, name, page.Sha256, body => new GZipStream(body, CompressionMode.Decompress), ct);
            }
        }
    }

    private async Task CheckFilesAsync(Receipt receipt, CancellationToken ct)
    {
        foreach (var file in receipt.Files)
        {
            await CheckAsync(Containers.Feeds, FeedPath.Sent(receipt.Tenant, receipt.Run, receipt.Feed, file.Name), file.Sha256, content => content, ct);
        }
    }

    private async Task CheckAsync(string container, string name, string sha256, Func<Stream, Stream> unpack, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(container, name, ct);
        if (stored is null)
        {
            Missing(container, name, mayBePurged: true);
            return;
        }

        Checked++;
        if (await HashAsync(unpack(stored), ct) != sha256)
        {
            Problems.Add($"{container}/{name} was changed.");
        }
    }

    private static async Task<string?> HashAsync(Stream content, CancellationToken ct)
    {
        try
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void Missing(string container, string name, bool mayBePurged)
    {
        var parts = name.Split('/');
        if (purges.HasRemoved($"{container}/{name}") || (mayBePurged && parts.Length > 1 && retention.IsOver(container, parts[1])))
        {
            _purged.Add($"{container}/{parts[0]}/{parts[1]}");
        }
        else
        {
            Problems.Add($"{container}/{name} is gone.");
        }
    }
}
