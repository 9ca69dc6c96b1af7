namespace EduFunctions.Pipeline.Sources.Unilogin;

/// <summary>
/// Passes a document on as long as tags come often enough. Neither an attribute nor a text can hold the character that begins a tag, so one that would
/// fill the memory is refused before the XML reader has buffered it.
/// </summary>
internal sealed class TagLimit(Stream document, int mostBytes) : Stream
{
    private long _sinceTag;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = document.Read(buffer);
        var first = buffer[..read].IndexOf((byte)'<');
        _sinceTag += first < 0 ? read : first;
        if (_sinceTag > mostBytes)
        {
            throw new InvalidDataException($"there are more than {mostBytes} bytes without a tag");
        }

        _sinceTag = first < 0 ? _sinceTag : read - 1 - buffer[..read].LastIndexOf((byte)'<');
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
