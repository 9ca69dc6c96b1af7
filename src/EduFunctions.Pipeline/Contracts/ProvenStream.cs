using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>
/// A file on its way. A host that stood still in the midst of it asks, before it hands out more, whether it still may: brought to its end, the file would
/// lie over what another host has brought meanwhile.
/// </summary>
internal sealed class ProvenStream(Stream file, Func<Task> prove, TimeProvider time) : Stream
{
    /// <summary>Less than it takes for the work to become another's.</summary>
    private static readonly TimeSpan Pause = Lease.Length / 2;

    private long _read = time.GetTimestamp();

    public override bool CanRead => true;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (time.GetElapsedTime(_read) > Pause)
        {
            await prove();
        }

        var read = await file.ReadAsync(buffer, cancellationToken);
        _read = time.GetTimestamp();
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
