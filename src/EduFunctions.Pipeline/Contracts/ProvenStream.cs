using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>
/// A file on its way. A host that stood still in the midst of it asks, before it hands out more, whether it still may: brought to its end, the file would
/// lie over what another host has brought meanwhile.
/// </summary>
internal sealed class ProvenStream(Stream file, Func<Task> prove, TimeProvider time) : ReadThroughStream(file)
{
    /// <summary>Less than it takes for the work to become another's.</summary>
    public static readonly TimeSpan Pause = Lease.Length / 2;

    private long _read = time.GetTimestamp();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (time.GetElapsedTime(_read) > Pause)
        {
            await prove();
        }

        var read = await File.ReadAsync(buffer, cancellationToken);
        _read = time.GetTimestamp();
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
}
