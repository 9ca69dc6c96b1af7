using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>
/// New and changed objects. Gone ones are not named: Unikum has no operation for that, and nobody meets what has no relations; but a name that tells of somebody
/// protected is taken from them. Of an object that is not sent, what was sent last stays on record.
/// </summary>
internal static class ObjectDelta
{
    public const string KnownFile = "objects.held.txt";

    public const int KeyColumns = 2;

    /// <summary>Both go through their objects in one order, a row at a time.</summary>
    /// <returns>The number of rows.</returns>
    public static int Write(UnikumContent content, FeedInput input, FeedFiles files, Stream file)
    {
        using var rows = new UnikumFile(file, content.Settings);
        using var kept = KnownLines.Create(files, KnownFile);
        var (known, neutral) = (KnownLines.Of(input.Before, KnownFile, KeyColumns), new NeutralObjects(input));
        new UnikumObjects(content, (key, row) =>
        {
            PassTo(key);
            var isThere = known.MoveTo(key);
            row = isThere ? neutral.Over(known, row) : row;
            var isKnown = isThere && known.IsCertain && SaysNothingNew(row, known.Row);
            KnownLines.Write(kept, key, isKnown ? KnownLines.Kept : KnownLines.Brought);
            kept.Joined(isKnown ? known.Row : row);
            kept.EndRow();
            if (isThere)
            {
                known.Read();
            }

            if (!isKnown || input.IsTotal)
            {
                rows.Write(row);
            }
        }).Write();
        PassTo(After);
        return rows.Count;

        void PassTo(ReadOnlySpan<byte> key)
        {
            for (; known.IsThere && known.Key.SequenceCompareTo(key) < 0; known.Read())
            {
                // What was called otherwise by a delivery of which nobody knows is called so again.
                if (known.IsTaken || neutral.Applies(known))
                {
                    var row = known.IsTaken ? known.Row : neutral.RowOf(known);
                    KnownLines.Write(kept, known.Key, KnownLines.Taken);
                    kept.Joined(row);
                    kept.EndRow();
                    rows.Write(row);
                }
            }
        }
    }

    /// <summary>Comes after every key.</summary>
    private static ReadOnlySpan<byte> After => [byte.MaxValue];

    /// <summary>An empty column says nothing.</summary>
    private static bool SaysNothingNew(ReadOnlySpan<byte> row, ReadOnlySpan<byte> known)
    {
        var before = known.Split((byte)'\t');
        foreach (var column in row.Split((byte)'\t'))
        {
            if (!before.MoveNext() || (!row[column].IsEmpty && !row[column].SequenceEqual(known[before.Current])))
            {
                return false;
            }
        }

        return true;
    }
}
