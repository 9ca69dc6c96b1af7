using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace EduFunctions.Pipeline.Storage;

/// <summary>A blob's bytes with the tag that a conditional write needs.</summary>
public sealed record StoredBlob(byte[] Content, ETag Tag)
{
    /// <summary>What it was written with.</summary>
    public IDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>A listed blob with the metadata it was written with.</summary>
public sealed record BlobEntry(string Name, IDictionary<string, string> Metadata, DateTimeOffset Modified);

/// <summary>The few things the pipeline asks of blob storage. Every path is made of tenant and run, so a second write is the first again.</summary>
/// <param name="service">Asked for with the first blob: what only reads tenant files needs no storage.</param>
public sealed class BlobStorage(Lazy<BlobServiceClient> service)
{
    private const int MostTries = 5;

    /// <summary>The account's name.</summary>
    public string Account => service.Value.AccountName;

    public BlobStorage(BlobServiceClient service)
        : this(new Lazy<BlobServiceClient>(service))
    {
    }

    public async Task CreateContainersAsync(CancellationToken ct)
    {
        foreach (var container in Containers.All)
        {
            await service.Value.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: ct);
        }
    }

    /// <summary>The whole blob, or null when there is none.</summary>
    public async Task<StoredBlob?> ReadAsync(string container, string name, CancellationToken ct)
    {
        var found = await TryReadAsync(container, name, ct);
        OwnTurn.Of(name)?.See(container, name, found?.Tag);
        return found;
    }

