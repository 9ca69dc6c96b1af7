using System.Text.RegularExpressions;
using EduFunctions.Tests.Harness;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>The workflows run elsewhere; what they run is here.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class WorkflowTests
{
    private static readonly string[] Files =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, ".github", "workflows")).Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal)];

    private static readonly string[] OfTheRunner = ["apt-get", "az", "dotnet"];

    private static readonly IReadOnlyList<(string Job, string Command)> Commands = [.. ReadCommands()];

    [Fact]
    public void Every_command_is_of_the_repository_or_of_the_runner()
    {
        Assert.All(Commands, command =>
        {
            var program = Words(command.Command)[0];

            Assert.True(OfTheRunner.Contains(program) || File.Exists(InRepository(program)), $"{command.Job}: {command.Command}");
        });
    }

    [Fact]
    public void Every_path_of_a_command_is_one_of_the_repository()
    {
        var paths = Commands.SelectMany(command => Words(command.Command)).Where(IsPath).ToList();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(InRepository(path)), path));
    }

    [Theory]
    [InlineData("test", ".ci/run")]
    [InlineData("app", "dotnet publish src/EduFunctions.App -c Release -o out/app")]
    [InlineData("app", "dotnet tool run dotnet-CycloneDX src/EduFunctions.App/EduFunctions.App.csproj")]
    [InlineData("analyze", "dotnet build EduFunctions.sln")]
    [InlineData("mutants", "dotnet run --project tests/EduFunctions.Mutants --")]
    [InlineData("infra", "az bicep lint --file infra/main.bicep")]
    public void Nothing_of_it_is_left_out(string job, string part) =>
        Assert.Contains(Commands, command => command.Job == job && command.Command.Contains(part, StringComparison.Ordinal));

    [Theory]
    [InlineData("out/app")]
    [InlineData("out/sbom")]
    public void What_is_made_is_kept(string folder) => Assert.Contains(
        Steps(Jobs().Single(job => job.Name == "app").Job),
        step => Text(step, "uses")?.StartsWith("actions/upload-artifact@", StringComparison.Ordinal) == true && Text((YamlMappingNode)step["with"], "path") == folder);

    /// <summary>A tag may be moved to another's code; what a commit says stays.</summary>
    [Fact]
    public void Every_action_is_named_by_commit_and_tells_its_version()
    {
        var used = Files.SelectMany(file => Repository.Text(file).Split('\n')).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, line => Assert.Matches(Pinned(), line));
        Assert.All(
            used.Select(line => Pinned().Match(line)).GroupBy(pin => pin.Groups["action"].Value),
            pins => Assert.Single(pins.Select(pin => pin.Groups["commit"].Value).Distinct()));
    }

    [Fact]
    public void No_workflow_may_write_to_the_repository() => Assert.All(Files, file =>
    {
        var root = Root(file);
        Assert.Equal(["contents: read"], ((YamlMappingNode)root["permissions"]).Children.Select(permission => $"{permission.Key}: {permission.Value}"));
        Assert.All(
            Jobs(root).Where(job => job.Job.Children.ContainsKey("permissions")).SelectMany(job => ((YamlMappingNode)job.Job["permissions"]).Children),
            permission => Assert.Contains($"{permission.Key}: {permission.Value}", (string[])["contents: read", "security-events: write"]));
    });

    [Fact]
    public void Updates_are_asked_for_wherever_packages_are_named()
    {
        var updates = ((YamlSequenceNode)Root(".github/dependabot.yml")["updates"]).Cast<YamlMappingNode>().ToList();

        Assert.Equal(["docker", "dotnet-sdk", "github-actions", "npm", "nuget"], updates.Select(update => Text(update, "package-ecosystem")).Order(StringComparer.Ordinal));
        Assert.All(updates, update => Assert.True(Directory.Exists(InRepository(Text(update, "directory")!.TrimStart('/')))));
        Assert.Equal(
            NodeFolders().Order(StringComparer.Ordinal),
            updates.Where(update => Text(update, "package-ecosystem") == "npm").Select(update => Text(update, "directory")!.TrimStart('/')).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> NodeFolders() =>
        from project in Directory.EnumerateDirectories(InRepository("tests")).Concat(Directory.EnumerateDirectories(InRepository("src")))
        from folder in Directory.EnumerateDirectories(project)
        where File.Exists(Path.Combine(folder, "package-lock.json"))
        select Path.GetRelativePath(Repository.Root, folder);

    private static IEnumerable<(string Job, string Command)> ReadCommands() =>
        from job in Jobs()
        from step in Steps(job.Job)
        let run = Text(step, "run")
        where run is not null
        from line in run.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select (job.Name, line);

    private static IEnumerable<(string Name, YamlMappingNode Job)> Jobs() => Files.SelectMany(file => Jobs(Root(file)));

    private static IEnumerable<(string Name, YamlMappingNode Job)> Jobs(YamlNode root) =>
        ((YamlMappingNode)root["jobs"]).Children.Select(job => (job.Key.ToString(), (YamlMappingNode)job.Value));

    private static YamlNode Root(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Text(file)));
        return yaml.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    private static string[] Words(string command) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsPath(string word) => !word.StartsWith('-') && !word.StartsWith("out/", StringComparison.Ordinal) && word.Contains('/');

    private static string InRepository(string path) => Path.Combine(Repository.Root, path);

    [GeneratedRegex(@"^ +(- )?uses: (?<action>[\w-]+/[\w-]+)(/[\w-]+)*@(?<commit>[0-9a-f]{40}) # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
