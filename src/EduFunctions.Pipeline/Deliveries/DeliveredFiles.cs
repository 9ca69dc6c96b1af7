using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>The files of feeds in storage: what is to be sent, and what a target may have, for feeds that say what has changed since.</summary>
public sealed class DeliveredFiles(BlobStorage blobs, ReceiptStore receipts)
{
    /// <param name="feed">The kind of feed; one without a memory gets no files.</param>
    /// <param name="name">The feed's name.</param>
    /// <param name="target">Null for whatever it was: a feed that says what has changed begins anew with another target.</param>
    /// <param name="wanted">Which files, by name.</param>
    /// <returns>No files when nothing was ever sent there.</returns>
    /// <exception cref="RunHeldException">A file is gone: what has changed cannot be told.</exception>
    [Told]
    public async Task<KnownFiles> ReadAsync(IFeed feed, string tenant, string name, TargetKey? target, Predicate<string> wanted, CancellationToken ct)
    {
        var files = new KnownFiles();
        var known = feed is IFeedWithMemory ? await FindKnownAsync(tenant, name, target, ct) : [];
        foreach (var file in known.Where(file => wanted(file.Name)))
        {
            await using var stored = await OpenAsync(tenant, name, file, ct) ?? throw Gone(tenant, name, file);
            await stored.CopyToAsync(files.Create(file), ct);
            if (file.Sha256 is { } sha256 && await HashAsync(files.Find(file.Name)!, ct) != sha256)
            {
                files.Dispose();
                throw Damaged(tenant, name, file);
            }
        }

        return files;
    }

    /// <summary>What is known of the target, where it is the target of now.</summary>
    /// <exception cref="RunHeldException">Nothing is, although something was delivered: that is no first time.</exception>
    [Told]
    private async Task<IReadOnlyList<KnownFile>> FindKnownAsync(string tenant, string name, TargetKey? target, CancellationToken ct)
    {
        var known = await receipts.TryFindKnownAsync(tenant, name, ct);
        var last = target is null && known is not null ? null : await receipts.FindLastAsync(tenant, name, ct);
        return target is { } wanted && last is not null && !last.Key.Is(wanted) ? []
            : known is null && last?.Files.Count > 0 ? throw new RunHeldException(
                $"The blob {Containers.State}/{ReceiptStore.KnownName(tenant, name)} is gone, although {Containers.State}/{ReceiptStore.LastName(tenant, name)} "
                + $"says what run {last.Run} delivered, so what has changed since cannot be told. {ReceiptStore.Remedy(tenant, name)}")
            : known ?? [];
    }

