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
    private const int Few = 48;

    /// <summary>Keeps the order of the rows of one owner.</summary>
    public static void GroupByOwner<T>(this Table<T> table, int owners)
        where T : unmanaged, IOwned
    {
        var places = new OwnerPlaces(owners);
        foreach (ref readonly var row in table.Rows)
        {
            places.Count(row.Owner);
        }

        var sorted = GC.AllocateUninitializedArray<T>(places.Sum());
        foreach (ref readonly var row in table.Rows)
        {
            sorted[places.Take(row.Owner)] = row;
        }

        table.Replace(sorted);
    }

    /// <summary>The rows of one owner in their own order.</summary>
    public static void SortByOwner<T>(this Table<T> table, int owners)
        where T : unmanaged, IOwned<T>
    {
        table.GroupByOwner(owners);
        table.SortWithinOwners();
    }

    /// <summary>The rows of one owner in their own order, where they stand together already.</summary>
    /// <param name="first">The row to begin at.</param>
    public static void SortWithinOwners<T>(this Table<T> table, int first = 0)
        where T : unmanaged, IOwned<T>
    {
        var rows = table.Rows;
        for (int start = first, end; start < rows.Length; start = end)
        {
            for (end = start + 1; end < rows.Length && rows[end].Owner == rows[start].Owner; end++)
            {
            }

            SortSiblings(rows[start..end]);
        }
    }

    /// <summary>Of equal rows that stand together one stays.</summary>
    /// <param name="first">The row to begin at.</param>
    public static void RemoveRepeats<T>(this Table<T> table, int first = 0)
        where T : unmanaged, IEquatable<T>
    {
        var rows = table.Rows;
        var kept = first;
        for (var row = first; row < rows.Length; row++)
        {
            if (kept == first || !rows[row].Equals(rows[kept - 1]))
            {
                rows[kept++] = rows[row];
            }
        }

        table.Truncate(kept);
    }

    /// <summary>An owner has few, and a call for every comparison would cost more than the comparisons.</summary>
    private static void SortSiblings<T>(Span<T> rows)
        where T : unmanaged, IOwned<T>
    {
        if (rows.Length > Few)
        {
            rows.Sort(static (left, right) => left.CompareToSibling(right));
            return;
        }

        for (var next = 1; next < rows.Length; next++)
        {
            var row = rows[next];
            var at = next;
            for (; at > 0 && rows[at - 1].CompareToSibling(row) > 0; at--)
            {
                rows[at] = rows[at - 1];
            }

            rows[at] = row;
        }
    }
}
