namespace EduFunctions.Pipeline.Checking;

/// <summary>A stream that is read from front to back, and nothing else.</summary>
internal abstract class ForwardStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public sealed override void Flush()
    {
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>What was read of a stream to look at it, and then the rest.</summary>
internal sealed class PrefixedStream(byte[] first, Stream rest) : ForwardStream
{
    private int _at;

    public override int Read(Span<byte> buffer)
    {
        if (_at == first.Length)
        {
            return rest.Read(buffer);
        }

        var length = Math.Min(buffer.Length, first.Length - _at);
        first.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }
}
