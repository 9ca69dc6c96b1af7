using System.Buffers;
using System.IO.Compression;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>A page's bytes in a rented buffer: a thousand pages take no more memory than a few.</summary>
internal sealed class RentedBody : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private RentedBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public Stream AsStream() => new MemoryStream(_buffer, 0, _length, writable: false);

    /// <inheritdoc cref="ReadAsync"/>
    public static async ValueTask<RentedBody> GunzipAsync(Stream gzipped, int expected, CancellationToken ct, int most = int.MaxValue)
    {
        await using var gunzip = new GZipStream(gzipped, CompressionMode.Decompress);
        return await ReadAsync(gunzip, expected, ct, most);
    }

    /// <param name="expected">Length to expect; the buffer grows when it is more.</param>
    /// <param name="most">Length beyond which nothing more is read.</param>
    /// <exception cref="BodyTooLargeException">It is longer than the most.</exception>
    public static async ValueTask<RentedBody> ReadAsync(Stream stream, int expected, CancellationToken ct, int most = int.MaxValue)
    {
        // One byte more than expected: the end is seen without growing.
        var body = new RentedBody(expected + 1);
        try
        {
            while (await stream.ReadAsync(body.Room(), ct) is > 0 and var read)
            {
                body._length += read;
                if (body._length > most)
                {
                    throw new BodyTooLargeException(most);
                }
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

    private Memory<byte> Room()
    {
        if (_length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_length);
    }
}

/// <summary>An answer is longer, packed or unpacked, than anything that could be meant.</summary>
internal sealed class BodyTooLargeException(int most) : Exception
{
    public int Most { get; } = most;
}
