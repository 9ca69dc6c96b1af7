using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace EduFunctions.Tests.Harness;

/// <summary>The files of a zip, as text and as rows.</summary>
public sealed class AppleZip
{
    // Throws on bytes that are no UTF-8; a byte order mark stays in the text.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public AppleZip(byte[] bytes)
    {
        Bytes = bytes;
        using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
        Entries = [.. archive.Entries.Select(entry => (entry.FullName, entry.LastWriteTime.DateTime))];
        Files = archive.Entries.ToDictionary(entry => entry.FullName, Text);
    }

    public byte[] Bytes { get; }

    /// <summary>Names and time stamps in the zip's own order.</summary>
    public IReadOnlyList<(string Name, DateTime Time)> Entries { get; }

    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>The rows of a file by column name, read by an ordinary CSV reader.</summary>
    public IReadOnlyList<IDictionary<string, string>> Rows(string file)
    {
        var format = new CsvConfiguration(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180, DetectColumnCountChanges = true };
        using var csv = new CsvReader(new StringReader(Files[file]), format);
        return
        [
            .. csv.GetRecords<dynamic>()
                .Cast<IDictionary<string, object>>()
                .Select(row => row.ToDictionary(cell => cell.Key, cell => (string)cell.Value)),
        ];
    }

    /// <summary>All values of one column.</summary>
    public IReadOnlyList<string> Column(string file, string column) => [.. Rows(file).Select(row => row[column])];

    private static string Text(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Strict.GetString(bytes.ToArray());
    }
}
