using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

[Collection(AzuriteTests.Name)]
public sealed class ValidateTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_good_file_is_good()
    {
        await using var town = await Town.StartAsync(azurite);

        var ended = await ValidateAsync(town);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains(town.Id, ended.Output);
    }

    [Fact]
    public async Task Every_error_is_named_with_path_line_and_cause()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["enabled"] = "yes";
        town.File["timeZone"] = "Europe/Nordhamn";
        town.File["eligiblity"] = null;
        town.File["source"]!["baseUrl"] = "http://register.example/v2.0";
        town.File["source"]!["clientSecret"] = "in-the-open-5520";
        town.File["feeds"]![0]!["settings"] = new System.Text.Json.Nodes.JsonObject { ["personNumber"] = "civicNo", ["groupTypes"] = "Klass" };

        var ended = await ValidateAsync(town);

        Assert.Equal(2, ended.ExitCode);
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.All(lines, line => Assert.Matches(@"^tenants/[a-z0-9-]+\.json:[0-9]+: \$\.", line));
        Assert.Contains(lines, line => line.Contains("$.enabled: must be true or false"));
        Assert.Contains(lines, line => line.Contains("$.timeZone: must be an IANA time zone"));
        Assert.Contains(lines, line => line.Contains("unknown key \"eligiblity\"; did you mean \"eligibility\"?"));
        Assert.Contains(lines, line => line.Contains("$.source.baseUrl: must be an https address"));
        Assert.Contains(lines, line => line.Contains("$.source.clientSecret: must be { \"secret\""));
        Assert.Contains(lines, line => line.Contains("$.feeds[0].settings.groupTypes: must be an array"));
        Assert.DoesNotContain("in-the-open-5520", ended.Output + ended.Errors);
    }

    [Fact]
    public async Task Settings_that_contradict_each_other_are_errors()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["settings"] = new System.Text.Json.Nodes.JsonObject { ["personNumber"] = "civicNo" };
        town.File["feeds"]![0]!["delivery"]!["privateKey"] = new System.Text.Json.Nodes.JsonObject { ["secret"] = "dropbox" };

        var ended = await ValidateAsync(town);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("$.feeds[0].settings.personNumber: needs privacy.includeCivicNumber", ended.Output);
        Assert.Contains("$.feeds[0].delivery.password: needs either password or privateKey", ended.Output);
    }

    [Fact]
    public async Task Paths_are_meant_from_where_the_command_is_given()
    {
        await using var town = await Town.StartAsync(azurite);
        town.WriteFile();

        var ended = await LocalHostProcess.RunByProjectAsync(town.Environment, town.Folder, "validate", $"tenants/{town.Id}.json");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
    }

    private static Task<Ended> ValidateAsync(Town town)
    {
        town.WriteFile();
        return LocalHostProcess.RunAsync(town.Environment, town.Folder, "validate", $"tenants/{town.Id}.json");
    }
}
