using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using EduFunctions.Benchmarks.Comparing;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Nights;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>night</c>: whole nights of many tenants, from the source's pages to the drop box.</summary>
internal static class NightCommand
{
    public static Command Create()
    {
        var tenants = new Option<int>("--tenants") { Description = "Tenants of the night.", DefaultValueFactory = _ => 300 };
        var persons = new Option<int>("--persons") { Description = "Persons of each tenant.", DefaultValueFactory = _ => 6000 };
        var seven = new Option<bool>("--seven-feeds") { Description = "Seven feeds of each tenant instead of one: Apple twice, Learn, Unikum, OneRoster twice, School Data Sync." };
        var deadSources = new Option<int>("--dead-sources") { Description = "So many of the tenants have a source that accepts and never answers; measured beside a night without them." };
        var deadTargets = new Option<int>("--dead-targets") { Description = "The same of targets." };
        var command = new Command("night", "Whole nights of many tenants through storage and simulators.") { tenants, persons, seven, deadSources, deadTargets };
        command.SetAction(async (parsed, ct) =>
        {
            using var dead = new DeadNeighbours(parsed.GetValue(deadSources), parsed.GetValue(deadTargets));
            var setup = new NightSetup(parsed.GetValue(tenants), parsed.GetValue(persons), parsed.GetValue(seven));
            await (dead.Count == 0 ? ShowAsync(setup, ct) : CompareAsync(setup, dead, ct));
        });
        return command;
    }

    private static async Task ShowAsync(NightSetup setup, CancellationToken ct)
    {
        var (night, process) = await RunAsync(setup, (tenant, _) => tenant, isServed: false, ct);
        NightTables.Show(night, process);
    }

    /// <summary>The healthy tenants alone, and then with their dead neighbours.</summary>
    private static async Task CompareAsync(NightSetup setup, DeadNeighbours dead, CancellationToken ct)
    {
        var (alone, _) = await RunAsync(setup with { Tenants = setup.Tenants - dead.Count }, (tenant, _) => tenant, isServed: true, ct);
        var (beside, _) = await RunAsync(setup, (tenant, number) => dead.Among(tenant, number, setup.Tenants), isServed: true, ct);
        NightTables.Show(alone, beside, dead.Count);
    }

    private static async Task<(TimedNight Night, Measurement Process)> RunAsync(
        NightSetup setup, Func<JsonObject, int, JsonObject> change, bool isServed, CancellationToken ct)
    {
        using var work = new WorkFolder(kept: null);
        var schools = new RememberedSchools(new SchoolWorld(new WorldOptions { Persons = setup.Persons, Today = DateOnly.FromDateTime(DateTime.Today) }));
        await using var source = await EduCloudServer.StartAsync(schools, ExtractCommand.WithoutLookUp(), ct);
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Folders = ["/", .. NightFeeds.Folders] }, ct);
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.IdlePolls = 0;
        await using var azurite = await AzuriteServer.StartAsync(work.Folder.CreateSubdirectory("azurite").FullName, ct: ct);
        var feeds = new NightFeeds(dropBox, learn);
        var tenants = Enumerable.Range(0, setup.Tenants).Select(number =>
            change(Tenant($"tenant-{number:000}", source, setup.HasSevenFeeds ? feeds.Seven(number) : new JsonArray(feeds.Apple)), number));
        await PublishAsync(azurite.ConnectionString, tenants, ct);

        string[] arguments =
            [NightHost.Name, "--storage", azurite.ConnectionString, "--source-secret", source.ClientSecret, "--out", work.Folder.FullName, .. isServed ? ["--served"] : Array.Empty<string>()];
        var process = await ChildProcess.MeasureAsync(arguments, ct);
        var json = await File.ReadAllBytesAsync(Path.Combine(work.Folder.FullName, NightHost.ResultFile), ct);
        return (JsonSerializer.Deserialize<TimedNight>(json, Serialization.Indented)!, process);
    }

    private static async Task PublishAsync(string storage, IEnumerable<JsonObject> tenants, CancellationToken ct)
    {
        var blobs = new BlobStorage(new BlobServiceClient(storage));
        await blobs.CreateContainersAsync(ct);
        await MessageQueues.Open(storage).CreateAsync(ct);
        foreach (var tenant in tenants)
        {
            await blobs.WriteAsync(Containers.Tenants, $"{tenant["id"]}.json", JsonSerializer.SerializeToUtf8Bytes(tenant), ct);
        }
    }

    private static JsonObject Tenant(string id, EduCloudServer source, JsonArray feeds) => new()
    {
        ["id"] = id,
        ["name"] = "Nordhamns kommun",
        ["source"] = new JsonObject
        {
            ["type"] = "educloud",
            ["baseUrl"] = source.BaseUrl,
            ["tokenUrl"] = source.TokenUrl,
            ["clientId"] = source.ClientId,
            ["clientSecret"] = new JsonObject { ["secret"] = NightHost.SourceSecret },
        },
        ["feeds"] = feeds,
    };

    private sealed record NightSetup(int Tenants, int Persons, bool HasSevenFeeds);
}
