using System.Collections.Concurrent;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>Looks through people for protected persons on all processors at once, with a scan for each: few are found.</summary>
internal static class PersonScan
{
    public delegate bool Question(int row, RowScan scan, PersonLine line);

    /// <summary>Rows in their order.</summary>
    /// <param name="isFound">Asked of each row, with a line to write the person to.</param>
    public static IReadOnlyList<int> Where(int persons, ProtectedValues values, Question isFound)
    {
        if (values.IsEmpty)
        {
            return [];
        }

        var found = new ConcurrentBag<int>();
        RowRanges.ForEach(persons, (start, end) =>
        {
            var (scan, line) = (new RowScan(values), new PersonLine());
            for (var row = start; row < end; row++)
            {
                if (isFound(row, scan, line))
                {
                    found.Add(row);
                }
            }
        });
        return [.. found.Order()];
    }
}
