namespace EduFunctions.Pipeline.Model;

/// <summary>Work on many rows, ranges of them on all processors at once.</summary>
internal static class RowRanges
{
    private const int RangeSize = 1 << 14;

    /// <param name="work">Gets the first row of a range and its end.</param>
    public static void ForEach(int rows, Action<int, int> work) => Parallel.For(
        0, (rows + RangeSize - 1) / RangeSize, range => work(range * RangeSize, Math.Min(rows, (range + 1) * RangeSize)));
}
