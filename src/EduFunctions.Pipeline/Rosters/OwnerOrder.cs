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
        where T : unmanaged, IOwned
    {
        var next = table.Starts(owners);
        var sorted = GC.AllocateUninitializedArray<T>(table.Count);
        foreach (ref readonly var row in table.Rows)
        {
            sorted[next[row.Owner]++] = row;
        }

        table.Replace(sorted);
    }

    /// <summary>The rows of one owner in their own order.</summary>
    public static void SortByOwner<T>(this Table<T> table, int owners)
        where T : unmanaged, IOwned<T>
    {
        var starts = table.Starts(owners);
        var rows = table.Rows;
        Distribute(rows, starts);
        for (var owner = 0; owner < owners; owner++)
        {
            if (starts[owner + 1] - starts[owner] > 1)
            {
                rows[starts[owner]..starts[owner + 1]].Sort(static (left, right) => left.CompareToSibling(right));
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

    /// <summary>Where the rows of each owner begin once they are sorted; one more says where the last ones end.</summary>
    public static int[] Starts<T>(this Table<T> table, int owners)
        where T : unmanaged, IOwned
    {
        var starts = new int[owners + 1];
        foreach (ref readonly var row in table.Rows)
        {
            starts[row.Owner + 1]++;
        }

        for (var owner = 0; owner < owners; owner++)
        {
            starts[owner + 1] += starts[owner];
        }

        return starts;
    }

    /// <summary>Swaps every row to where its owner's rows belong: a second table of millions would cost more than the swaps.</summary>
    private static void Distribute<T>(Span<T> rows, int[] starts)
        where T : unmanaged, IOwned
    {
        var next = (int[])starts.Clone();
        for (var owner = 0; owner < starts.Length - 1; owner++)
        {
            while (next[owner] < starts[owner + 1])
            {
                var at = next[owner];
                var to = next[rows[at].Owner]++;
                if (to != at)
                {
                    (rows[at], rows[to]) = (rows[to], rows[at]);
                }
            }
        }
    }
}
