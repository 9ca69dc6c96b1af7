using System.Text.Json.Nodes;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.App.Host;

/// <summary>The night takes every tenant there is, so this test has storages of its own.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class HostedNightTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly AzuriteFixture _functions = new();

    public Task InitializeAsync() => _functions.InitializeAsync();

    public Task DisposeAsync() => _functions.DisposeAsync();

    [Fact]
    public async Task A_night_of_five_tenants_delivers_what_sync_does_byte_for_byte()
    {
        await using var town = await Town.StartAsync(_functions);
        var tenants = TownTenants.Write(town, 5);
        await TownTenants.PublishAsync(town, tenants);

        // Neither its language, whose calendar is 543 years ahead, nor its time of the day is anything to a night.
        await using var app = await HostedApp.StartAsync(HostedApp.Options(town.Storage, town.Environment.Append(new("LANG", "th_TH.UTF-8")).Append(new("TZ", "Pacific/Kiritimati"))));

        await app.Host.FireAsync("Nightly");
        var runs = await Task.WhenAll(tenants.Select(app.EndedAsync));
        await using var commandLine = await AzuriteServer.StartInMemoryAsync();
        var synced = await LocalHostProcess.RunAsync(
            town.Environment, town.Folder, "sync", "--tenants", "tenants", "--out", "out", "--storage", commandLine.ConnectionString);

        Assert.True(synced.ExitCode == 0, synced.Errors);
        Assert.All(runs, run => Assert.Equal(("nightly", "delivered"), ((string?)run["trigger"], (string?)run["state"])));
        foreach (var (tenant, run) in tenants.Zip(runs))
        {
            var byCommand = Hash(JsonNode.Parse(File.ReadAllText(Path.Combine(town.Folder, "out", tenant, "run.json")))!);
            output.WriteLine($"{tenant}: functions {Hash(run)}, sync {byCommand}");
            Assert.Equal(byCommand, Hash(run));
        }

        Assert.Equal(5, runs.Select(Hash).Distinct().Count());
        Assert.Equal(10, town.DropBox.Received.Count);
        Assert.Equal(5, town.DropBox.Received.Select(file => file.Sha256).Distinct().Count());
    }

    private static string Hash(JsonNode run) => (string)run["feeds"]![0]!["files"]![0]!["sha256"]!;
}
