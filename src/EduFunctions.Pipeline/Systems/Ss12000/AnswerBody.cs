using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The body of an answer, unpacked within limits: what a few bytes can be made to unfold to has none.</summary>
internal sealed class AnswerBody : IDisposable
{
    /// <summary>Twice a page of ten thousand persons.</summary>
    public const int MostBytes = 64 << 20;

    private const int UsualRatio = 10;
    private const int ShortestGzip = 18;
    private const int UsualLength = 1 << 16;

    private readonly RentedBody _raw;
    private readonly RentedBody? _unpacked;

    private AnswerBody(RentedBody raw, RentedBody? unpacked) => (_raw, _unpacked) = (raw, unpacked);

    public ReadOnlySpan<byte> Bytes => (_unpacked ?? _raw).Bytes;

    /// <exception cref="BodyTooLargeException">Packed or unpacked, it is longer than that.</exception>
    /// <exception cref="PageFailedException">It is packed in a way that was not asked for, or not as its header says.</exception>
    public static async Task<AnswerBody> ReadAsync(HttpResponseMessage answer, CancellationToken ct, int most = MostBytes)
    {
        var encoding = string.Join(", ", answer.Content.Headers.ContentEncoding.Where(name => !name.Equals("identity", StringComparison.OrdinalIgnoreCase)));
        var isPacked = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);
        if (encoding.Length > 0 && !isPacked)
        {
            throw new PageFailedException("the header Content-Encoding names a packing that was not asked for (asked was gzip)");
        }

        var expected = (int)Math.Min(answer.Content.Headers.ContentLength ?? UsualLength, most);
        var raw = await RentedBody.ReadAsync(await answer.Content.ReadAsStreamAsync(ct), expected, ct, most);
        try
        {
            return new AnswerBody(raw, isPacked ? await UnpackAsync(raw, most, ct) : null);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    /// <exception cref="PageFailedException">The body is no list and no error; of one that is packed badly, that is said.</exception>
    public PageBody Parse(CollectionIds ids)
    {
        try
        {
            return PageBody.Parse(Bytes, ids);
        }
        catch (PageFailedException) when (_unpacked is not null && !HasItsLength())
        {
            throw NoGzip();
        }
    }

    /// <summary>The body as a snapshot keeps it. The source's own packing is passed through, so that the night need not pack again.</summary>
    public byte[] Gzipped()
    {
        if (_unpacked is not null)
        {
            return _raw.Bytes.ToArray();
        }

        using var gzipped = new MemoryStream(_raw.Bytes.Length / 4);
        using (var gzip = new GZipStream(gzipped, CompressionLevel.Fastest))
        {
            gzip.Write(_raw.Bytes);
        }

        return gzipped.ToArray();
    }

    /// <summary>The page as the manifest lists it, and the bytes to store.</summary>
    /// <param name="clock">When it was given, by the source's clock.</param>
    public FetchedPage Page(int number, PageBody body, DateTimeOffset? clock)
    {
        var gzipped = Gzipped();
        var manifest = new PageManifest(number, body.Rows, Bytes.Length, Hex(Bytes), gzipped.Length, Hex(gzipped));
        return new FetchedPage(new StoredPage(manifest, body.Next) { Clock = clock }, gzipped, body.RowsHash);
    }

    public void Dispose()
    {
        _raw.Dispose();
        _unpacked?.Dispose();
    }

    /// <summary>Whether as much came out as the gzip says at its end, which the platform does not ask.</summary>
    private bool HasItsLength() =>
        _raw.Bytes.Length >= ShortestGzip && BinaryPrimitives.ReadUInt32LittleEndian(_raw.Bytes[^sizeof(uint)..]) == (uint)_unpacked!.Bytes.Length;

    private static PageFailedException NoGzip(Exception? inner = null) =>
        new("the body is not the gzip that its header Content-Encoding says, or not all of it", inner: inner);

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task<RentedBody> UnpackAsync(RentedBody raw, int most, CancellationToken ct)
    {
        try
        {
            var expected = (int)Math.Min((long)raw.Bytes.Length * UsualRatio, most);
            return await RentedBody.GunzipAsync(raw.AsStream(), expected, ct, most);
        }
        catch (InvalidDataException e)
        {
            throw NoGzip(e);
        }
    }
}
