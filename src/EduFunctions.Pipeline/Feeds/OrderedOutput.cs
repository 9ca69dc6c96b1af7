namespace EduFunctions.Pipeline.Feeds;

/// <summary>Pieces of work, numbered, on all processors; what they make leaves in the order of the numbers.</summary>
internal sealed class OrderedOutput
{
    private readonly object _door = new();
    private int _next = -1;
    private int _turn;

    /// <summary>The number of the next piece of work, which must then also have its turn.</summary>
    public int Take() => Interlocked.Increment(ref _next);

    /// <summary>Waits until all with lower numbers had their turn.</summary>
    public void Pass(int number, Action leave)
    {
        lock (_door)
        {
            while (_turn != number)
            {
                Monitor.Wait(_door);
            }

            try
            {
                leave();
            }
            finally
            {
                _turn++;
                Monitor.PulseAll(_door);
            }
        }
    }
}
