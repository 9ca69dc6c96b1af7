using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Sftp;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>The files where the sender has put them: a folder, or a zip that holds them, perhaps in a folder of its own; here or on a server.</summary>
internal sealed class CsvPackage : IDisposable
{
    /// <summary>A million enrolments are a quarter of it.</summary>
    public const long MostBytes = 1L << 30;

    private readonly string _path;
    private readonly FetchedFiles? _fetched;
    private readonly CsvZip? _zip;

    private CsvPackage(string path, FetchedFiles? fetched, CsvZip? zip) => (_path, _fetched, _zip) = (path, fetched, zip);

    /// <summary>Changes when the sender writes: what was read meanwhile may be half of the one and half of the other. The files of a zip are proven one by one.</summary>
    public string State => _fetched is null && _zip is null ? StateOfFolder() : "";

    /// <exception cref="RunHeldException">There is nothing that can be read.</exception>
    public static async Task<CsvPackage> OpenAsync(OneRosterSettings settings, CallLimits limits, CancellationToken ct) =>
        settings.Sftp is { } server ? await FetchAsync(server, settings.Path, limits, ct) : Local(settings.Path);

    /// <summary>The file; null when there is none.</summary>
    /// <exception cref="CsvFileException">It is larger than any that is one, is there twice, or cannot be opened.</exception>
    [Told]
    public Stream? Open(string name)
    {
        if (_zip is not null)
        {
            return _zip.Open(name);
        }

        try
        {
            var there = _fetched?.ByName.Keys ?? Directory.EnumerateFiles(_path).Select(path => Path.GetFileName(path));
            return Find(there, name) is { } file ? _fetched?.ByName[file] ?? OpenFile(name, Path.Combine(_path, file)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CsvFileException(new CsvError(name, 0, "", "cannot be opened: it is gone, or may not be read", IsFatal: true), e);
        }
    }

    public void Dispose()
    {
        _zip?.Dispose();
        _fetched?.Dispose();
    }

    [Told]
    public static CsvFileException TooLarge(string name) => new(new CsvError(name, 0, "", $"has more than {MostBytes >> 30} GB", IsFatal: true));

    private static FileStream OpenFile(string name, string path) => new FileInfo(path).Length <= MostBytes ? File.OpenRead(path) : throw TooLarge(name);

    [Told]
    private static string? Find(IEnumerable<string> files, string name)
    {
        var found = files.Where(file => file.Equals($"{name}.csv", StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count <= 1
            ? found.SingleOrDefault()
            : throw new CsvFileException(new CsvError(name, 0, "", "is there more than once, in upper and in lower case", IsFatal: true));
    }

    private string StateOfFolder()
    {
        try
        {
            var files = new DirectoryInfo(_path).EnumerateFiles().Where(file => file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase));
            return string.Join('|', files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(StateOf));
        }
        catch (IOException)
        {
            return "gone";
        }
    }

    private static string StateOf(FileInfo file)
    {
        try
        {
            return FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}");
        }
        catch (IOException)
        {
            return $"{file.Name} gone";
        }
    }

    [Told]
    private static CsvPackage Local(string path)
    {
        try
        {
            return new CsvPackage(path, fetched: null, Directory.Exists(path) ? null : CsvZip.Open(File.OpenRead(path), path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
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
            string[] wanted = [.. CsvForm.Files.Append(CsvForm.Demographics).Select(file => file.FileName).Append($"{CsvManifest.Name}.csv")];
            fetched = await new SftpFetch(server, limits).RunAsync(path, wanted, MostBytes, ct);
            return new CsvPackage(path, fetched, fetched.IsFolder ? null : CsvZip.Open(fetched.ByName.Values.Single(), $"{path} on {server.Host}"));
        }
        catch (RunHeldException)
        {
            fetched?.Dispose();
            throw;
        }
        catch (DeliveryRefusedException e)
        {
            throw new RunHeldException(e.Message, e);
        }
    }
}
