using System.Buffers;
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
            // Rented: lists are sorted one after the other, some by the hundred.
            var room = ArrayPool<ulong>.Shared.Rent(2 * ids.Length);
            var keys = room.AsSpan(0, ids.Length);
            Fill(keys, ids);
            Sort(keys, room.AsSpan(ids.Length, ids.Length));
            for (var at = 0; at < keys.Length; at++)
            {
                places[at] = (int)(uint)keys[at];
            }

            CompareEqual(ids, keys, places);
            ArrayPool<ulong>.Shared.Return(room);
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
    private static void Fill(Span<ulong> keys, ReadOnlySpan<EntityId> ids)
    {
        var differing = 0UL;
        foreach (ref readonly var id in ids)
        {
            differing |= id.High ^ ids[0].High;
        }

        var shared = BitOperations.LeadingZeroCount(differing);
        for (var at = 0; at < keys.Length; at++)
        {
            keys[at] = ((ids[at].High << shared) >> KeyBits << KeyBits) | (uint)at;
        }
    }

    private static void Sort(Span<ulong> keys, Span<ulong> spare)
    {
        if (keys.Length < FewestForRadix)
        {
            keys.Sort();
            return;
        }

        // An even number of digits: in the end the keys are where they were.
        for (var shift = KeyBits; shift < 2 * KeyBits; shift += 2 * DigitBits)
        {
            SortByDigit(keys, spare, shift);
            SortByDigit(spare, keys, shift + DigitBits);
        }
    }

    private static void SortByDigit(ReadOnlySpan<ulong> keys, Span<ulong> sorted, int shift)
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

    private static void CompareEqual(ReadOnlySpan<EntityId> ids, ReadOnlySpan<ulong> keys, Span<int> places)
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
