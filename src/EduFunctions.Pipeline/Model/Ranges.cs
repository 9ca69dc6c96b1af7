namespace EduFunctions.Pipeline.Model;

/// <summary>Work on rows, range by range, on all processors.</summary>
internal static class Ranges
{
    private const int Size = 1 << 14;

    /// <param name="work">Gets the first row and the one behind the last.</param>
    public static void Each(int rows, Action<int, int> work) =>
        Parallel.For(0, (rows + Size - 1) / Size, range => work(range * Size, Math.Min(rows, (range + 1) * Size)));
}
