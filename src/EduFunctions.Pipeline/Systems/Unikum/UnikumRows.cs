using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Reads the rows of a stored zip back, to compare two of them; a row is its own key.</summary>
internal static class UnikumRows
{
    public static IEnumerable<FeedRow> Read(Stream content)
    {
        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            using var rows = entry.Open();
            var lines = new LineReader(rows);
            while (lines.Read())
            {
                yield return new FeedRow(Path.GetExtension(entry.Name).TrimStart('.'), Encoding.Latin1.GetString(lines.Current), default);
            }
        }
    }
}
