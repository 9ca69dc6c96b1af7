using System.Buffers;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Takes away the relations of people who must go whatever else is held, by what Unikum may have; from the last type to the first.</summary>
internal static class RelationLeaving
{
    /// <returns>The number of rows.</returns>
    public static int Write(FeedInput input, UnikumSettings settings, Leavers leavers, FeedFiles files, Stream file)
    {
        using var rows = new UnikumFile(file, settings);
        var row = new ArrayBufferWriter<byte>();
        foreach (var (type, subject, target) in Leaving(input, leavers).OrderByDescending(relation => relation.Type))
        {
            row.ResetWrittenCount();
            files.Forget(target, input.IsTelling);
            settings.Layout.Write(row, subject, target, RelationType.All[type], RelationLayout.Remove);
            rows.Write(row.WrittenSpan);
        }

        return rows.Count;
    }

    private static List<(int Type, byte[] Subject, byte[] Target)> Leaving(FeedInput input, Leavers leavers)
    {
        var leaving = new List<(int, byte[], byte[])>();
        for (var lines = KnownLines.Of(input.Before, RelationDelta.KnownFile, RelationDelta.KeyColumns); lines.IsThere; lines.Read())
        {
            var ids = lines.Key[2..];
            var end = ids.IndexOf((byte)'\t');
            if (leavers.Has(ids[..end]) || leavers.Has(ids[(end + 1)..]))
            {
                leaving.Add((lines.Key[0] - '0', ids[..end].ToArray(), ids[(end + 1)..].ToArray()));
            }
        }

        return leaving;
    }
}
