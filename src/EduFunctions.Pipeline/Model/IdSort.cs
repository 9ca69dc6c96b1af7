using System.Numerics;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Sorts ids with what belongs to them: first into buckets by their leading bits, in place, then each bucket, which fits the processor's
/// cache. Ids of sources and derived ids are spread evenly; others are sorted all the same, only slower. Where texts and uuids mix, leading bits
/// say nothing about the order, and there are no buckets.
/// </summary>
internal static class IdSort
{
    private const int BucketSize = 1024;
    private const int MostBits = 12;

    public static void Sort<T>(EntityId[] ids, T[] items)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)(ids.Length / BucketSize) | 1), 0, MostBits);
        if (bits == 0 || IsMixed(ids))
        {
            Array.Sort(ids, items);
            return;
        }

        var shift = 64 - bits;
        var ends = Distribute(ids, items, shift, 1 << bits);
        Parallel.For(0, ends.Length, bucket =>
        {
            var start = bucket == 0 ? 0 : ends[bucket - 1];
            Array.Sort(ids, items, start, ends[bucket] - start);
        });
    }

    private static bool IsMixed(EntityId[] ids)
    {
        var isText = ids[0].IsText;
        foreach (ref readonly var id in ids.AsSpan())
        {
            if (id.IsText != isText)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Swaps every id into its bucket; returns where each bucket ends.</summary>
    private static int[] Distribute<T>(EntityId[] ids, T[] items, int shift, int buckets)
    {
        var ends = new int[buckets];
        foreach (ref readonly var id in ids.AsSpan())
        {
            ends[id.High >> shift]++;
        }

        var next = new int[buckets];
        for (var bucket = 1; bucket < buckets; bucket++)
        {
            next[bucket] = ends[bucket - 1];
            ends[bucket] += ends[bucket - 1];
        }

        for (var bucket = 0; bucket < buckets; bucket++)
        {
            while (next[bucket] < ends[bucket])
            {
                var at = next[bucket];
                var to = next[(int)(ids[at].High >> shift)]++;
                if (to != at)
                {
                    (ids[at], ids[to]) = (ids[to], ids[at]);
                    (items[at], items[to]) = (items[to], items[at]);
                }
            }
        }

        return ends;
    }
}
