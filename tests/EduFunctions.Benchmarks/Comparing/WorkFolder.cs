namespace EduFunctions.Benchmarks.Comparing;

/// <summary>Where pages and outputs lie: in the system's temporary folder, gone at the end, or in a folder that is kept.</summary>
internal sealed class WorkFolder(DirectoryInfo? kept) : IDisposable
{
    public DirectoryInfo Folder { get; } = kept ?? Directory.CreateTempSubdirectory("edufunctions-bench-");

    /// <summary>A folder without what an earlier run has left in it.</summary>
    public DirectoryInfo Fresh(string name)
    {
        var part = new DirectoryInfo(Path.Combine(Folder.FullName, name));
        if (part.Exists)
        {
            part.Delete(recursive: true);
        }

        part.Create();
        return part;
    }

    public void Dispose()
    {
        if (kept is null)
        {
            Folder.Delete(recursive: true);
        }
    }
}
