using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>Fetches what a target was given last, for feeds that say what has changed since.</summary>
public sealed class DeliveredFiles(BlobStorage blobs, ReceiptStore receipts)
{
    /// <param name="target">Null for whatever it was: a feed that says what has changed begins anew with another target.</param>
    /// <returns>No files when nothing was delivered there yet.</returns>
    /// <exception cref="RunHeldException">A file of the last delivery is gone: what has changed cannot be told.</exception>
    public async Task<FeedFiles> ReadAsync(string tenant, string feed, string? target, CancellationToken ct)
    {
        var files = new FeedFiles();
        if (await receipts.FindLastAsync(tenant, feed, ct) is not { } last || (target ?? last.Target) != last.Target)
        {
            return files;
        }

        foreach (var file in last.Files)
        {
            await using var stored = await blobs.OpenAsync(Containers.Feeds, $"{last.Folder}/{file.Name}", ct)
                ?? throw new RunHeldException($"The file {file.Name} of the last delivery of {feed} (run {last.Run}) is gone, so what has changed cannot be told.");
            await stored.CopyToAsync(files.Create(file.Name), ct);
        }

        return files;
    }
}
