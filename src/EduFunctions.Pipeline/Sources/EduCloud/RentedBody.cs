using System.Buffers;
using System.IO.Compression;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>A decompressed body in a rented buffer: a thousand pages take no more memory than a few.</summary>
internal sealed class RentedBody : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private RentedBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public static RentedBody Gunzip(byte[] raw)
    {
        const int UsualRatio = 10;
        var body = new RentedBody(Math.Max(1 << 12, raw.Length * UsualRatio));
        try
        {
            using var gunzip = new GZipStream(new MemoryStream(raw), CompressionMode.Decompress);
            while (gunzip.Read(body.Room()) is > 0 and var read)
            {
                body._length += read;
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private Span<byte> Room()
    {
        if (_length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
