using System.IO.Compression;
using System.IO.Hashing;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>A file of a zip, read once from its beginning to its end: there its length and its CRC-32 have to be what the zip says, which the platform compares with nothing.</summary>
internal sealed class ProvenEntry(ZipArchiveEntry entry, string name) : ReadThroughStream(entry.Open())
{
    private readonly Crc32 _hash = new();
    private long _read;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = File.Read(buffer);
        Prove(buffer[..count], isEnd: count == 0 && buffer.Length > 0);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await File.ReadAsync(buffer, cancellationToken);
        Prove(buffer.Span[..count], isEnd: count == 0 && buffer.Length > 0);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            File.Dispose();
        }

        base.Dispose(disposing);
    }

    [Told]
    private void Prove(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        _hash.Append(bytes);
        _read += bytes.Length;
        if (_read > entry.Length || (isEnd && (_read < entry.Length || _hash.GetCurrentHashAsUInt32() != entry.Crc32)))
        {
            throw new CsvFileException(new CsvError(name, 0, "", "is damaged: it is not what the zip says by length and checksum (CRC-32)", IsFatal: true));
        }
    }
}
