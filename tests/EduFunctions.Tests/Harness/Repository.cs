using System.Text.Json;
using System.Xml.Linq;

namespace EduFunctions.Tests.Harness;

/// <summary>Files of the repository that no compiler looks at.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static JsonElement Json(string path) => JsonElement.Parse(Text(path));

    public static XElement Xml(string path) => XElement.Parse(Text(path));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests do not lie in the repository.")
        : File.Exists(Path.Combine(folder.FullName, "EduFunctions.sln")) ? folder.FullName
        : Find(folder.Parent);
}
