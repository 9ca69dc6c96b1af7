using System.CommandLine;
using System.Text.RegularExpressions;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Documents;

/// <summary>What documents and the program itself say of commands is so.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class NamedCommandsTests
{
    private static readonly RootCommand Commands = AllCommands.Create();

    /// <summary>The page on speed names commands of the benchmarks, which are another program.</summary>
    public static TheoryData<string> Documents => [.. PastedBlock.Documents.Where(document => document != "docs/performance.md")];

    public static TheoryData<string> Names => [.. Ways(Commands).Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Options_that_it_names_in_passing_are_there(string document)
    {
        foreach (var quoted in Quoted().Matches(Repository.Text(document)).Select(match => match.Groups[1].Value))
        {
            if (Commands.Subcommands.FirstOrDefault(command => command.Name == quoted.Split(' ')[0]) is { } command)
            {
                Assert.All(Option().Matches(quoted).Select(match => match.Value), option => Assert.True(
                    command.Options.Any(one => one.Name == option) || option is "--help", $"{document}: `{quoted}`, but {command.Name} has no {option}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_help_shows_an_example_that_is_right_and_exit_codes(string name)
    {
        var (command, output) = (Ways(Commands).Single(one => one.Name == name), new StringWriter());
        var path = command.Parents.OfType<Command>().SingleOrDefault() is { } parent and not RootCommand ? $"{parent.Name} {name}" : name;

        var parsed = Commands.Parse($"{path} --help");
        var ended = await parsed.InvokeAsync(new InvocationConfiguration { Output = output });

        Assert.Equal(0, ended);
        Assert.Empty(parsed.Errors);
        var example = Example().Match(output.ToString()).Groups[1].Value;
        Assert.StartsWith(path, example, StringComparison.Ordinal);
        Assert.Empty(Commands.Parse(example.Split(" > ")[0]).Errors);
        Assert.Contains("Exit codes:", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_looks_back_from_the_latest_pull_takes_no_run() =>
        Assert.Contains("--find looks in the latest pull, and from there back", Assert.Single(Commands.Parse("explain --tenant t --find - --run x").Errors).Message, StringComparison.Ordinal);

    /// <summary>What no test can run is little, and known: a block that is marked is added here, or better made to run.</summary>
    [Fact]
    public void Few_blocks_are_left_to_readers_alone() => Assert.Equal(
        ["README.md", "azurite.md", .. Enumerable.Repeat("docs/azure.md", 5), "docs/performance.md"],
        PastedBlock.Documents.SelectMany(PastedBlock.Of).Where(block => !block.IsRun).Select(block => block.Document).ToList());

    private static IEnumerable<Command> Ways(Command command) =>
        command.Subcommands.SelectMany(one => one.Subcommands.Count == 0 ? [one] : Ways(one));

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("(?<= )--[a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"Example:\s+(\S[^\r\n]*)")]
    private static partial Regex Example();
}
