namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>A file that is read through another stream, which takes notice; it stays open, unless who takes notice opened it.</summary>
internal abstract class ReadThroughStream(Stream file) : Stream
{
    protected Stream File { get; } = file;

    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => File.CanSeek;

    public sealed override bool CanWrite => false;

    public sealed override long Length => File.Length;

    public sealed override long Position
    {
        get => File.Position;
        set => File.Position = value;
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override long Seek(long offset, SeekOrigin origin) => File.Seek(offset, origin);

    public sealed override void Flush()
    {
    }

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
