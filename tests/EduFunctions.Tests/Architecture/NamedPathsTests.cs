using System.Text.RegularExpressions;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Architecture;

/// <summary>Paths that documents name are there.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class NamedPathsTests
{
    private const string Placeholders = "<{*…$ ";

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "out"))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_it_names_exists(string document)
    {
        var text = Repository.Text(document);
        var folder = Path.GetDirectoryName(document)!;
        var links = Link().Matches(text).Select(match => match.Groups[1].Value).Where(link => !link.Contains(':', StringComparison.Ordinal));
        var paths = Quoted().Matches(text).Select(match => match.Groups[1].Value).Where(IsPath);

        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Repository.Root, folder, link)), $"{document} links to {link}"));
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), $"{document} names {path}"));
    }

    [Fact]
    public void Every_path_of_the_map_exists()
    {
        var paths = Quoted().Matches(Repository.Text("src/README.md")).Select(match => match.Groups[1].Value)
            .Where(path => path.IndexOfAny([.. Placeholders]) < 0 && (path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith('/')))
            .ToList();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(
            Path.Exists(Path.Combine(Repository.Root, RoomMap.Root, path)) || Path.Exists(Path.Combine(Repository.Root, path))
            || RoomMap.Rooms.Any(room => Path.Exists(Path.Combine(Repository.Root, RoomMap.Root, room, path))), path));
    }

    private static bool IsPath(string text) =>
        text.IndexOfAny([.. Placeholders]) < 0 && TopFolder().IsMatch(text);

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(\.\./)?(src|tests|docs|infra|\.ci|\.github|\.devcontainer)/")]
    private static partial Regex TopFolder();
}
