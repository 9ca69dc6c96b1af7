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
        var command = new Command("night", "Whole nights of many tenants through storage and simulators.") { tenants, persons, seven };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(tenants), parsed.GetValue(persons), parsed.GetValue(seven), ct));
        return command;
    }

    private static async Task RunAsync(int tenants, int persons, bool hasSevenFeeds, CancellationToken ct)
    {
        using var work = new WorkFolder(kept: null);
        var schools = new RememberedSchools(new SchoolWorld(new WorldOptions { Persons = persons, Today = DateOnly.FromDateTime(DateTime.Today) }));
        await using var source = await EduCloudServer.StartAsync(schools, ExtractCommand.WithoutLookUp(), ct);
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Folders = ["/", .. NightFeeds.Folders] }, ct);
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.IdlePolls = 0;
        await using var azurite = await AzuriteServer.StartAsync(work.Folder.CreateSubdirectory("azurite").FullName, ct: ct);
        var feeds = new NightFeeds(dropBox, learn);
        await PublishAsync(azurite.ConnectionString, tenants, source, number => hasSevenFeeds ? feeds.Seven(number) : new JsonArray(feeds.Apple), ct);

        string[] arguments =
            [NightHost.Name, "--storage", azurite.ConnectionString, "--source-secret", source.ClientSecret, "--out", work.Folder.FullName];
        var process = await ChildProcess.MeasureAsync(arguments, ct);
        var json = await File.ReadAllBytesAsync(Path.Combine(work.Folder.FullName, NightHost.ResultFile), ct);
        NightTables.Show(JsonSerializer.Deserialize<TimedNight>(json, Serialization.Indented)!, process);
    }

    private static async Task PublishAsync(string storage, int tenants, EduCloudServer source, Func<int, JsonArray> feeds, CancellationToken ct)
    {
        var blobs = new BlobStorage(new BlobServiceClient(storage));
        await blobs.CreateContainersAsync(ct);
        await MessageQueues.Open(storage).CreateAsync(ct);
        for (var number = 0; number < tenants; number++)
        {
            var id = $"tenant-{number:000}";
            await blobs.WriteAsync(Containers.Tenants, $"{id}.json", JsonSerializer.SerializeToUtf8Bytes(Tenant(id, source, feeds(number))), ct);
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
}
