using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

internal static class RowOrder
{
    /// <summary>The wanted rows in the order of their ids; <paramref name="positions"/> gets each row's place among them, else -1.</summary>
    public static int[] ById(ReadOnlySpan<EntityId> ids, int[] positions, Predicate<int> wanted)
    {
        var rows = new List<int>(ids.Length);
        for (var row = 0; row < ids.Length; row++)
        {
            positions[row] = -1;
            if (wanted(row))
            {
                rows.Add(row);
            }
        }

        var sorted = rows.ToArray();
        var keys = new EntityId[sorted.Length];
        for (var at = 0; at < sorted.Length; at++)
        {
            keys[at] = ids[sorted[at]];
        }

        Array.Sort(keys, sorted);
        for (var at = 0; at < sorted.Length; at++)
        {
            positions[sorted[at]] = at;
        }

        return sorted;
    }
}
