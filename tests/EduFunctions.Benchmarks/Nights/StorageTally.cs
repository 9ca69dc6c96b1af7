namespace EduFunctions.Benchmarks.Nights;

/// <summary>What was counted so far.</summary>
internal sealed class StorageTally
{
    public long Reads;
    public long Writes;
    public long Lists;
    public long Others;
    public long Queue;
    public long Up;
    public long Down;
    public long Ticks;

    public StorageCount Count => new(Reads, Writes, Lists, Others, Queue, Up, Down, Math.Round(TimeSpan.FromTicks(Ticks).TotalSeconds, 3));
}