    private static async Task<string> HashAsync(Stream content, CancellationToken ct) => Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));

    [Told]
    private static RunHeldException Gone(string tenant, string feed, KnownFile file)
    {
        var (container, name) = PlaceOf(tenant, feed, file);
        return new RunHeldException(
            $"The blob {container}/{name} of an earlier delivery is gone, so what has changed since cannot be told. Put it back from a backup. {ReceiptStore.Remedy(tenant, feed)}");
    }

    private static UnreadableBlobException Damaged(string tenant, string feed, KnownFile file)
    {
        var (container, name) = PlaceOf(tenant, feed, file);
        return new UnreadableBlobException(container, name, $"Put it back from a backup. {ReceiptStore.Remedy(tenant, feed)}");
    }

    /// <summary>Where the file lies, or has to be put: what says what a target has is kept with the state once its run's files are deleted, or from the start.</summary>
    private static (string Container, string Name) PlaceOf(string tenant, string feed, KnownFile file)
    {
        var (run, name) = (file.Run, file.Name);
        var (sent, kept) = (file.IsAside ? FeedPath.SetAside(tenant, run, feed, name) : FeedPath.Sent(tenant, run, feed, name), FeedPath.Kept(tenant, run, feed, name));
        return file.IsKept ? (Containers.State, kept) : (Containers.Feeds, $"{sent} (or {Containers.State}/{kept})");
    }

    /// <summary>Whether the file is there as it was stored.</summary>
    public async Task<bool> IsWholeAsync(string tenant, string feed, KnownFile file, CancellationToken ct)
    {
        await using var stored = await OpenAsync(tenant, feed, file, ct);
        return stored is not null && (file.Sha256 is null || await HashAsync(stored, ct) == file.Sha256);
    }

    /// <summary>As much of what the target may have as there is of what is on record of it.</summary>
    /// <param name="target">Where it is to go: what another target has is not told it.</param>
    /// <returns>The files, and whether they are all that should be there.</returns>
    public async Task<(KnownFiles Files, bool IsWhole)> ReadWhatThereIsAsync(IFeed feed, FeedSetup setup, TargetKey target, string tenant, CancellationToken ct)
    {
        var files = new KnownFiles();
        var isOfAnother = await receipts.FindLastAsync(tenant, setup.Name, ct) is { } last && !last.Key.Is(target);
        var known = feed is IFeedWithMemory && !isOfAnother ? await receipts.FindReadableAsync(tenant, setup.Name, ct) : null;
        return (files, known is not null && await AddWholeAsync(files, tenant, setup.Name, known, ct));
    }

    /// <summary>Adds what is lacking of the last delivery.</summary>
    /// <param name="orEarlier">Whether an earlier one will do where the receipt of the last is gone.</param>
    /// <returns>Whether there was one, and all of it is there.</returns>
    public async Task<bool> AddLastAsync(KnownFiles files, IFeed feed, FeedSetup setup, TargetKey target, string tenant, string run, bool orEarlier, CancellationToken ct)
    {
        var sent = await LastAsync(feed, setup, target, tenant, run, orEarlier, ct);
        return sent.Count > 0 && await AddWholeAsync(files, tenant, setup.Name, [.. sent.Where(file => !files.Names.Contains(file.Name))], ct);
    }

    /// <returns>Whether all of them are there. What was encrypted on its way is stored like that, and nobody can read it here.</returns>
    private async Task<bool> AddWholeAsync(KnownFiles files, string tenant, string feed, IReadOnlyList<KnownFile> known, CancellationToken ct)
    {
        var (isWhole, wrapped) = (true, new HashSet<(string Run, string Name)>());
        foreach (var run in known.Select(file => file.Run).Distinct())
        {
            // Whatever the feed was called then.
            foreach (var receipt in await receipts.FindWholeAsync(tenant, run, feed, ct) is { } own ? [own] : await receipts.ListOfAsync(tenant, run, ct))
            {
                wrapped.UnionWith(receipt.Contents is not null ? receipt.Files.Select(file => (run, file.Name)) : []);
            }
        }

        foreach (var file in known)
        {
            if (!wrapped.Contains((file.Run, file.Name)) && await IsWholeAsync(tenant, feed, file, ct) && await OpenAsync(tenant, feed, file, ct) is { } stored)
            {
                await using (stored)
                {
                    await stored.CopyToAsync(files.Create(file), ct);
                }
            }
            else
            {
                isWhole = false;
            }
        }

        return isWhole;
    }

    /// <summary>A file that says what a target has, with what is kept of the target.</summary>
    internal Task KeepAsync(string tenant, string feed, KnownFile file, Stream content, CancellationToken ct) =>
        blobs.WriteAsync(Containers.State, FeedPath.Kept(tenant, file.Run, feed, file.Name), content, ct);

    /// <summary>Where it is not on record what was delivered last, the receipts tell.</summary>
    private async Task<IReadOnlyList<KnownFile>> LastAsync(
        IFeed feed, FeedSetup setup, TargetKey target, string tenant, string run, bool orEarlier, CancellationToken ct)
    {
        var last = await receipts.FindLastAsync(tenant, setup.Name, ct) is { } recorded && recorded.Key.Is(target) ? recorded : null;
        var receipt = last is null ? null : await receipts.FindWholeAsync(tenant, last.Folder.Split('/')[1], last.FeedName, ct);
        if (receipt is null && (last is null || orEarlier))
        {
            receipt = await receipts.FindDeliveredAsync(tenant, run, given => given.Feed == setup.Name && given.Key.Is(target), ct);
        }

        return receipt is null ? []
            : feed is IFeedWithMemory memory ? KnownAfter.Of(memory, setup.Settings, receipt, [])
            : [.. receipt.Files.Select(file => new KnownFile(file.Name, receipt.Run, IsConfirmed: true) { Sha256 = file.Sha256 })];
    }

    public async Task StoreAsync(Receipt receipt, FeedFiles files, CancellationToken ct)
    {
        foreach (var name in files.Names)
        {
            await blobs.WriteAsync(Containers.Feeds, FeedPath.Sent(receipt.Tenant, receipt.Run, receipt.Feed, name), files.Open(name), ct);
        }

        foreach (var name in files.KeptNames)
        {
            await blobs.WriteAsync(Containers.State, FeedPath.Kept(receipt.Tenant, receipt.Run, receipt.Feed, name), files.Open(name), ct);
        }
    }

    /// <summary>The files of a delivery that was begun, to go on with.</summary>
    /// <exception cref="RunHeldException">One is gone.</exception>
    [Told]
    public async Task<FeedFiles> ReadStoredAsync(Receipt receipt, CancellationToken ct)
    {
        var files = new FeedFiles();
        foreach (var file in receipt.Files)
        {
            await using var stored = await blobs.OpenAsync(Containers.Feeds, FeedPath.Sent(receipt.Tenant, receipt.Run, receipt.Feed, file.Name), ct)
                ?? throw new RunHeldException($"The file {file.Name} of {receipt.Feed} is gone, so its delivery cannot go on. Repeat the run.");
            await stored.CopyToAsync(files.Create(file.Name), ct);
        }

        return files;
    }

    /// <summary>Before a run delivers a feed once more, puts aside what it delivered: until the new receipt, that is what the target has.</summary>
    public async Task SetAsideAsync(Receipt receipt, CancellationToken ct)
    {
        var (tenant, run, feed) = (receipt.Tenant, receipt.Run, receipt.Feed);
        var known = await receipts.FindKnownAsync(tenant, feed, ct);
        foreach (var file in known.Where(file => file.IsOf(run)))
        {
            await CopyAsync(tenant, feed, file, ct);
        }

        await receipts.SaveKnownAsync(tenant, feed, [.. known.Select(file => file.IsOf(run) ? file with { IsAside = true } : file)], receipt.Key, ct);
        if (await receipts.FindLastAsync(tenant, feed, ct) is not { } last || last.Folder != ReceiptStore.Folder(receipt))
        {
            return;
        }

        foreach (var name in last.Files.Select(file => file.Name).Append(ReceiptStore.FileName))
        {
            await CopyAsync(tenant, feed, new KnownFile(name, run, IsConfirmed: true), ct);
        }

        await receipts.SaveLastAsync(tenant, feed, last with { Folder = FeedPath.FolderAside(tenant, run, feed) }, ct);
    }

    [Told]
    private async Task CopyAsync(string tenant, string feed, KnownFile file, CancellationToken ct)
    {
        await using var content = await OpenAsync(tenant, feed, file, ct)
            ?? throw new RunHeldException($"The file {file.Name} of the delivery of {feed} is gone. Run again.");
        await blobs.WriteAsync(Containers.Feeds, FeedPath.SetAside(tenant, file.Run, feed, file.Name), content, ct);
    }

    internal async Task<Stream?> OpenAsync(string tenant, string feed, KnownFile file, CancellationToken ct) =>
        file.IsAside ? await blobs.OpenAsync(Containers.Feeds, FeedPath.SetAside(tenant, file.Run, feed, file.Name), ct)
        : (file.IsKept ? null : await blobs.OpenAsync(Containers.Feeds, FeedPath.Sent(tenant, file.Run, feed, file.Name), ct))
            ?? await blobs.OpenAsync(Containers.State, FeedPath.Kept(tenant, file.Run, feed, file.Name), ct);
}
