using System.IO.Compression;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>The files where the sender has put them: a folder, or a zip that holds them, perhaps in a folder of its own; here or on a server.</summary>
internal sealed class CsvPackage : IDisposable
{
    /// <summary>A million enrolments are a quarter of it.</summary>
    private const long MostBytes = 1L << 30;

    private readonly string _path;
    private readonly FetchedFiles? _fetched;
    private readonly ZipArchive? _zip;

    private CsvPackage(string path, FetchedFiles? fetched, ZipArchive? zip) => (_path, _fetched, _zip) = (path, fetched, zip);

    /// <summary>Changes when the sender writes: what was read meanwhile may be half of the one and half of the other.</summary>
    public string State => _zip is null && _fetched is null
        ? string.Join('|', new DirectoryInfo(_path).EnumerateFiles("*.csv").OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")))
        : "";

    /// <exception cref="RunHeldException">There is nothing that can be read.</exception>
    public static async Task<CsvPackage> OpenAsync(OneRosterSettings settings, CallLimits limits, CancellationToken ct) =>
        settings.Sftp is { } server ? await FetchAsync(server, settings.Path, limits, ct) : Local(settings.Path);

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

        if (_fetched is not null)
        {
            return _fetched.ByName.GetValueOrDefault(file);
        }

        var path = Path.Combine(_path, file);
        return !File.Exists(path) ? null : new FileInfo(path).Length <= MostBytes ? File.OpenRead(path) : throw TooLarge(name);
    }

    public void Dispose()
    {
        _zip?.Dispose();
        _fetched?.Dispose();
    }

    private static CsvPackage Local(string path)
    {
        try
        {
            return new CsvPackage(path, fetched: null, Directory.Exists(path) ? null : ZipFile.OpenRead(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotSupportedException)
        {
            throw new RunHeldException(
                $"There is neither a folder nor a zip that can be read at {path} (source.path). Check the path, and that the sender has put the files there.", e);
        }
    }

    private static async Task<CsvPackage> FetchAsync(SftpServerSettings server, string path, CallLimits limits, CancellationToken ct)
    {
        FetchedFiles? fetched = null;
        try
        {
            string[] wanted = [.. CsvForm.Files.Append(CsvForm.Demographics).Select(file => file.Name).Append(CsvManifest.Name).Select(name => $"{name}.csv")];
            fetched = await new SftpFetch(server, limits).RunAsync(path, wanted, MostBytes, ct);
            return new CsvPackage(path, fetched, fetched.IsFolder ? null : new ZipArchive(fetched.ByName.Values.Single()));
        }
        catch (InvalidDataException e)
        {
            fetched?.Dispose();
            throw new RunHeldException($"What lies at {path} on {server.Host} (source.path) is neither a folder nor a zip. Check the path, and what the sender puts there.", e);
        }
        catch (DeliveryRefusedException e)
        {
            throw new RunHeldException(e.Message, e);
        }
    }

    private static CsvFileException TooLarge(string name) => new(new CsvError(name, 0, "", $"has more than {MostBytes >> 30} GB", IsFatal: true));
}
