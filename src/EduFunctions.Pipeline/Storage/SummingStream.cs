using System.IO.Hashing;

namespace EduFunctions.Pipeline.Storage;

/// <summary>Takes a checksum of what is written through it.</summary>
internal sealed class SummingStream(Stream inner) : Stream
{
    private readonly XxHash3 _sum = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The checksum since it was taken last.</summary>
    public ulong Take()
    {
        var sum = _sum.GetCurrentHashAsUInt64();
        _sum.Reset();
        return sum;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _sum.Append(buffer);
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
