using System.IO.Compression;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>The zip of a set of files, with the manifest that says which there are. Files without rows are not permitted, so they are absent.</summary>
internal static class OneRosterZip
{
    public const string Absent = "absent";

    public static void Write(Stream stream, string mode, IReadOnlyList<FormFile> files)
    {
        var written = files.Where(file => file.Rows.Any()).ToList();
        using var zip = new FixedZip(stream);
        using (var manifest = zip.Create($"{CsvManifest.Name}.csv"))
        {
            Rfc4180.Write(manifest, Manifest(mode, [.. written.Select(file => file.File.Name)]));
        }

        foreach (var (file, rows) in written)
        {
            using var entry = zip.Create(file.FileName);
            Rfc4180.Write(entry, rows.Prepend([.. file.Columns.Select(column => column.Name)]));
        }
    }

    /// <summary>The files of a zip but for its manifest.</summary>
    public static IEnumerable<ZipArchiveEntry> DataIn(ZipArchive zip) => zip.Entries.Where(entry => entry.FullName != $"{CsvManifest.Name}.csv");

    private static IEnumerable<string[]> Manifest(string mode, IReadOnlyCollection<string> written) =>
    [
        ["propertyName", "value"],
        ["manifest.version", "1.0"],
        [CsvManifest.VersionProperty, CsvForm.Version],
        .. CsvForm.AllNames.Select(name => new[] { CsvManifest.PropertyOf(name), written.Contains(name) ? mode : Absent }),
        ["source.systemName", "EduFunctions"],
    ];
}
