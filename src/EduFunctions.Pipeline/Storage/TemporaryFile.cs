namespace EduFunctions.Pipeline.Storage;

internal static class TemporaryFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// A file for what may be larger than the memory, gone when it is closed. Where the system allows it has no name from the start, so that nobody
    /// else can open it and a killed process leaves nothing.
    /// </summary>
    public static FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 1 << 16 };
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }

        options.UnixCreateMode = OwnerOnly;
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }
}
