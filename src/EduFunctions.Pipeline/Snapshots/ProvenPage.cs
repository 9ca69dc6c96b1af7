using System.IO.Compression;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>
/// The answer body of a stored page as a stream, for pages too large for memory. What is read is proven only at the end: nothing may come of it
/// before <see cref="RequireWholeAsync"/>.
/// </summary>
internal sealed class ProvenPage : IAsyncDisposable
{
    private readonly string _name;
    private readonly string _expected;
    private readonly SHA256 _hash = SHA256.Create();
    private readonly CryptoStream _stored;

    public ProvenPage(string name, PageManifest page, Stream stored)
    {
        (_name, _expected) = (name, page.StoredSha256);
        _stored = new CryptoStream(stored, _hash, CryptoStreamMode.Read);
        Body = new GZipStream(_stored, CompressionMode.Decompress);
    }

    public Stream Body { get; }

    /// <exception cref="RunHeldException">The page is not the one that was stored.</exception>
    public async Task RequireWholeAsync(CancellationToken ct)
    {
        await _stored.CopyToAsync(Stream.Null, ct);
        if (Convert.ToHexStringLower(_hash.Hash!) != _expected)
        {
            throw PageReader.Changed(_name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync();
        _hash.Dispose();
    }
}
