using System.Diagnostics;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>Sources and targets that accept and never answer, most of the tenants among them: the others have their night as if they were alone.</summary>
[Collection(HostTests.Name)]
public sealed class DeadNeighboursTests(AzuriteFixture azurite)
{
    private const int Dead = 8;
    private const int Healthy = 2;

    /// <summary>What the dead are given; the healthy are done long before the first of them is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("delivery")]
    [InlineData("source")]
    public async Task A_host_that_serves_eight_dead_of_ten_delivers_the_other_two(string what)
    {
        await using var town = await TownAsync();
        await using var nowhere = FlakyRoad.Dead();
        var (dead, healthy) = WriteTenants(town, nowhere, what);
        await using var serving = await Serving.StartAsync(town);

        var began = Stopwatch.GetTimestamp();
        foreach (var tenant in dead.Concat(healthy))
        {
            (await serving.Http.PostAsync($"/api/tenants/{tenant}/sync", null)).EnsureSuccessStatusCode();
        }

        await Serving.UntilAsync(() => Task.FromResult(nowhere.Connections >= Dead));
        await Serving.UntilAsync(() => Task.FromResult(town.DropBox.Received.Count == Healthy));

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Patience);
        Assert.All(await StatesAsync(town, dead), state => Assert.Equal(what == "source" ? "extracting" : "exporting", state));
    }

    [Fact]
    public async Task The_same_of_a_sync_of_all_of_them()
    {
        await using var town = await TownAsync();
        await using var nowhere = FlakyRoad.Dead();
        WriteTenants(town, nowhere, "delivery");
        using var sync = town.StartSync();

        await Serving.UntilAsync(() => Task.FromResult(nowhere.Connections >= Dead && town.DropBox.Received.Count == Healthy), seconds: (int)Patience.TotalSeconds);

        Assert.Equal(Healthy, town.DropBox.Received.Count);
    }

    private async Task<Town> TownAsync()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        var town = await Town.StartAsync(azurite, school.Data);
        town.Environment["Pipeline__Calls__Connect"] = town.Environment["Pipeline__Calls__Answer"] = $"{Patience}";
        return town;
    }

    /// <summary>The dead come first, by name and by hand.</summary>
    private static (List<string> Dead, List<string> Healthy) WriteTenants(Town town, FlakyRoad nowhere, string what)
    {
        Directory.CreateDirectory(Path.Combine(town.Folder, "tenants"));
        var dead = Enumerable.Range(0, Dead).Select(at => $"{town.Id}-{at}").ToList();
        List<string> healthy = [$"{town.Id}-8", $"{town.Id}-9"];
        foreach (var tenant in dead.Concat(healthy))
        {
            var file = town.File.DeepClone();
            file["id"] = tenant;
            if (dead.Contains(tenant) && what == "delivery")
            {
                file["feeds"]![0]!["delivery"]!["port"] = nowhere.Port;
            }
            else if (dead.Contains(tenant))
            {
                file["source"]!["baseUrl"] = $"http://127.0.0.1:{nowhere.Port}/v2.0";
            }

            File.WriteAllText(Path.Combine(town.Folder, "tenants", $"{tenant}.json"), file.ToJsonString());
        }

        // The town's own is one too many.
        town.File["enabled"] = false;
        return (dead, healthy);
    }

    private static async Task<List<string>> StatesAsync(Town town, IEnumerable<string> tenants)
    {
        var states = new List<string>();
        foreach (var tenant in tenants)
        {
            await foreach (var blob in town.Container("runs").GetBlobsAsync(
                global::Azure.Storage.Blobs.Models.BlobTraits.None, global::Azure.Storage.Blobs.Models.BlobStates.None, $"{tenant}/", default))
            {
                states.Add((string)JsonNode.Parse((await town.Container("runs").GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content)!["state"]!);
            }
        }

        return states;
    }
}
