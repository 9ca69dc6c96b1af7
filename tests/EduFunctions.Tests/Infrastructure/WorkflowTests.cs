using EduFunctions.Tests.Harness;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>The workflow runs elsewhere; what it runs is here.</summary>
public sealed class WorkflowTests
{
    private static readonly string[] OfTheRunner = ["az", "dotnet"];

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
    [InlineData("infra", "az bicep lint --file infra/main.bicep")]
    public void Nothing_of_it_is_left_out(string job, string part) =>
        Assert.Contains(Commands, command => command.Job == job && command.Command.Contains(part, StringComparison.Ordinal));

    [Fact]
    public void What_is_published_is_kept() => Assert.Contains(
        Steps(Jobs().Single(job => job.Name == "app").Job),
        step => Text(step, "uses")?.StartsWith("actions/upload-artifact@", StringComparison.Ordinal) == true && Text((YamlMappingNode)step["with"], "path") == "out/app");

    private static IEnumerable<(string Job, string Command)> ReadCommands() =>
        from job in Jobs()
        from step in Steps(job.Job)
        let run = Text(step, "run")
        where run is not null
        from line in run.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select (job.Name, line);

    private static IEnumerable<(string Name, YamlMappingNode Job)> Jobs()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Text(".github/workflows/build.yml")));
        var jobs = (YamlMappingNode)yaml.Documents[0].RootNode["jobs"];
        return jobs.Children.Select(job => (job.Key.ToString(), (YamlMappingNode)job.Value));
    }

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    private static string[] Words(string command) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsPath(string word) => !word.StartsWith('-') && !word.StartsWith("out/", StringComparison.Ordinal) && word.Contains('/');

    private static string InRepository(string path) => Path.Combine(Repository.Root, path);
}
