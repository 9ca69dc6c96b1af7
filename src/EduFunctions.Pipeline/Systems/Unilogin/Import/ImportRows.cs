using System.IO.Hashing;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Reads the groups and persons of a document back, by the lines they stand on.</summary>
internal static class ImportRows
{
    public static List<FeedRow> Read(ImportFile file, Stream content)
    {
        var rows = new List<FeedRow>();
        var lines = new LineReader(content);
        while (lines.Read())
        {
            var element = lines.Current.Trim((byte)' ');
            if (element.SequenceEqual("<Group>"u8) || element.SequenceEqual("<InstitutionPerson>"u8))
            {
                var kind = element.SequenceEqual("<Group>"u8) ? "group" : "person";
                rows.Add(ReadBlock(lines, $"{file.Institution} {file.Kind} {kind}", [.. "</"u8, .. element[1..]]));
            }
        }

        return rows;
    }

    private static FeedRow ReadBlock(LineReader lines, string kind, byte[] end)
    {
        var hash = new XxHash128();
        var key = "";
        while (lines.Read() && !lines.Current.Trim((byte)' ').SequenceEqual(end))
        {
            key = key.Length == 0 ? ValueOf(System.Text.Encoding.UTF8.GetString(lines.Current)) : key;
            hash.Append(lines.Current);
        }

        return new FeedRow(kind, key, hash.GetCurrentHashAsUInt128());
    }

    private static string ValueOf(string line)
    {
        var start = line.IndexOf('>', StringComparison.Ordinal) + 1;
        return line[start..line.LastIndexOf("</", StringComparison.Ordinal)];
    }
}
