namespace EduFunctions.Pipeline.Storage;

internal static class TemporaryFile
{
    /// <summary>A file that is gone when it is closed, for what may be larger than the memory.</summary>
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1 << 16,
        });
}
