using System.Text.RegularExpressions;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>A file of one's own, that is good once it is filled in and has its secrets.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class InitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-init-");

    [Theory]
    [InlineData("nordhamn")]
    [InlineData("vikdalen")]
    [InlineData("solberga")]
    [InlineData("sonderby")]
    [InlineData("skovby")]
    public async Task The_file_says_what_it_wants_and_is_refused_for_nothing_else(string sample)
    {
        var ended = await RunAsync("init", "--from", sample, "tenants/my-town.json");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors.Trim()));
        var secrets = ended.Output.Split('\n').Where(line => line.StartsWith("export ", StringComparison.Ordinal)).Select(line => line["export ".Length..^1]).ToList();
        Assert.All(secrets, secret => Assert.Matches("^Secrets__my_town_[a-z]+$", secret));
        var file = Path.Combine(_folder.FullName, "tenants", "my-town.json");
        var untouched = await RunAsync(secrets.ToDictionary(secret => secret, _ => "x"), "validate", file);
        Assert.Equal(2, untouched.ExitCode);
        Assert.All(ToFillIn(ended.Output), path => Assert.Matches($@"my-town\.json:[0-9]+: {Regex.Escape(path)}: (is still to be filled in|names fill-in\.example)", untouched.Output));
        Assert.Contains("$.name", ToFillIn(ended.Output));
        Assert.Contains("$.source.", ended.Output);
        await File.WriteAllTextAsync(file, FilledIn(await File.ReadAllTextAsync(file)));
        var missing = await RunAsync("validate", file);
        var given = await RunAsync(secrets.ToDictionary(secret => secret, _ => "x"), "validate", file);
        Assert.Equal(2, missing.ExitCode);
        Assert.All(secrets, secret => Assert.Contains(secret, missing.Output));
        Assert.DoesNotContain("is missing", given.Output);
        Assert.True(given.ExitCode == 0 || given.Output.Contains("certificate: the secret \"my-town-unilogin\" cannot be used", StringComparison.Ordinal), given.Output);
    }

    [Theory]
    [InlineData("nowhere", "a.json", "--from must be one of nordhamn, ")]
    [InlineData("nordhamn", "Min kommun.json", "cannot be a tenant's id")]
    public async Task What_cannot_be_is_told(string from, string file, string told)
    {
        var ended = await RunAsync("init", "--from", from, file);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(told, ended.Errors);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task Of_a_file_of_somebody_elses_it_is_said_that_its_values_are_theirs()
    {
        var theirs = Path.Combine(_folder.FullName, "theirs.json");
        await RunAsync("init", "--from", "nordhamn", theirs);
        await File.WriteAllTextAsync(theirs, FilledIn(await File.ReadAllTextAsync(theirs)));

        var ended = await RunAsync("init", "--from", theirs, "mine.json");

        Assert.Contains("mine.json: put its own name, addresses, user names and host keys in the place of those it was made after", ended.Output);
    }

    [Fact]
    public async Task A_file_that_is_there_stays()
    {
        var file = Path.Combine(_folder.FullName, "mine.json");
        await File.WriteAllTextAsync(file, "{}");

        var ended = await RunAsync("init", "--from", "nordhamn", file);

        Assert.Equal((2, "{}"), (ended.ExitCode, await File.ReadAllTextAsync(file)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] ToFillIn(string output) => output.Split(": fill in ")[1].Split(" (docs")[0].Split(", ");

    private static string FilledIn(string file) => file
        .Replace("fill-in.example", "127.0.0.1", StringComparison.Ordinal)
        .Replace("SHA256:fill-in", $"SHA256:{new string('A', 43)}", StringComparison.Ordinal)
        .Replace("[\"fill-in\"]", "[\"0199\"]", StringComparison.Ordinal)
        .Replace("\"fill-in\"", "\"mine\"", StringComparison.Ordinal)
        .Replace("/fill-in/", "/mine/", StringComparison.Ordinal)
        .Replace("FillIn", "AB0001", StringComparison.Ordinal);

    private Task<Ended> RunAsync(params IEnumerable<string> arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    private Task<Ended> RunAsync(Dictionary<string, string> environment, params IEnumerable<string> arguments) =>
        LocalHostProcess.RunAsync(environment, _folder.FullName, arguments);
}
