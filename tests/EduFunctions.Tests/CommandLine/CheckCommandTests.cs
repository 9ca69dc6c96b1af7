using System.Text.Json;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary><c>check</c> as its users give it: without a tenant, a storage or a network.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class CheckCommandTests : IDisposable
{
    private const string Good = "kit/oneRosterCsv/good";
    private const string Users = "kit/oneRosterCsv/mutants/required/users.csv";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-check-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Good_files_end_with_nothing()
    {
        var ended = await CheckAsync("--type", "oneRosterCsv", Path.Combine(Repository.Root, Good));

        Assert.Equal((0, "oneRosterCsv: 40 rows, 0 errors, 0 warnings"), (ended.ExitCode, ended.Output.Trim()));
    }

    [Fact]
    public async Task A_finding_has_file_line_character_column_rule_and_source_and_no_value()
    {
        var ended = await CheckAsync("--type", "oneRosterCsv", Path.Combine(Repository.Root, Users));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("users.csv:3:32: givenName: must be given [error oneRoster/required]", ended.Output);
        Assert.Contains("oneRoster/required: stated: 1EdTech OneRoster 1.2, CSV Binding: tables of the files", ended.Output);
        Assert.DoesNotContain("bosse", ended.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Programs_get_JSON_or_SARIF()
    {
        var json = await CheckAsync("--type", "oneRosterCsv", "--json", Path.Combine(Repository.Root, Users));
        var sarif = await CheckAsync("--type", "oneRosterCsv", "--sarif", Path.Combine(Repository.Root, Users));

        var finding = JsonElement.Parse(json.Output).GetProperty("findings")[0];
        Assert.Equal("oneRoster/required stated 3", $"{finding.GetProperty("rule")} {finding.GetProperty("certainty")} {finding.GetProperty("line")}");
        var run = JsonElement.Parse(sarif.Output).GetProperty("runs")[0];
        var result = run.GetProperty("results")[0];
        Assert.Equal("2.1.0", JsonElement.Parse(sarif.Output).GetProperty("version").GetString());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.Equal(32, result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startColumn").GetInt32());
        Assert.Equal((2, 2), (json.ExitCode, sarif.ExitCode));
    }

    [Theory]
    [InlineData("--type must be one of appleSchoolManager, blackboard", "--type", "apple", "x.zip")]
    [InlineData("The files cannot be read", "--type", "blackboard", "nowhere.zip")]
    [InlineData("Name a zip, a folder or files to check.", "--type", "blackboard")]
    [InlineData("None of the files is one that appleSchoolManager has: nothing was checked.", "--type", "appleSchoolManager", "/dev/null")]
    public async Task What_cannot_be_checked_is_said_in_a_sentence(string sentence, params string[] arguments)
    {
        var ended = await CheckAsync(arguments);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(sentence, ended.Errors);
    }

    [Fact]
    public async Task The_rules_are_listed_with_their_sources()
    {
        var ended = await CheckAsync("--type", "uniloginImport", "--rules");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("uniloginImport/alias [error, stated]: is protected and has no alias", ended.Output);
    }

    private Task<Ended> CheckAsync(params string[] arguments) =>
        LocalHostProcess.RunAsync(new Dictionary<string, string>(), _folder.FullName, ["check", .. arguments]);
}
