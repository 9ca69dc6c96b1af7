using System.Security.Cryptography;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>Reads a stored page on and proves it at its end: a page that was changed meanwhile holds the run.</summary>
internal sealed class ProvenStream(Stream inner, string name, string sha256) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => Prove(buffer[..inner.Read(buffer)], buffer.IsEmpty);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Prove(buffer.Span[..read], buffer.IsEmpty);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Prove(ReadOnlySpan<byte> read, bool wantsNothing)
    {
        _hash.AppendData(read);
        return read.IsEmpty && !wantsNothing && Convert.ToHexStringLower(_hash.GetCurrentHash()) != sha256
            ? throw new RunHeldException($"The stored page {name} is not what the manifest says (SHA-256). Repeat the run: it pulls anew.")
            : read.Length;
    }
}
