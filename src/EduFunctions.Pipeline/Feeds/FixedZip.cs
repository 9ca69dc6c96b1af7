using System.IO.Compression;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>A zip whose bytes depend on names and contents alone.</summary>
internal sealed class FixedZip(Stream stream) : IDisposable
{
    // Any fixed moment does; this is the first a zip can hold.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Begins a file; the one before must be closed.</summary>
    public Stream Create(string name)
    {
        // Ids hardly compress: the fastest level takes off a seventh for eight times the work (docs/performance.md).
        var entry = _zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = EntryTime;
        return entry.Open();
    }

    public void Dispose() => _zip.Dispose();
}
