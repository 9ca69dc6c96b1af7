using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>
/// New and changed objects. Gone ones are not named: Unikum has no operation for that, and nobody meets what has no relations. Of an object that is
/// not sent, what was sent last stays on record.
/// </summary>
internal static class ObjectDelta
{
    public const string KnownFile = "objects.held.txt";

    private const int KeyColumns = 2;

    /// <summary>Both go through their objects in one order, a row at a time.</summary>
    /// <returns>The number of rows.</returns>
    public static int Write(UnikumContent content, FeedInput input, FeedFiles files, Stream file)
    {
        using var rows = new UnikumFile(file, content.Settings);
        using var kept = KnownLines.Create(files, KnownFile);
        var known = KnownLines.Of(input.Before, KnownFile, KeyColumns);
        new UnikumObjects(content, (key, row) =>
        {
            var isKnown = known.MoveTo(key) && known.IsCertain && SaysNothingNew(row, known.Row);
            KnownLines.Write(kept, key, isKnown ? KnownLines.Kept : KnownLines.Brought);
            kept.Joined(isKnown ? known.Row : row);
            kept.EndRow();
            if (!isKnown || input.IsTotal)
            {
                rows.Write(row);
            }
        }).Write();
        return rows.Count;
    }

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
