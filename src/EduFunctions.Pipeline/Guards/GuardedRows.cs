using System.Collections;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Persons, or sections, before the guard: what becomes of each, and what is settled already.</summary>
/// <param name="fates">By rank; the verdict's.</param>
internal sealed class GuardedRows(RankedRows rows, Fate[] fates, Func<int, EntityId> id)
{
    public RankedRow this[int rank] => rows[rank];

    /// <summary>Ranks of the rows that are not as they were.</summary>
    public int[] Moving => rows.Moving.Rows.ToArray();

    public Fate[] Fates => fates;

    /// <summary>By rank: who has become protected.</summary>
    public BitArray MustGo { get; } = new(fates.Length);

    /// <summary>By rank: what goes and seems to come again under another id, over the limit.</summary>
    public BitArray IsPaired { get; } = new(fates.Length);

    /// <summary>By rank: what stays since it was not understood.</summary>
    public BitArray IsUnread { get; } = new(fates.Length);

    /// <summary>Ranks of those that would go, or change, and were not understood.</summary>
    public IEnumerable<int> Unread => Moving.Where(rank => IsUnread[rank]);

    /// <summary>By rank: what no limit counts any more.</summary>
    public BitArray IsSettled { get; } = new(fates.Length);

    public EntityId Id(int rank) => id(rank);
}
