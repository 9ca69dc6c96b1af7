using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Benchmarks.Pages;

/// <summary>Writes an invented municipality as the pages an API would have answered with.</summary>
internal static class PageMaker
{
    private const int RowsPerPage = 1000;

    // å, ä and ö as themselves, as the real API sends them.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static PageFolder Make(int persons, DirectoryInfo folder)
    {
        var world = new SchoolWorld(new WorldOptions { Persons = persons, Today = PageFolder.Today });
        var pages = new PageFolder(folder);
        var started = new DateTimeOffset(PageFolder.Today, default, default);
        pages.WriteManifest(new SnapshotManifest
        {
            Tenant = PageFolder.Tenant,
            Run = PageFolder.Run,
            Source = "educloud",
            Started = started,
            Finished = started,
            Extension = PageFolder.Extension,
            Sha256 = "",
            Collections = new(Collections.All.ToDictionary(name => name, name => Write(world, name, pages)), StringComparer.Ordinal),
        });
        return pages;
    }

    private static CollectionManifest Write(SchoolWorld world, string collection, PageFolder folder)
    {
        var rows = world.Count(collection);
        var pages = new PageManifest[Math.Max(1, (rows + RowsPerPage - 1) / RowsPerPage)];
        var path = folder.Collection(collection);
        Parallel.For(0, pages.Length, page => pages[page] = Write(world, collection, page, page == pages.Length - 1, path));
        return new CollectionManifest(rows, rows, 0, 0, pages);
    }

    private static PageManifest Write(SchoolWorld world, string collection, int page, bool isLast, string path)
    {
        var first = page * RowsPerPage;
        var end = Math.Min(world.Count(collection), first + RowsPerPage);
        var body = new ArrayBufferWriter<byte>(1 << 20);
        using (var json = new Utf8JsonWriter(body, Json))
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            for (var row = first; row < end; row++)
            {
                world.Write(collection, row, json);
            }

            json.WriteEndArray();
            json.WriteString("pageToken", isLast ? null : $"{collection}:{page + 1}");
            json.WriteEndObject();
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{page:000000}.{PageFolder.Extension}");
        using var file = File.Create(Path.Combine(path, name));
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.WrittenSpan);
        }

        file.Position = 0;
        return new PageManifest(page, end - first, body.WrittenCount, Hex(SHA256.HashData(body.WrittenSpan)), file.Length, Hex(SHA256.HashData(file)));
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
