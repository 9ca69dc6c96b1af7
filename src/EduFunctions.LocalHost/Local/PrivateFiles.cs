namespace EduFunctions.LocalHost.Local;

/// <summary>Writes what people asked to have as files: names and addresses of many, so that only who asked can read them.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>The folder, made when it is not there; one that is there keeps what its owner has set.</summary>
    public static string Folder(params ReadOnlySpan<string> path)
    {
        var folder = Path.Combine(path);
        return (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnersFolder)).FullName;
    }

    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        await using var file = Create(path);
        await file.WriteAsync(content, ct);
    }

    /// <summary>An empty file in the place of one that may be there, whoever could read that.</summary>
    public static FileStream Create(string path)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
