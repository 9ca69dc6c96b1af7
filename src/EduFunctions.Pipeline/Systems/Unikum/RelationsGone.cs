using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>
/// Relations that were taken away, and since when, as long as it is remembered: what tonight's delivery takes is marked as brought here, what an earlier one
/// took as kept.
/// </summary>
internal static class RelationsGone
{
    public const string KnownFile = "relations.gone.txt";

    /// <summary>Goes through what was gone and what is there or taken tonight side by side.</summary>
    /// <returns>By type, where its first row stands; null where it has none.</returns>
    public static long?[] Write(FeedInput input, FeedFiles files)
    {
        var kept = files.Open(RelationDelta.KnownFile);
        var (tonight, before) = (new KnownLines(kept, RelationDelta.KeyColumns, isConfirmed: false), KnownLines.Of(input.Before, KnownFile, RelationDelta.KeyColumns));
        using var rows = new Rows(files, Written(input.RemembersSince));
        var today = Written(input.Date);
        for (; tonight.IsThere; tonight.Read())
        {
            for (; before.IsThere && before.Key.SequenceCompareTo(tonight.Key) < 0; before.Read())
            {
                rows.Write(before.Key, KnownLines.Kept, before.Row);
            }

            if (before.IsThere && before.Key.SequenceEqual(tonight.Key))
            {
                before.Read();
            }

            if (tonight.IsTaken)
            {
                rows.Write(tonight.Key, KnownLines.Brought, today);
            }
        }

        for (; before.IsThere; before.Read())
        {
            rows.Write(before.Key, KnownLines.Kept, before.Row);
        }

        kept.Position = kept.Length;
        return rows.Starts;
    }

    private static byte[] Written(DateOnly day) => Encoding.UTF8.GetBytes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>There is no file where nothing is gone.</summary>
    private sealed class Rows(FeedFiles files, byte[] first) : IDisposable
    {
        private CsvWriter? _rows;

        public long?[] Starts { get; } = new long?[RelationType.All.Count];

        public void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> mark, ReadOnlySpan<byte> since)
        {
            if (since.SequenceCompareTo(first) >= 0)
            {
                _rows ??= KnownLines.Create(files, KnownFile);
                Starts[key[0] - '0'] ??= _rows.Position;
                KnownLines.Write(_rows, key, mark);
                _rows.Joined(since);
                _rows.EndRow();
            }
        }

        public void Dispose() => _rows?.Dispose();
    }
}
