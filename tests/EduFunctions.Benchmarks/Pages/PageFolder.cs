using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Benchmarks.Pages;

/// <summary>A pull as files: <c>{collection}/{000000}.json.gz</c> and <c>manifest.json</c>.</summary>
internal sealed class PageFolder(DirectoryInfo folder)
{
    public const string Tenant = "bench";
    public const string Run = "20260901T000000Z-0000";
    public const string Extension = "json.gz";

    /// <summary>The day around which the invented municipality's dates lie.</summary>
    public static DateOnly Today { get; } = new(2026, 9, 1);

    public string Path { get; } = folder.FullName;

    /// <summary>Largest first, so that two threads end at about the same time.</summary>
    public IReadOnlyList<FileInfo> Pages =>
    [
        .. folder.EnumerateFiles($"*.{Extension}", SearchOption.AllDirectories).OrderByDescending(file => file.Length).ThenBy(file => file.FullName),
    ];

    public string Collection(string name) => folder.CreateSubdirectory(name).FullName;

    public void WriteManifest(SnapshotManifest manifest) =>
        File.WriteAllBytes(ManifestFile, JsonSerializer.SerializeToUtf8Bytes(manifest, Serialization.Indented));

    public Snapshot Open()
    {
        var manifest = JsonSerializer.Deserialize<SnapshotManifest>(File.ReadAllBytes(ManifestFile), Serialization.Indented)!;
        var prefix = SnapshotPath.Folder(Tenant, Run);
        return new Snapshot(manifest, (name, _) => Task.FromResult<Stream?>(File.OpenRead(System.IO.Path.Combine(Path, name[prefix.Length..]))));
    }

    /// <summary>The roster of the night before, which tonight's is compared with.</summary>
    public string PreviousRoster => System.IO.Path.Combine(Path, "previous.bin");

    public string PreviousSelection(string feed) => System.IO.Path.Combine(Path, $"previous-{feed}.bin");

    /// <summary>What that night has remembered of the protected.</summary>
    public string PreviousMemory => System.IO.Path.Combine(Path, "previous-memory.bin");

    private string ManifestFile => System.IO.Path.Combine(Path, "manifest.json");
}
