namespace EduFunctions.Tests.Harness;

/// <summary>
/// Expected files. With <c>EDUFUNCTIONS_WRITE_GOLDEN</c> in the environment they are written instead of compared; the difference
/// is then read like code.
/// </summary>
internal static class GoldenFiles
{
    private const string Switch = "EDUFUNCTIONS_WRITE_GOLDEN";

    /// <param name="path">From the root of the repository.</param>
    public static string Expected(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable(Switch) is not null)
        {
            File.WriteAllText(Path.Combine(Repository.Root, path), actual);
        }

        return Repository.Text(path);
    }
}
