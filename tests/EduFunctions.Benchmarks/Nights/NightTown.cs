using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using EduFunctions.Benchmarks.Commands;
using EduFunctions.Benchmarks.Comparing;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>What is around the nights that are measured, each in a process of its own: source, targets and storage, which last from one night to the next.</summary>
internal sealed class NightTown
{
    private readonly WorkFolder _work;
    private readonly ChangingSchools _schools;
    private readonly EduCloudServer _source;
    private readonly AzuriteServer _azurite;

    private NightTown(WorkFolder work, ChangingSchools schools, EduCloudServer source, AzuriteServer azurite) =>
        (_work, _schools, _source, _azurite) = (work, schools, source, azurite);

    /// <param name="change">Makes of a tenant and its number what is published; null for nothing else.</param>
    public static async Task<T> VisitAsync<T>(NightSetup setup, Func<JsonObject, int, JsonObject>? change, Func<NightTown, Task<T>> visit, CancellationToken ct)
    {
        using var work = new WorkFolder(kept: null);
        var world = new SchoolWorld(new WorldOptions { Persons = setup.Persons, Today = DateOnly.FromDateTime(DateTime.Today) });
        var schools = new ChangingSchools(new RememberedSchools(world), setup.Repeats);
        await using var source = await EduCloudServer.StartAsync(schools, ExtractCommand.WithoutLookUp(), ct);
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Folders = ["/", .. NightFeeds.Folders] }, ct);
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.IdlePolls = 0;
        await using var azurite = await AzuriteServer.StartAsync(work.Folder.CreateSubdirectory("azurite").FullName, ct: ct);
        var town = new NightTown(work, schools, source, azurite);
        var feeds = new NightFeeds(dropBox, learn);
        var tenants = Enumerable.Range(0, setup.Tenants).Select(number => (number, Tenant: town.Tenant($"tenant-{number:000}", feeds.Of(setup.Feeds, number))));
        await town.PublishAsync(tenants.Select(each => change?.Invoke(each.Tenant, each.number) ?? each.Tenant), ct);
        return await visit(town);
    }

    /// <summary>A first night and the one after it.</summary>
    public async Task<NightPair> TwoNightsAsync(Func<bool, Task<TimedNight>> night)
    {
        var load = Machine.Load();
        var first = await night(false);
        _schools.IsSecondNight = true;
        return new NightPair(load, first, await night(true));
    }

    public Task<TimedNight> NightAsync(NightWay way, CancellationToken ct)
    {
        var switches = new[] { (way.IsServed, "--served"), (way.IsOneByOne, "--one-by-one") }.Where(each => each.Item1).Select(each => each.Item2);
        return RunAsync([NightHost.Name, .. switches, "--day", $"{way.Day}"], ct);
    }

    /// <param name="isSecond">Whether it is asked for, since a second night begins only after twelve hours.</param>
    public Task<TimedNight> WorkerNightAsync(DirectoryInfo app, bool isSecond, CancellationToken ct) =>
        RunAsync([WorkerNight.Name, "--app", app.FullName, .. isSecond ? ["--asked"] : Array.Empty<string>()], ct);

    private async Task<TimedNight> RunAsync(IEnumerable<string> arguments, CancellationToken ct)
    {
        await ChildProcess.RunAsync(
            [.. arguments, "--storage", _azurite.ConnectionString, "--source-secret", _source.ClientSecret, "--out", _work.Folder.FullName], ct);
        var json = await File.ReadAllBytesAsync(Path.Combine(_work.Folder.FullName, NightHost.ResultFile), ct);
        return JsonSerializer.Deserialize<TimedNight>(json, Serialization.Indented)!;
    }

    private async Task PublishAsync(IEnumerable<JsonObject> tenants, CancellationToken ct)
    {
        var blobs = new BlobStorage(new BlobServiceClient(_azurite.ConnectionString));
        await blobs.CreateContainersAsync(ct);
        await MessageQueues.Open(_azurite.ConnectionString).CreateAsync(ct);
        foreach (var tenant in tenants)
        {
            await blobs.WriteAsync(Containers.Tenants, $"{tenant["id"]}.json", JsonSerializer.SerializeToUtf8Bytes(tenant), ct);
        }
    }

    private JsonObject Tenant(string id, JsonArray feeds) => new()
    {
        ["id"] = id,
        ["name"] = "Nordhamns kommun",
        ["source"] = new JsonObject
        {
            ["type"] = "educloud",
            ["baseUrl"] = _source.BaseUrl,
            ["tokenUrl"] = _source.TokenUrl,
            ["clientId"] = _source.ClientId,
            ["clientSecret"] = new JsonObject { ["secret"] = NightServices.SourceSecret },
        },
        ["feeds"] = feeds,
    };
}

/// <param name="Feeds">Names of those that each tenant has.</param>
/// <param name="Repeats">Whether somebody stands on two pages of the source, whose persons are then pulled once more and compared.</param>
internal sealed record NightSetup(int Tenants, int Persons, IReadOnlyList<string> Feeds, bool Repeats = true);

/// <param name="Load">The machine's at the beginning.</param>
internal sealed record NightPair(double Load, TimedNight First, TimedNight Second)
{
    public NightPair WithoutCalls() => this with { First = First.WithoutCalls(), Second = Second.WithoutCalls() };
}
