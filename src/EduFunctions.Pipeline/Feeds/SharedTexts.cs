using System.Collections;
using System.Numerics;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Finds the rows whose texts are the same to a target that knows no case. Nearly all texts are there once, so they are compared by a bit first.</summary>
internal static class SharedTexts
{
    private const int BitsPerText = 8;

    /// <summary>The text of a row; empty for one that has none.</summary>
    public delegate ReadOnlySpan<byte> Reader(int row);

    /// <summary>Rows with the same text, group by group, each in the order of the rows.</summary>
    /// <param name="reader">Makes a reader for one thread.</param>
    public static IEnumerable<IReadOnlyList<int>> Find(int rows, Func<Reader> reader)
    {
        var hashes = Hashes(rows, reader);
        var repeated = Repeated(hashes);
        return repeated.Length == 0
            ? []
            : Enumerable.Range(0, rows)
                .Where(row => Array.BinarySearch(repeated, hashes[row]) >= 0)
                .GroupBy(row => Text(reader(), row), StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Count() > 1)
                .Select(same => same.ToList());
    }

    private static string Text(Reader reader, int row) => Encoding.UTF8.GetString(reader(row));

    /// <summary>By row; 0 for one without text.</summary>
    private static ulong[] Hashes(int rows, Func<Reader> reader)
    {
        var hashes = new ulong[rows];
        RowRanges.ForEach(rows, (first, end) =>
        {
            var read = reader();
            for (var row = first; row < end; row++)
            {
                var text = read(row);
                hashes[row] = text.IsEmpty ? 0 : (ulong)CaseFold.Hash(text) | 1;
            }
        });
        return hashes;
    }

    /// <summary>The hashes of several rows, sorted. Only those that share a bit with another are compared.</summary>
    private static ulong[] Repeated(ulong[] hashes)
    {
        var mask = BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, hashes.Length) * BitsPerText) - 1;
        var (seen, seenAgain) = (new BitArray((int)mask + 1), new BitArray((int)mask + 1));
        foreach (var hash in hashes)
        {
            var bit = (int)((hash >> 1) & mask);
            (seen[bit] ? seenAgain : seen)[bit] = true;
        }

        var candidates = new Table<ulong>();
        foreach (var hash in hashes)
        {
            if (hash != 0 && seenAgain[(int)((hash >> 1) & mask)])
            {
                candidates.Add(hash);
            }
        }

        candidates.Rows.Sort();
        var repeated = new Table<ulong>();
        for (var at = 1; at < candidates.Count; at++)
        {
            if (candidates[at] == candidates[at - 1])
            {
                repeated.Add(candidates[at]);
            }
        }

        return repeated.Rows.ToArray();
    }
}
