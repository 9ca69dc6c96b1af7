using System.Numerics;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// The order of many ids, by radix over the 32 bits behind those that all ids share; only ids with the same 32 bits are compared. Those of sources
/// and derived ids are spread evenly; others are sorted all the same, only slower. Where texts and uuids mix, leading bits say nothing about
/// the order, and all are compared.
/// </summary>
internal static class IdSort
{
    private const int KeyBits = 32;
    private const int DigitBits = 8;
    private const int FewestForRadix = 1024;

    /// <summary>The places of the ids in the order of the ids.</summary>
    public static int[] Order(ReadOnlySpan<EntityId> ids)
    {
        var places = new int[ids.Length];
        for (var at = 0; at < places.Length; at++)
        {
            places[at] = at;
        }

        if (IsMixed(ids))
        {
            Compare(ids, places);
        }
        else
        {
            var keys = Sorted(Keys(ids));
            for (var at = 0; at < keys.Length; at++)
            {
                places[at] = (int)(uint)keys[at];
            }

            CompareEqual(ids, keys, places);
        }

        return places;
    }

    private static bool IsMixed(ReadOnlySpan<EntityId> ids)
    {
        foreach (ref readonly var id in ids)
        {
            if (id.IsText != ids[0].IsText)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of each id the first bits that tell ids apart, and below them its place.</summary>
    private static ulong[] Keys(ReadOnlySpan<EntityId> ids)
    {
        var differing = 0UL;
        foreach (ref readonly var id in ids)
        {
            differing |= id.High ^ ids[0].High;
        }

        var shared = BitOperations.LeadingZeroCount(differing);
        var keys = GC.AllocateUninitializedArray<ulong>(ids.Length);
        for (var at = 0; at < keys.Length; at++)
        {
            keys[at] = ((ids[at].High << shared) >> KeyBits << KeyBits) | (uint)at;
        }

        return keys;
    }

    private static ulong[] Sorted(ulong[] keys)
    {
        if (keys.Length < FewestForRadix)
        {
            Array.Sort(keys);
            return keys;
        }

        var spare = GC.AllocateUninitializedArray<ulong>(keys.Length);
        for (var shift = KeyBits; shift < 2 * KeyBits; shift += DigitBits)
        {
            SortByDigit(keys, spare, shift);
            (keys, spare) = (spare, keys);
        }

        return keys;
    }

    private static void SortByDigit(ulong[] keys, ulong[] sorted, int shift)
    {
        Span<int> next = stackalloc int[1 << DigitBits];
        next.Clear();
        foreach (var key in keys)
        {
            next[(byte)(key >> shift)]++;
        }

        var start = 0;
        foreach (ref var digit in next)
        {
            (digit, start) = (start, start + digit);
        }

        foreach (var key in keys)
        {
            sorted[next[(byte)(key >> shift)]++] = key;
        }
    }

    private static void CompareEqual(ReadOnlySpan<EntityId> ids, ulong[] keys, Span<int> places)
    {
        for (int start = 0, end = 1; start < keys.Length; start = end++)
        {
            while (end < keys.Length && keys[start] >> KeyBits == keys[end] >> KeyBits)
            {
                end++;
            }

            if (end - start > 1)
            {
                Compare(ids, places[start..end]);
            }
        }
    }

    private static void Compare(ReadOnlySpan<EntityId> ids, Span<int> places)
    {
        var keys = new EntityId[places.Length];
        for (var at = 0; at < keys.Length; at++)
        {
            keys[at] = ids[places[at]];
        }

        keys.AsSpan().Sort(places);
    }
}
