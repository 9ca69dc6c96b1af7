using System.IO.Compression;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>The files within a zip: all of them in one folder of it, so that nothing of another export is taken for this one's.</summary>
internal sealed class CsvZip : IDisposable
{
    private const int MostTold = 10;

    /// <summary>Where a Mac puts what only a Mac needs, under the names of the files themselves.</summary>
    private const string OfMac = "__MACOSX";

    private static readonly HashSet<string> Wanted = new(
        CsvForm.Files.Append(CsvForm.Demographics).Select(file => file.FileName).Append($"{CsvManifest.Name}.csv"), StringComparer.OrdinalIgnoreCase);

    private readonly ZipArchive _archive;
    private readonly IReadOnlyDictionary<string, ZipArchiveEntry> _entries;

    private CsvZip(ZipArchive archive, IReadOnlyDictionary<string, ZipArchiveEntry> entries) => (_archive, _entries) = (archive, entries);

    /// <param name="place">Where it lies, for people.</param>
    /// <exception cref="RunHeldException">It is no zip that can be read, or nobody can tell which of its files are meant.</exception>
    [Told]
    public static CsvZip Open(Stream content, string place)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(content);
            return new CsvZip(archive, Find(archive, place));
        }
        catch (InvalidDataException e)
        {
            var fault = ZipFault.Of(content);
            archive?.Dispose();
            content.Dispose();
            throw new RunHeldException($"What lies at {place} (source.path) {fault}, so nothing is handed on. Have the sender put a whole zip there, or a folder.", e);
        }
        catch
        {
            archive?.Dispose();
            content.Dispose();
            throw;
        }
    }

    /// <summary>The file, proven while it is read; null when there is none.</summary>
    /// <exception cref="CsvFileException">It is larger than any that is one.</exception>
    public Stream? Open(string name) =>
        !_entries.TryGetValue($"{name}.csv", out var entry) ? null : entry.Length <= CsvPackage.MostBytes ? new ProvenEntry(entry, name) : throw CsvPackage.TooLarge(name);

    public void Dispose() => _archive.Dispose();

    [Told]
    private static Dictionary<string, ZipArchiveEntry> Find(ZipArchive archive, string place)
    {
        var found = archive.Entries.Select(entry => (Path: entry.FullName.Replace('\\', '/'), Entry: entry))
            .Where(file => Wanted.Contains(NameOf(file.Path)) && !file.Path.Split('/').Contains(OfMac)).ToList();
        if (found.Any(file => file.Entry.IsEncrypted))
        {
            throw new RunHeldException($"The zip at {place} (source.path) has a password, which nobody here knows, so nothing is handed on. Have the sender make it without.");
        }

        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.OrdinalIgnoreCase);
        var isOne = found.TrueForAll(file => entries.TryAdd(NameOf(file.Path), file.Entry));
        return isOne && found.Select(file => file.Path[..^NameOf(file.Path).Length]).Distinct(StringComparer.Ordinal).Count() <= 1
            ? entries
            : throw new RunHeldException(
                $"The zip at {place} has OneRoster files in more than one place, so nobody can tell which are meant: "
                + $"{string.Join("; ", [.. found.Select(file => file.Path).Order(StringComparer.Ordinal).Take(MostTold), .. More(found.Count - MostTold)])}. "
                + "Have the sender put the files of one export alone into it.");
    }

    [Told]
    private static string[] More(int count) => count > 0 ? [$"and {count} more"] : [];

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
