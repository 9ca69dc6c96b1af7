using System.Globalization;
using System.IO.Compression;
using System.IO.Enumeration;
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

    /// <summary>Names that several files have.</summary>
    public IEnumerable<string> Doubled => _files.CountBy(file => file.Name).Where(name => name.Value > 1).Select(name => name.Key);

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
            files.Take(name, () => feed.Open(name));
        }

        return files;
    }

    /// <summary>The file of a name; null where there is none.</summary>
    /// <remarks>The first one: <see cref="Doubled"/> names those of which there are more.</remarks>
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
            Take(path, () => Opened(path));
            return;
        }

        IsWhole = true;
        foreach (var file in FilesBelow(path).Order(StringComparer.Ordinal).Where(file => !IsLeaving(file)))
        {
            Add(Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/'), "", () => Opened(file));
        }
    }

    private void Add(string path, string package, Func<Stream> open) =>
        _files.Add(new CheckedFile(Plain(path[(path.LastIndexOf('/') + 1)..]), Plain(path), Plain(package), open));

    private void Take(string path, Func<Stream> open)
    {
        var content = open();
        if (!IsZip(content))
        {
            _files.Add(new CheckedFile(Plain(Path.GetFileName(path)), Plain(path), "", open));
            return;
        }

        IsWhole = true;
        var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        _zips.Add(zip);
        foreach (var entry in zip.Entries)
        {
            // Some programs for Windows write folders with backslashes.
            var name = entry.FullName.Replace('\\', '/');
            if (!name.EndsWith('/') && !IsLeaving(name))
            {
                Add(name, Path.GetFileName(path), () => Opened(entry));
            }
        }
    }

    private FileStream Opened(string path)
    {
        var file = path.Length > 0 ? File.OpenRead(path) : throw new FileNotFoundException("A name is empty.");
        _opened.Add(file);
        return file.CanSeek ? file : throw new IOException($"{path} can be read once only, like a pipe, and not from its beginning again.");
    }

    private static Stream Opened(ZipArchiveEntry entry) =>
        entry.IsEncrypted ? throw new InvalidDataException($"{Plain(entry.FullName)} is encrypted.") : entry.Open();

    /// <summary>Goes through no link to a folder, which may lead back to where it stands.</summary>
    private static FileSystemEnumerable<string> FilesBelow(string path) => new(
        path, (ref entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = 0 })
    {
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    };

    /// <summary>A name on one line, as it is: others have chosen it.</summary>
    private static string Plain(string name) => string.Concat(name.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\uFFFD' : c));

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
        var isZip = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && (start.SequenceEqual("PK\x03\x04"u8) || start.SequenceEqual("PK\x05\x06"u8));
        content.Position = 0;
        return isZip;
    }
}
