using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Two tables sorted by id, side by side: every different id has a rank, in the order of the ids.</summary>
public sealed class Alignment
{
    private const int None = -1;

    private readonly int[] _before;
    private readonly int[] _now;

    private Alignment(int before, int now)
    {
        _before = new int[before + now];
        _now = new int[before + now];
        RankBefore = new int[before];
        RankNow = new int[now];
    }

    public delegate EntityId IdOf<T>(in T row);

    /// <summary>Number of different ids.</summary>
    public int Count { get; private set; }

    /// <summary>By row of the earlier table.</summary>
    public int[] RankBefore { get; }

    /// <summary>By row of the later table.</summary>
    public int[] RankNow { get; }

    public static Alignment Of<T>(Table<T> before, Table<T> now, IdOf<T> id)
        where T : unmanaged
    {
        var alignment = new Alignment(before.Count, now.Count);
        for (var (left, right) = (0, 0); left < before.Count || right < now.Count;)
        {
            var order = left == before.Count ? 1 : right == now.Count ? -1 : id(before[left]).CompareTo(id(now[right]));
            alignment.Add(order <= 0 ? left++ : None, order >= 0 ? right++ : None);
        }

        return alignment;
    }

    /// <summary>The row of a rank in the earlier table, -1 when only the later one has it.</summary>
    public int Before(int rank) => _before[rank];

    /// <summary>The row of a rank in the later table, -1 when only the earlier one has it.</summary>
    public int Now(int rank) => _now[rank];

    /// <summary>By row of the earlier table: the row in the later one, or -1.</summary>
    public int[] RowsNow()
    {
        var rows = GC.AllocateUninitializedArray<int>(RankBefore.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = _now[RankBefore[row]];
        }

        return rows;
    }

    private void Add(int before, int now)
    {
        (_before[Count], _now[Count]) = (before, now);
        if (before >= 0)
        {
            RankBefore[before] = Count;
        }

        if (now >= 0)
        {
            RankNow[now] = Count;
        }

        Count++;
    }
}
