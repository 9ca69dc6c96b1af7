using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>Carries out <see cref="TargetMoves"/>. Usually there are none, and one list of the storage tells so.</summary>
public sealed class TargetRecords(BlobStorage blobs, ReceiptStore receipts, DeliveredFiles files, Catalog<IDelivery> deliveries)
{
    /// <returns>What is on record of targets to which no feed of the tenant file goes.</returns>
    public async Task<IReadOnlyList<string>> PutInPlaceAsync(Tenant tenant, CancellationToken ct)
    {
        var feeds = tenant.Feeds.ToDictionary(feed => feed.Name, feed => deliveries.KeyOf(feed).Name, StringComparer.Ordinal);
        var recorded = await ListAsync(tenant, ct);
        var folders = recorded.Select(target => target.Folder).ToHashSet(StringComparer.Ordinal);
        foreach (var (from, to) in TargetMoves.Of(recorded, feeds))
        {
            await MoveAsync(tenant.Id, from, to, ct);
            folders.Remove(from);
            folders.Add(to);
        }

        return [.. folders.Except(feeds.Keys)];
    }

    private async Task<IReadOnlyList<RecordedTarget>> ListAsync(Tenant tenant, CancellationToken ct)
    {
        var found = new List<(string Folder, bool IsLast, BlobEntry Blob)>();
        await foreach (var blob in blobs.ListAsync(Containers.State, FeedPath.States(tenant.Id), ct))
        {
            if (blob.Name[FeedPath.States(tenant.Id).Length..].Split('/') is [var folder, ReceiptStore.LastFileName or ReceiptStore.KnownFileName] parts)
            {
                found.Add((folder, parts[1] == ReceiptStore.LastFileName, blob));
            }
        }

        var recorded = new List<RecordedTarget>();
        foreach (var folder in found.GroupBy(each => each.Folder).OrderByDescending(folder => folder.Max(each => each.Blob.Modified)))
        {
            recorded.Add(new RecordedTarget(folder.Key, await TargetOfAsync(tenant, folder.OrderByDescending(each => each.IsLast).Select(each => each.Blob), folder.Key, ct)));
        }

        return recorded;
    }

    /// <summary>Of a release that did not note it beside the blob, the record itself says it, or the receipt; else it is of the kind of feed that goes there.</summary>
    private async Task<string?> TargetOfAsync(Tenant tenant, IEnumerable<BlobEntry> newest, string folder, CancellationToken ct)
    {
        var noted = newest.Select(blob => blob.Metadata).FirstOrDefault(note => note.ContainsKey(ReceiptStore.TargetNote));
        if (noted is not null && noted.TryGetValue(ReceiptStore.TypeNote, out var type))
        {
            return TargetKey.NameOf(noted[ReceiptStore.TargetNote], type);
        }

        var last = await receipts.FindLastAsync(tenant.Id, folder, ct);
        if (last?.Key.Hash is not { } hash && (hash = noted?[ReceiptStore.TargetNote]) is null)
        {
            return null;
        }

        type = last?.Type ?? (last is null ? null : await receipts.FindTypeAsync(last, ct)) ?? tenant.Feeds.FirstOrDefault(feed => deliveries.KeyOf(feed).Hash == hash)?.Type;
        return TargetKey.NameOf(hash, type);
    }

    /// <summary>The record of the delivery comes and goes last: a repeated stage goes on where this one was killed.</summary>
    private async Task MoveAsync(string tenant, string from, string to, CancellationToken ct)
    {
        var last = await blobs.ReadAsync(Containers.State, ReceiptStore.LastName(tenant, from), ct);
        var there = await blobs.ReadAsync(Containers.State, ReceiptStore.LastName(tenant, to), ct);
        if (last is null || there is null || !there.Content.AsSpan().SequenceEqual(last.Content))
        {
            await ClearAsync(tenant, to, ct);
            await CopyAsync(tenant, from, to, last, ct);
        }

        await ClearAsync(tenant, from, ct);
    }

    private async Task CopyAsync(string tenant, string from, string to, StoredBlob? last, CancellationToken ct)
    {
        var (source, all) = (FeedPath.State(tenant, from, ""), await BlobsAsync(tenant, from, ct));
        foreach (var blob in all.Where(blob => blob.Name != ReceiptStore.LastName(tenant, from)))
        {
            await using var content = await blobs.OpenAsync(Containers.State, blob.Name, ct);
            await blobs.WriteAsync(Containers.State, FeedPath.State(tenant, to, blob.Name[source.Length..]), content!, ct, blob.Metadata);
        }

        await KeepKnownAsync(tenant, from, to, ct);
        if (last is not null)
        {
            // Byte for byte, so that a repeated stage knows it again.
            var note = await receipts.FindLastAsync(tenant, from, ct) is { } delivered
                ? ReceiptStore.NoteOf(delivered.Key)
                : all.First(blob => blob.Name == ReceiptStore.LastName(tenant, from)).Metadata;
            await blobs.WriteAsync(Containers.State, ReceiptStore.LastName(tenant, to), last.Content, ct, StateJson.IsWhole(last) ? StateJson.NoteOf(last.Content, note) : note);
        }
    }

    /// <summary>What was sent lies under the old name and ends with its run; a copy that is kept does not.</summary>
    private async Task KeepKnownAsync(string tenant, string from, string to, CancellationToken ct)
    {
        var name = ReceiptStore.KnownName(tenant, to);
        var known = await receipts.FindReadableAsync(tenant, from, ct) ?? [];
        foreach (var file in known)
        {
            await using var content = await files.OpenAsync(tenant, from, file, ct);
            if (content is not null)
            {
                await blobs.WriteAsync(Containers.State, FeedPath.Kept(tenant, file.Run, to, file.Name), content, ct);
            }
        }

        if (known.Count > 0 && (await BlobsAsync(tenant, to, ct)).FirstOrDefault(blob => blob.Name == name) is { } copied)
        {
            await receipts.SaveKnownAsync(tenant, to, [.. known.Select(file => file with { IsAside = false, IsKept = true })], copied.Metadata, ct);
        }
    }

    private async Task ClearAsync(string tenant, string folder, CancellationToken ct)
    {
        foreach (var blob in (await BlobsAsync(tenant, folder, ct)).OrderBy(blob => blob.Name == ReceiptStore.LastName(tenant, folder)))
        {
            await blobs.DeleteAsync(Containers.State, blob.Name, ct);
        }
    }

    private async Task<IReadOnlyList<BlobEntry>> BlobsAsync(string tenant, string folder, CancellationToken ct)
    {
        var found = new List<BlobEntry>();
        await foreach (var blob in blobs.ListAsync(Containers.State, FeedPath.State(tenant, folder, ""), ct))
        {
            found.Add(blob);
        }

        return found;
    }
}
