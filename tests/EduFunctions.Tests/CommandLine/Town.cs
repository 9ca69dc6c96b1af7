using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using EduFunctions.LocalHost.Commands;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.CommandLine;

/// <summary>A register, a drop box, and a folder with one tenant file that joins them up; the commands run in that folder.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-test-");

    private Town(EduCloudServer register, DropBox dropBox, string storage)
    {
        Register = register;
        DropBox = dropBox;
        Storage = storage;
        File = Tenant();
    }

    /// <summary>For <c>NightlyHour</c>: whenever the tests run, it is the tenants' night.</summary>
    public static string HourNow => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Europe/Stockholm").Hour.ToString(CultureInfo.InvariantCulture);

    public EduCloudServer Register { get; }

    public DropBox DropBox { get; }

    public string Storage { get; }

    public string Id { get; } = $"town-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>The tenant file; change it before the command.</summary>
    public JsonObject File { get; }

    public Dictionary<string, string> Environment { get; } = new()
    {
        ["Secrets__educloud"] = "educloud-secret",
        ["Secrets__dropbox"] = "drop-box-password",
        ["Pipeline__FirstPause"] = "00:00:00.050",
    };

    public string Folder => _folder.FullName;

    public string RunRecord => System.IO.File.ReadAllText(Path.Combine(Folder, "out", Id, "run.json"));

    public JsonNode Run => JsonNode.Parse(RunRecord)!;

    public byte[] Zip => System.IO.File.ReadAllBytes(Path.Combine(Folder, "out", Id, "apple", "asm.zip"));

    /// <param name="dropBox">Null takes the usual one, which the towns of a collection share one after the other.</param>
    public static async Task<Town> StartAsync(AzuriteFixture azurite, ISchoolData? schools = null, DropBoxOptions? dropBox = null) => new(
        await EduCloudServer.StartAsync(schools ?? new SchoolWorld(new WorldOptions { Today = new DateOnly(2026, 9, 1) })),
        dropBox is null ? (await azurite.DropBoxAsync()).FromNow() : await DropBox.StartAsync(dropBox),
        azurite.ConnectionString);

    public BlobContainerClient Container(string name) => new BlobServiceClient(Storage).GetBlobContainerClient(name);

    public Task<Ended> SyncAsync(params IEnumerable<string> further)
    {
        WriteFile();
        return LocalHostProcess.RunAsync(Environment, Folder, SyncArguments(further));
    }

    /// <summary>The same in this process, which is much quicker: for what a test only needs to have happened before.</summary>
    public async Task<int> PassAsync(bool isDry = false)
    {
        WriteFile();
        var settings = Environment.ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => (string?)setting.Value);
        await using var services = await CommandServices.OpenAsync(Storage, settings, CancellationToken.None);
        var files = await services.Get<TenantFiles>().PublishAsync(new DirectoryInfo(Path.Combine(Folder, "tenants")), Asker.Nobody, CancellationToken.None);
        var request = new RunRequest { Trigger = RunTrigger.CommandLine, Date = Night.Today, DryRun = isDry, Resume = true };
        var results = await services.Get<SyncRunner>().RunAsync([.. files.Select(file => file.Id!)], request, CancellationToken.None);
        foreach (var result in results)
        {
            await services.Get<SyncRunner>().WriteAsync(result.Run, new DirectoryInfo(Path.Combine(Folder, "out")), CancellationToken.None);
        }

        return ExitCodes.Of([.. results.Select(result => result.ExitCode)]);
    }

    public LocalHostProcess StartSync(params IEnumerable<string> further)
    {
        WriteFile();
        return LocalHostProcess.Start(Environment, Folder, SyncArguments(further));
    }

    public Task<Ended> CommandAsync(params IEnumerable<string> arguments) =>
        LocalHostProcess.RunAsync(Environment, Folder, [.. arguments, "--storage", Storage]);

    /// <summary>The same of a command that reads a line.</summary>
    public async Task<Ended> AskAsync(string line, params IEnumerable<string> arguments)
    {
        using var process = LocalHostProcess.Start(Environment, Folder, [.. arguments, "--storage", Storage]);
        return await process.Told($"{line}\n").EndAsync();
    }

    public void WriteFile()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "tenants"));
        System.IO.File.WriteAllText(Path.Combine(Folder, "tenants", $"{Id}.json"), File.ToJsonString(new() { WriteIndented = true }));
    }

    public async Task<List<string>> BlobsAsync(string container, string ending)
    {
        var names = new List<string>();
        await foreach (var blob in Container(container).GetBlobsAsync(
            global::Azure.Storage.Blobs.Models.BlobTraits.None, global::Azure.Storage.Blobs.Models.BlobStates.None, $"{Id}/", default))
        {
            names.Add(blob.Name);
        }

        return [.. names.Where(name => name.EndsWith(ending, StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        await Register.DisposeAsync();
        await DropBox.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private IEnumerable<string> SyncArguments(IEnumerable<string> further) =>
        ["sync", "--tenants", "tenants", "--date", "2026-09-01", "--out", "out", "--storage", Storage, .. further];

    private JsonObject Tenant() => new()
    {
        ["id"] = Id,
        ["name"] = "Provstad",
        ["source"] = new JsonObject
        {
            ["type"] = "educloud",
            ["baseUrl"] = Register.BaseUrl,
            ["tokenUrl"] = Register.TokenUrl,
            ["clientId"] = Register.ClientId,
            ["clientSecret"] = new JsonObject { ["secret"] = "educloud" },
            ["pageSize"] = 100,
        },
        ["feeds"] = new JsonArray(new JsonObject
        {
            ["name"] = "apple",
            ["type"] = "appleSchoolManager",
            ["delivery"] = new JsonObject
            {
                ["type"] = "sftp",
                ["host"] = "127.0.0.1",
                ["port"] = DropBox.Port,
                ["username"] = "nordhamn@sftp.example",
                ["password"] = new JsonObject { ["secret"] = "dropbox" },
                ["hostKeys"] = new JsonArray([.. DropBox.HostKeyFingerprints.Select(key => JsonValue.Create(key))]),
                ["directory"] = "dropbox",
            },
        }),
    };
}
