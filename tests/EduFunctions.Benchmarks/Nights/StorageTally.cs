using System.Collections.Concurrent;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>What was counted so far.</summary>
internal sealed class StorageTally
{
    // Whatever carried less tells nothing of where time goes.
    private const long Telling = 100_000;

    public long Reads;
    public long Writes;
    public long Lists;
    public long Others;
    public long Queue;
    public long Up;
    public long Down;
    public long Ticks;

    public ConcurrentDictionary<string, BlobTraffic> Blobs { get; } = new(StringComparer.Ordinal);

    public StorageCount Count => new(Reads, Writes, Lists, Others, Queue, Up, Down, Math.Round(TimeSpan.FromTicks(Ticks).TotalSeconds, 3))
    {
        Blobs = Blobs.Where(blob => blob.Value.BytesUp + blob.Value.BytesDown >= Telling).ToDictionary(),
    };
}
