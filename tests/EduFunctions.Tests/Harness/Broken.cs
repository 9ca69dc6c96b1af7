using System.IO.Compression;
using System.Text;

namespace EduFunctions.Tests.Harness;

/// <summary>Files as they should not be.</summary>
internal static class Broken
{
    /// <summary>A zip of which every file was edited.</summary>
    public static byte[] Zip(byte[] zip, Func<string, string> edit)
    {
        using var read = new ZipArchive(new MemoryStream(zip));
        using var written = new MemoryStream();
        using (var archive = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in read.Entries)
            {
                using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
                using var writer = new StreamWriter(archive.CreateEntry(entry.FullName).Open(), new UTF8Encoding(false));
                writer.Write(edit(reader.ReadToEnd()));
            }
        }

        return written.ToArray();
    }
}
