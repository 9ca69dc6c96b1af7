using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Reads a zip's rows back, to compare two states of the feed.</summary>
internal static class AppleRows
{
    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    public static IEnumerable<FeedRow> Read(Stream zip)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
        {
            using var csv = new CsvParser(new StreamReader(entry.Open(), Encoding.UTF8), Csv);
            csv.Read();
            while (csv.Read())
            {
                yield return Row(entry.FullName, csv);
            }
        }
    }

    private static FeedRow Row(string file, CsvParser csv)
    {
        var hash = new XxHash128();
        for (var value = 0; value < csv.Count; value++)
        {
            // Trailing empty columns come and go with the widest row; they are no change of this one.
            if (csv[value].Length > 0)
            {
                hash.Append([(byte)value, (byte)(value >> 8)]);
                hash.Append(MemoryMarshal.AsBytes(csv[value].AsSpan()));
            }
        }

        return new FeedRow(file, csv[0], hash.GetCurrentHashAsUInt128());
    }
}
