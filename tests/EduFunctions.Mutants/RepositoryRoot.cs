namespace EduFunctions.Mutants;

internal static class RepositoryRoot
{
    /// <summary>The folder above this program that holds the solution.</summary>
    public static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EduFunctions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("This program does not lie in the repository.");
        }

        return folder.FullName;
    }
}
