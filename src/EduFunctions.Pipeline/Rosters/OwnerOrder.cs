using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>A row that belongs to a row of another table.</summary>
public interface IOwned
{
    int Owner { get; }
}

/// <summary>A row with a place among those of its owner.</summary>
public interface IOwned<T> : IOwned
{
    int CompareToSibling(T other);
}

/// <summary>Sorts by owner through counting: rows come from a source in long runs of one owner, and an owner has few.</summary>
internal static class OwnerOrder
{
    /// <summary>Keeps the order of the rows of one owner.</summary>
    public static void GroupByOwner<T>(this Table<T> table, int owners)
        where T : unmanaged, IOwned =>
        Scatter(table, owners);

    /// <summary>The rows of one owner in their own order.</summary>
    public static void SortByOwner<T>(this Table<T> table, int owners)
        where T : unmanaged, IOwned<T>
    {
        var ends = Scatter(table, owners);
        for (int owner = 0, start = 0; owner < owners; start = ends[owner++])
        {
            if (ends[owner] - start > 1)
            {
                table.Rows[start..ends[owner]].Sort(static (left, right) => left.CompareToSibling(right));
            }
        }
    }

    /// <summary>Of equal rows that stand together one stays.</summary>
    public static void RemoveRepeats<T>(this Table<T> table)
        where T : unmanaged, IEquatable<T>
    {
        var rows = table.Rows;
        var kept = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            if (kept == 0 || !rows[row].Equals(rows[kept - 1]))
            {
                rows[kept++] = rows[row];
            }
        }

        table.Truncate(kept);
    }

    /// <summary>Returns where the rows of each owner end.</summary>
    private static int[] Scatter<T>(Table<T> table, int owners)
        where T : unmanaged, IOwned
    {
        var next = new int[owners + 1];
        foreach (ref readonly var row in table.Rows)
        {
            next[row.Owner + 1]++;
        }

        for (var owner = 0; owner < owners; owner++)
        {
            next[owner + 1] += next[owner];
        }

        var sorted = GC.AllocateUninitializedArray<T>(table.Count);
        foreach (ref readonly var row in table.Rows)
        {
            sorted[next[row.Owner]++] = row;
        }

        table.Replace(sorted);
        return next;
    }
}
