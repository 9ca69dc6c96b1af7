using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>The files of feeds in storage: what is to be sent, and what a target may hold, for feeds that say what has changed since.</summary>
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
            await using var stored = await blobs.OpenAsync(Containers.Feeds, SentPath(tenant, file.Run, feed, file.Name), ct)
                ?? await blobs.OpenAsync(Containers.State, KeptPath(tenant, file.Run, feed, file.Name), ct)
                ?? throw new RunHeldException($"The file {file.Name} of an earlier delivery of {feed} (run {file.Run}) is gone, so what has changed cannot be told.");
            await stored.CopyToAsync(files.Create(file.Name, file.IsConfirmed), ct);
        }

        return files;
    }

    public async Task StoreAsync(Receipt receipt, FeedFiles files, CancellationToken ct)
    {
        foreach (var name in files.Names)
        {
            await blobs.WriteAsync(Containers.Feeds, SentPath(receipt.Tenant, receipt.Run, receipt.Feed, name), files.Open(name), ct);
        }

        foreach (var name in files.KeptNames)
        {
            await blobs.WriteAsync(Containers.State, KeptPath(receipt.Tenant, receipt.Run, receipt.Feed, name), files.Open(name), ct);
        }
    }

    /// <summary>The files of a delivery that was begun, to go on with.</summary>
    /// <exception cref="RunHeldException">One is gone.</exception>
    public async Task<FeedFiles> ReadStoredAsync(Receipt receipt, CancellationToken ct)
    {
        var files = new FeedFiles();
        foreach (var file in receipt.Files)
        {
            await using var stored = await blobs.OpenAsync(Containers.Feeds, SentPath(receipt.Tenant, receipt.Run, receipt.Feed, file.Name), ct)
                ?? throw new RunHeldException($"The file {file.Name} of {receipt.Feed} is gone, so its delivery cannot go on. Repeat the run.");
            await stored.CopyToAsync(files.Create(file.Name), ct);
        }

        return files;
    }

    private static string SentPath(string tenant, string run, string feed, string name) => $"{tenant}/{run}/{feed}/{name}";

    /// <summary>Where a file lies that is not sent but needed by later nights.</summary>
    private static string KeptPath(string tenant, string run, string feed, string name) => $"{tenant}/feeds/{feed}/{run}/{name}";
}
