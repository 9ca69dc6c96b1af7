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

    private Task<StoredBlob?> TryReadAsync(string container, string name, CancellationToken ct) => FindAsync(
        container, name,
        async blob =>
        {
            var answer = await blob.DownloadContentAsync(ct);
            return new StoredBlob(answer.Value.Content.ToArray(), answer.Value.Details.ETag) { Metadata = answer.Value.Details.Metadata };
        },
        ct);

    /// <summary>A stream over the blob, read as it comes; null when there is none.</summary>
    public Task<Stream?> OpenAsync(string container, string name, CancellationToken ct) => FindAsync(
        container, name, async blob => (await blob.DownloadStreamingAsync(cancellationToken: ct)).Value.Content, ct);

    /// <summary>A part of a blob, shorter where the blob ends before; null when there is none.</summary>
    public Task<byte[]?> ReadRangeAsync(string container, string name, long offset, long length, CancellationToken ct) => FindAsync(
        container, name,
        async blob =>
        {
            try
            {
                return (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(offset, length) }, ct)).Value.Content.ToArray();
            }
            catch (RequestFailedException e) when (e.Status == 416)
            {
                // One that was cut ends before.
                return [];
            }
        },
        ct);

    /// <summary>Asks for something of a blob; null when there is none.</summary>
    /// <exception cref="RefusedBlobException">The storage does not give it.</exception>
    private async Task<T?> FindAsync<T>(string container, string name, Func<BlobClient, Task<T>> ask, CancellationToken ct)
        where T : class
    {
        try
        {
            return await ask(Blob(container, name));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (Exception e) when (RefusedBlobException.IsOne(e, ct))
        {
            throw RefusedBlobException.Of(container, name, e);
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

        return await TryAsync(container, name, conditions => Blob(container, name).UploadAsync(new BinaryData(content), Options(conditions, metadata), ct), expected, ct);
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
            await UploadAsync(container, name, () => upload(null), ct);
            return;
        }

        await turn.ProveAsync(ct);
        var (tag, tries) = (turn.TryFind(container, name, out var seen) ? seen : null, 0);
        while (true)
        {
            if (await TryAsync(container, name, upload, tag, ct) is { } written)
            {
                turn.See(container, name, written);
                return;
            }

            if (++tries == MostTries)
            {
                throw RefusedBlobException.Overtaken(container, name);
            }

            tag = await FindTagAsync(container, name, ct);
            await turn.ProveAnewAsync(ct);
        }
    }

    /// <param name="expected">Null for nothing.</param>
    /// <returns>Null when something else is there.</returns>
    /// <exception cref="RefusedBlobException">Exactly that is there, so that nobody was quicker: the storage takes nothing in its place, and to ask again would be without end.</exception>
    private async Task<ETag?> TryAsync(
        string container, string name, Func<BlobRequestConditions?, Task<Response<BlobContentInfo>>> upload, ETag? expected, CancellationToken ct)
    {
        try
        {
            var conditions = expected is { } tag ? new BlobRequestConditions { IfMatch = tag } : new BlobRequestConditions { IfNoneMatch = ETag.All };
            return (await UploadAsync(container, name, () => upload(conditions), ct)).Value.ETag;
        }
        catch (RefusedBlobException e) when (e.InnerException is RequestFailedException { Status: 409 or 412 })
        {
            if (await FindTagAsync(container, name, ct) == expected)
            {
                throw;
            }

            return null;
        }
    }

    private static async Task<Response<BlobContentInfo>> UploadAsync(
        string container, string name, Func<Task<Response<BlobContentInfo>>> upload, CancellationToken ct)
    {
        try
        {
            return await upload();
        }
        catch (Exception e) when (RefusedBlobException.IsOne(e, ct))
        {
            throw RefusedBlobException.Of(container, name, e);
        }
    }

    private static BlobUploadOptions Options(BlobRequestConditions? conditions, IDictionary<string, string>? metadata) => new() { Conditions = conditions, Metadata = metadata };

    private async Task<ETag?> FindTagAsync(string container, string name, CancellationToken ct) => (await FindPropertiesAsync(container, name, ct))?.Value.ETag;

    /// <summary>How long ago the blob was written, by the storage's own clock; null when there is none.</summary>
    public async Task<TimeSpan?> FindAgeAsync(string container, string name, CancellationToken ct) =>
        await FindPropertiesAsync(container, name, ct) is { } answer ? answer.GetRawResponse().Headers.Date - answer.Value.LastModified : null;

    private Task<Response<BlobProperties>?> FindPropertiesAsync(string container, string name, CancellationToken ct) =>
        FindAsync(container, name, blob => blob.GetPropertiesAsync(cancellationToken: ct), ct);

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

    public Task DeleteAsync(string container, string name, CancellationToken ct) =>
        FindAsync(container, name, blob => blob.DeleteIfExistsAsync(cancellationToken: ct), ct);

    internal BlobLeaseClient Lease(string container, string name) => Blob(container, name).GetBlobLeaseClient();

    private BlobClient Blob(string container, string name) => service.Value.GetBlobContainerClient(container).GetBlobClient(name);
}
