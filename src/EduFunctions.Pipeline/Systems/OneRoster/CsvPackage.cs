using System.IO.Compression;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>The files where the sender has put them: a folder, or a zip that holds them, perhaps in a folder of its own.</summary>
internal sealed class CsvPackage : IDisposable
{
    /// <summary>A million enrolments are a quarter of it.</summary>
    private const long MostBytes = 1L << 30;

    private readonly string _path;
    private readonly ZipArchive? _zip;

    /// <exception cref="RunHeldException">There is nothing that can be read.</exception>
    public CsvPackage(string path)
    {
        _path = path;
        try
        {
            _zip = Directory.Exists(path) ? null : ZipFile.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotSupportedException)
        {
            throw new RunHeldException(
                $"There is neither a folder nor a zip that can be read at {path} (source.path). Check the path, and that the sender has put the files there.", e);
        }
    }

    /// <summary>Changes when the sender writes: what was read meanwhile may be half of the one and half of the other.</summary>
    public string State => _zip is null
        ? string.Join('|', new DirectoryInfo(_path).EnumerateFiles("*.csv").OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")))
        : "";

    /// <summary>The file; null when there is none.</summary>
    /// <exception cref="CsvFileException">It is larger than any that is one.</exception>
    public Stream? Open(string name)
    {
        var file = $"{name}.csv";
        if (_zip is not null)
        {
            var entry = _zip.Entries.FirstOrDefault(entry => entry.Name == file);
            return entry is null ? null : entry.Length <= MostBytes ? entry.Open() : throw TooLarge(name);
        }

        var path = Path.Combine(_path, file);
        return !File.Exists(path) ? null : new FileInfo(path).Length <= MostBytes ? File.OpenRead(path) : throw TooLarge(name);
    }

    public void Dispose() => _zip?.Dispose();

    private static CsvFileException TooLarge(string name) => new(new CsvError(name, 0, "", $"has more than {MostBytes >> 30} GB", IsFatal: true));
}
