using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Reads a zip's rows back, to compare two states of the feed.</summary>
internal static class AppleRows
{
    public static IEnumerable<FeedRow> Read(Stream zip)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            var csv = new CsvReader(stream, (byte)',');
            csv.Read();
            while (csv.Read())
            {
                yield return Row(entry.FullName, csv);
            }
        }
    }

    private static FeedRow Row(string file, CsvReader csv)
    {
        var hash = new XxHash128();
        for (var value = 0; value < csv.Count; value++)
        {
            // Trailing empty columns come and go with the widest row; they are no change of this one.
            if (!csv[value].IsEmpty)
            {
                hash.Append([(byte)value, (byte)(value >> 8)]);
                hash.Append(csv[value]);
            }
        }

        return new FeedRow(file, Encoding.UTF8.GetString(csv[0]), hash.GetCurrentHashAsUInt128());
    }
}
