using System.Diagnostics;

namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>An answer that ends: when nothing comes for too long, and when it comes for too long.</summary>
internal sealed class LimitedStream(Stream inner, string authority, CallLimits limits) : Stream
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private CancellationTokenSource _ends = new();
    private CancellationToken _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given != cancellationToken)
        {
            _ends.Dispose();
            _ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _given = cancellationToken;
        }

        var reading = inner.ReadAsync(buffer, _ends.Token);
        return reading.IsCompletedSuccessfully ? reading.Result : await WaitAsync(reading.AsTask());
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

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
            _ends.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> WaitAsync(Task<int> reading)
    {
        var left = limits.Whole - Stopwatch.GetElapsedTime(_began);
        var patience = left < limits.Idle ? left : limits.Idle;
        try
        {
            return await WorkSlot.WaitAsync(() => reading.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero));
        }
        catch (TimeoutException e)
        {
            // Ends the read that nobody awaits any more, and the connection with it.
            await _ends.CancelAsync();
            throw new IOException(
                left < limits.Idle
                    ? $"{authority} did not come to the end of its answer within {limits.Whole.TotalSeconds:0} seconds"
                    : $"{authority} sent nothing for {limits.Idle.TotalSeconds:0} seconds in the midst of its answer",
                e);
        }
    }
}