    private async Task<StoredBlob?> TryReadAsync(string container, string name, CancellationToken ct)
    {
        try
        {
            var answer = await Blob(container, name).DownloadContentAsync(ct);
            return new StoredBlob(answer.Value.Content.ToArray(), answer.Value.Details.ETag) { Metadata = answer.Value.Details.Metadata };
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>A stream over the blob, read as it comes; null when there is none.</summary>
    public async Task<Stream?> OpenAsync(string container, string name, CancellationToken ct)
    {
        try
        {
            var answer = await Blob(container, name).DownloadStreamingAsync(cancellationToken: ct);
            return answer.Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>A part of a blob; null when there is none.</summary>
    public async Task<byte[]?> ReadRangeAsync(string container, string name, long offset, long length, CancellationToken ct)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, length) };
            var answer = await Blob(container, name).DownloadContentAsync(options, ct);
            return answer.Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public Task WriteAsync(
        string container, string name, ReadOnlyMemory<byte> content, CancellationToken ct, IDictionary<string, string>? metadata = null) => WriteAsync(
            container, name, conditions => Blob(container, name).UploadAsync(new BinaryData(content), Options(conditions, metadata), ct), ct);

    public async Task WriteAsync(
        string container, string name, Stream content, CancellationToken ct, IDictionary<string, string>? metadata = null)
    {
        if (!content.CanSeek && OwnTurn.Of(name) is { } turn)
        {
            // It is there only once, so that a second try would come without.
            turn.See(container, name, await FindTagAsync(container, name, ct));
        }

        var start = content.CanSeek ? content.Position : 0;
        await WriteAsync(container, name, UploadAsync, ct);

        Task<Response<BlobContentInfo>> UploadAsync(BlobRequestConditions? conditions)
        {
            if (content.CanSeek)
            {
                content.Position = start;
            }

            return Blob(container, name).UploadAsync(content, Options(conditions, metadata), ct);
        }
    }

    /// <summary>Writes what may be larger than the memory, by way of a file.</summary>
    public async Task WriteAsync(string container, string name, Action<Stream> write, CancellationToken ct)
    {
        await using var file = TemporaryFile.Create();
        write(file);
        file.Position = 0;
        await WriteAsync(container, name, file, ct);
    }

    /// <summary>Writes only when the blob is still the one that was read (null: when there is none); false when somebody was quicker.</summary>
    public async Task<bool> TryWriteAsync(string container, string name, ReadOnlyMemory<byte> content, ETag? expected, CancellationToken ct) =>
        await TryReplaceAsync(container, name, content, expected, ct) is not null;

    /// <summary>The same; the tag of what was written, null when somebody was quicker.</summary>
    public async Task<ETag?> TryReplaceAsync(
        string container, string name, ReadOnlyMemory<byte> content, ETag? expected, CancellationToken ct, IDictionary<string, string>? metadata = null)
    {
        if (OwnTurn.Of(name) is { } turn)
        {
            await turn.ProveAsync(ct);
        }

        return await TryAsync(conditions => Blob(container, name).UploadAsync(new BinaryData(content), Options(conditions, metadata), ct), expected);
    }

    /// <summary>
    /// Writes whatever is there; but what is a turn's own only over what was there while that was certainly had. The storage says so before anything is
    /// written over that the turn has not seen, and each time somebody was quicker, which may have been the turn itself: an answer was lost.
    /// </summary>
    private async Task WriteAsync(
        string container, string name, Func<BlobRequestConditions?, Task<Response<BlobContentInfo>>> upload, CancellationToken ct)
    {
        if (OwnTurn.Of(name) is not { } turn)
        {
            await upload(null);
            return;
        }

        await turn.ProveAsync(ct);
        var (tag, tries) = (turn.TryFind(container, name, out var seen) ? seen : null, 0);
        while (true)
        {
            if (await TryAsync(upload, tag) is { } written)
            {
                turn.See(container, name, written);
                return;
            }

            if (++tries == MostTries)
            {
                throw new IOException($"The blob {container}/{name} is written by somebody else all the time.");
            }

            tag = await FindTagAsync(container, name, ct);
            await turn.ProveAnewAsync(ct);
        }
    }

    /// <param name="expected">Null for nothing.</param>
    /// <returns>Null when something else is there.</returns>
    private static async Task<ETag?> TryAsync(Func<BlobRequestConditions?, Task<Response<BlobContentInfo>>> upload, ETag? expected)
    {
        try
        {
            return (await upload(expected is { } tag ? new BlobRequestConditions { IfMatch = tag } : new BlobRequestConditions { IfNoneMatch = ETag.All })).Value.ETag;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null;
        }
    }

    private static BlobUploadOptions Options(BlobRequestConditions? conditions, IDictionary<string, string>? metadata) => new() { Conditions = conditions, Metadata = metadata };

    private async Task<ETag?> FindTagAsync(string container, string name, CancellationToken ct)
    {
        try
        {
            return (await Blob(container, name).GetPropertiesAsync(cancellationToken: ct)).Value.ETag;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>How long ago the blob was written, by the storage's own clock; null when there is none.</summary>
    public async Task<TimeSpan?> FindAgeAsync(string container, string name, CancellationToken ct)
    {
        try
        {
            var answer = await Blob(container, name).GetPropertiesAsync(cancellationToken: ct);
            return answer.GetRawResponse().Headers.Date - answer.Value.LastModified;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Blobs whose name starts with the prefix, in ordinal order of their names.</summary>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string container, string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        var blobs = service.Value.GetBlobContainerClient(container)
            .GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, ct);
        await foreach (var blob in blobs)
        {
            yield return new BlobEntry(blob.Name, blob.Metadata, blob.Properties.LastModified ?? default);
        }
    }

    /// <summary>Whether there is any blob whose name starts with the prefix.</summary>
    public async Task<bool> AnyAsync(string container, string prefix, CancellationToken ct)
    {
        var listed = service.Value.GetBlobContainerClient(container).GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, ct).AsPages(pageSizeHint: 1);
        await foreach (var page in listed)
        {
            if (page.Values.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names of the folders below a prefix that ends in a slash, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> FoldersAsync(string container, string prefix, CancellationToken ct)
    {
        var folders = new List<string>();
        var listed = service.Value.GetBlobContainerClient(container).GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", prefix, ct);
        await foreach (var entry in listed)
        {
            if (entry.IsPrefix)
            {
                folders.Add(entry.Prefix[prefix.Length..^1]);
            }
        }

        return folders;
    }

    public Task DeleteAsync(string container, string name, CancellationToken ct) => Blob(container, name).DeleteIfExistsAsync(cancellationToken: ct);

    internal BlobLeaseClient Lease(string container, string name) => Blob(container, name).GetBlobLeaseClient();

    private BlobClient Blob(string container, string name) => service.Value.GetBlobContainerClient(container).GetBlobClient(name);
}
