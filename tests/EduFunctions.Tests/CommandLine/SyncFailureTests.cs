using System.Text.Json.Nodes;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>What an operator sees when something is wrong: the right exit code, one sentence with path, cause and remedy, no stack.</summary>
[Collection(CommandTests.Name)]
public sealed class SyncFailureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_setting_out_of_its_range_is_told_in_a_sentence()
    {
        await using var town = await Town.StartAsync(azurite);
        town.Environment["Pipeline__PageTries"] = "1";

        var ended = await town.SyncAsync();

        Assert.Equal((2, "The setting Pipeline__PageTries must be 2 to 20, not 1."), (ended.ExitCode, ended.Errors.Trim()));
    }

    [Fact]
    public async Task A_stopped_source_holds_the_run_and_names_its_address()
    {
        await using var town = await Town.StartAsync(azurite);
        var address = town.Register.BaseUrl;
        await town.Register.DisposeAsync();

        var ended = await town.SyncAsync();

        AssertEnded(town, ended, exitCode: 3, "held", address, "Check that the source answers");
        Assert.False(Directory.Exists(Path.Combine(town.Folder, "out", town.Id, "apple")));
    }

    [Fact]
    public async Task A_wrong_client_secret_holds_the_run_and_names_the_secret_without_showing_it()
    {
        await using var town = await Town.StartAsync(azurite);
        town.Environment["Secrets__educloud"] = "not-the-secret-7391";

        var ended = await town.SyncAsync();

        AssertEnded(town, ended, exitCode: 3, "held", town.Register.TokenUrl, "the secret \"educloud\"");
        Assert.DoesNotContain("not-the-secret-7391", ended.Output + ended.Errors + town.RunRecord);
    }

    [Fact]
    public async Task An_unknown_host_key_fails_the_run_and_its_fingerprint_is_named()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["delivery"]!["hostKeys"] = new JsonArray("SHA256:" + new string('A', 43));

        var ended = await town.SyncAsync();

        AssertEnded(town, ended, exitCode: 1, "failed", "delivery.hostKeys", "add the fingerprint");
        Assert.Contains(town.DropBox.HostKeyFingerprints, key => ended.Output.Contains(key));
        Assert.Empty(town.DropBox.Received);
        Assert.DoesNotContain(town.DropBox.Events, happened => happened.Event == "login");
    }

    [Fact]
    public async Task A_misspelt_key_refuses_the_tenant_and_names_path_and_line()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["source"]!["pageSise"] = 10;

        var ended = await town.SyncAsync();

        AssertEnded(town, ended, exitCode: 2, "failed", "$.source.pageSise", "did you mean \"pageSize\"?");
        Assert.Contains($"{town.Id}.json:", ended.Errors);
        Assert.Empty(town.Register.Requests);
    }

    [Fact]
    public async Task A_missing_secret_refuses_the_tenant_and_names_its_path()
    {
        await using var town = await Town.StartAsync(azurite);
        town.Environment.Remove("Secrets__dropbox");

        var ended = await town.SyncAsync();

        AssertEnded(town, ended, exitCode: 2, "failed", "$.feeds[0].delivery.password", "Secrets__dropbox");
    }

    [Fact]
    public async Task A_missing_folder_fails_the_run_and_names_the_folder()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["delivery"]!["directory"] = "nowhere";

        var ended = await town.SyncAsync();

        AssertEnded(town, ended, exitCode: 1, "failed", "\"nowhere\"", "Check delivery.directory");
        Assert.Empty(town.DropBox.Received);
    }

    [Fact]
    public async Task A_wrong_password_fails_the_run_and_names_the_user()
    {
        await using var town = await Town.StartAsync(azurite);
        town.Environment["Secrets__dropbox"] = "not-the-password-4417";

        var ended = await town.SyncAsync();

        AssertEnded(town, ended, exitCode: 1, "failed", "nordhamn@sftp.example", "the secret \"dropbox\"");
        Assert.DoesNotContain("not-the-password-4417", ended.Output + ended.Errors + town.RunRecord);
    }

    [Fact]
    public async Task One_refused_tenant_leaves_the_others_alone()
    {
        await using var town = await Town.StartAsync(azurite);
        town.WriteFile();
        await File.WriteAllTextAsync(Path.Combine(town.Folder, "tenants", "broken.json"), """{ "id": "broken", """);

        var ended = await town.SyncAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("broken.json:1: $: is no valid JSON", ended.Errors);
        Assert.Equal("delivered", (string?)town.Run["state"]);
        Assert.Single(town.DropBox.Received);
    }

    private static void AssertEnded(Town town, Ended ended, int exitCode, string state, params string[] mentions)
    {
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Equal(state, (string?)town.Run["state"]);
        var reason = (string)town.Run["stateReason"]!;
        Assert.All(mentions, mention => Assert.Contains(mention, reason));
        Assert.Contains(reason, ended.Output);
        Assert.DoesNotContain("   at ", ended.Output + ended.Errors);
    }
}
