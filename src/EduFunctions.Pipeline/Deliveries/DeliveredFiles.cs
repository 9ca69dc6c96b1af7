using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>Fetches what a target may hold, for feeds that say what has changed since.</summary>
public sealed class DeliveredFiles(BlobStorage blobs, ReceiptStore receipts)
{
    /// <param name="wanted">Which files, by name.</param>
    /// <returns>No files when nothing was ever sent.</returns>
    /// <exception cref="RunHeldException">A file is gone: what has changed cannot be told.</exception>
    public async Task<HeldFiles> ReadAsync(string tenant, string feed, Predicate<string> wanted, CancellationToken ct)
    {
        var files = new HeldFiles();
        foreach (var file in (await receipts.FindHeldAsync(tenant, feed, ct)).Where(file => wanted(file.Name)))
        {
            await using var stored = await blobs.OpenAsync(Containers.Feeds, $"{tenant}/{file.Run}/{feed}/{file.Name}", ct)
                ?? await blobs.OpenAsync(Containers.State, KeptPath(tenant, file.Run, feed, file.Name), ct)
                ?? throw new RunHeldException($"The file {file.Name} of an earlier delivery of {feed} (run {file.Run}) is gone, so what has changed cannot be told.");
            await stored.CopyToAsync(files.Create(file.Name, file.IsConfirmed), ct);
        }

        return files;
    }

    /// <summary>Where a file lies that is not sent but needed by later nights.</summary>
    public static string KeptPath(string tenant, string run, string feed, string name) => $"{tenant}/feeds/{feed}/{run}/{name}";
}
