using EduFunctions.LocalHost.Commands;

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
        try
        {
            return (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnersFolder)).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, e);
        }
    }

    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        await using var file = Create(path);
        await file.WriteAsync(content, ct);
    }

    /// <summary>An empty file in the place of one that may be there, whoever could read that.</summary>
    public static FileStream Create(string path)
    {
        try
        {
            return CreateAnew(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, e);
        }
    }

    public static CommandException CannotWrite(string path, Exception e) => new(
        ExitCodes.BadConfiguration,
        e is not UnauthorizedAccessException && File.Exists(path) ? $"{path} is a file, where a folder is wanted." : $"{path} cannot be written: {e.Message}");

    private static FileStream CreateAnew(string path)
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
