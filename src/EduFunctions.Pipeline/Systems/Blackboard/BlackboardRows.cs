using System.IO.Hashing;
using System.Text;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Reads a file's rows back, to compare two states of the feed.</summary>
internal static class BlackboardRows
{
    public static IEnumerable<FeedRow> Read(string file, Stream content)
    {
        var keys = LearnObject.OfFile(file).Keys.Count;
        var rows = new LearnFileReader(content);
        while (rows.Read())
        {
            yield return Row(file, keys, rows);
        }
    }

    private static FeedRow Row(string file, int keys, LearnFileReader rows)
    {
        var hash = new XxHash128();
        for (var column = 0; column < rows.Columns.Count; column++)
        {
            hash.Append(rows[column]);
            hash.Append("\n"u8);
        }

        var key = string.Join('|', Enumerable.Range(0, keys).Select(column => Encoding.UTF8.GetString(rows[column])));
        return new FeedRow(file, key, hash.GetCurrentHashAsUInt128());
    }
}
