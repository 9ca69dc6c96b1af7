using System.IO.Compression;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Checking;

/// <summary>A file to be checked.</summary>
/// <param name="Name">Without folders.</param>
/// <param name="Path">As it is called where it lies: below a folder, or in a zip.</param>
/// <param name="Package">The zip it lies in; empty where there is none.</param>
/// <param name="Open">To be read, not disposed.</param>
public sealed record CheckedFile(string Name, string Path, string Package, Func<Stream> Open)
{
    /// <summary>Whether it stands in a folder of its zip.</summary>
    public bool IsInFolder => Package.Length > 0 && Path != Name;
}

/// <summary>Files as they came: a folder, a zip, some of each, or files by themselves. What file managers leave in zips is passed over, and counted.</summary>
public sealed class CheckedFiles : IDisposable
{
    private static readonly string[] Leavings = [".DS_Store", "Thumbs.db", "desktop.ini"];

    private readonly List<CheckedFile> _files = [];
    private readonly List<ZipArchive> _zips = [];
    private readonly List<FileStream> _opened = [];

    /// <summary>Whether what is not among the files is missing: those of a zip or a folder are meant to be all.</summary>
    public bool IsWhole { get; private set; }

    public IReadOnlyList<CheckedFile> All => _files;

    /// <summary>How many files were passed over that nobody meant to send.</summary>
    public int LeftByFileManagers { get; private set; }

    /// <exception cref="IOException">Something cannot be read.</exception>
    /// <exception cref="InvalidDataException">A zip is none.</exception>
    public static CheckedFiles Of(IEnumerable<string> paths)
    {
        var files = new CheckedFiles();
        foreach (var path in paths)
        {
            files.Add(path);
        }

        return files;
    }

    public static CheckedFiles Of(FeedFiles feed)
    {
        var files = new CheckedFiles { IsWhole = true };
        foreach (var name in feed.Names)
        {
            files.Add(name, () => feed.Open(name));
        }

        return files;
    }

    /// <summary>The file of a name; null where there is none.</summary>
    public CheckedFile? Find(string name) => _files.Find(file => file.Name == name);

    public void Dispose()
    {
        _zips.ForEach(zip => zip.Dispose());
        _opened.ForEach(file => file.Dispose());
    }

    private void Add(string path)
    {
        if (!Directory.Exists(path))
        {
            Add(path, () => Opened(path));
            return;
        }

        IsWhole = true;
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(file => !IsLeaving(file)))
        {
            _files.Add(new CheckedFile(Path.GetFileName(file), Path.GetRelativePath(path, file), "", () => Opened(file)));
        }
    }

    private void Add(string path, Func<Stream> open)
    {
        var content = open();
        if (!IsZip(content))
        {
            _files.Add(new CheckedFile(Path.GetFileName(path), path, "", open));
            return;
        }

        IsWhole = true;
        var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        _zips.Add(zip);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0 && !IsLeaving(entry.FullName)))
        {
            _files.Add(new CheckedFile(entry.Name, entry.FullName, Path.GetFileName(path), entry.Open));
        }
    }

    private FileStream Opened(string path)
    {
        var file = File.OpenRead(path);
        _opened.Add(file);
        return file;
    }

    private bool IsLeaving(string path)
    {
        var parts = path.Split('/', '\\');
        var isLeaving = parts.Contains("__MACOSX") || Leavings.Contains(parts[^1]) || parts[^1].StartsWith("._", StringComparison.Ordinal);
        LeftByFileManagers += isLeaving ? 1 : 0;
        return isLeaving;
    }

    private static bool IsZip(Stream content)
    {
        Span<byte> start = stackalloc byte[4];
        var isZip = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PK\x03\x04"u8);
        content.Position = 0;
        return isZip;
    }
}
