using System.Text.Json;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>What is restored is what was reviewed.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LockFileTests
{
    private static readonly Dictionary<string, string> Versions = Repository.Xml("Directory.Packages.props").Descendants("PackageVersion")
        .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Projects =
    [
        .. ((string[])["src", "tests"]).SelectMany(folder => Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder)))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj")).Where(IsLocked).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_project_that_is_shipped_or_tested_is_locked()
    {
        Assert.Superset(
            new HashSet<string> { "EduFunctions.App", "EduFunctions.LocalHost", "EduFunctions.Pipeline", "EduFunctions.Tests" },
            Projects.Select(project => Path.GetFileNameWithoutExtension(project)).ToHashSet());
        Assert.All(Projects, project => Assert.True(File.Exists(LockOf(project)), LockOf(project)));
    }

    [Fact]
    public void Every_package_that_is_named_is_locked_at_its_version() => Assert.All(
        Projects.SelectMany(Direct).Where(package => Versions.ContainsKey(package.Name)),
        package => Assert.Equal((package.Name, Versions[package.Name]), package));

    [Fact]
    public void No_lock_says_where_packages_come_from() =>
        Assert.All(Projects, project => Assert.DoesNotContain("://", File.ReadAllText(LockOf(project)), StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Version)> Direct(string project) =>
        from framework in JsonElement.Parse(File.ReadAllText(LockOf(project))).GetProperty("dependencies").EnumerateObject()
        from package in framework.Value.EnumerateObject()
        where package.Value.GetProperty("type").GetString() == "Direct"
        select (package.Name, package.Value.GetProperty("resolved").GetString()!);

    private static bool IsLocked(string project) => !File.ReadAllText(project).Contains("<RestorePackagesWithLockFile>false<", StringComparison.Ordinal);

    private static string LockOf(string project) => Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
}
