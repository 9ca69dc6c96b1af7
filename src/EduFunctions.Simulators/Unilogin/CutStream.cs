namespace EduFunctions.Simulators.Unilogin;

/// <summary>Ends in the middle.</summary>
internal sealed class CutStream(Stream inner, long bytes) : Stream
{
    private long _left = bytes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, (int)Math.Min(count, _left));
        _left -= count;
        if (_left < 0)
        {
            throw new EndOfStreamException();
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
