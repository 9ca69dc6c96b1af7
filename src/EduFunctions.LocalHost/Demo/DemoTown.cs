using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.Unikum;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Three invented school owners with a register each, one drop box for all, one Learn, one Unikum, and the tenant files that join them up.</summary>
internal sealed class DemoTown : IAsyncDisposable
{
    private const string UnikumFolder = "/unikum";

    private readonly List<IAsyncDisposable> _servers = [];
    private readonly DropBox _dropBox;

    private DemoTown(DropBox dropBox)
    {
        _dropBox = dropBox;
        _servers.Add(dropBox);
    }

    public DirectoryInfo Tenants { get; } = Directory.CreateTempSubdirectory("edufunctions-demo-");

    public Dictionary<string, string?> Settings { get; } = [];

    public static async Task<DemoTown> StartAsync(DateOnly today, CancellationToken ct)
    {
        var options = new DropBoxOptions { Folders = ["/", "/dropbox", UnikumFolder] };
        var dropBox = await DropBox.StartAsync(options, ct);
        var town = new DemoTown(dropBox);
        town.Settings["Secrets:demo-dropbox"] = options.Password;
        var learn = await LearnServer.StartAsync();
        learn.Habits.IdlePolls = 0;
        town._servers.Add(learn);
        town.Settings["Secrets:demo-learn"] = learn.Integrations[0].Password;
        foreach (var (tenant, world) in Worlds(today))
        {
            var register = await EduCloudServer.StartAsync(new SchoolWorld(world), ct: ct);
            town._servers.Add(register);
            town.Settings["Secrets:demo-educloud"] = register.ClientSecret;
            await town.WriteTenantAsync(tenant, register, dropBox, learn, ct);
        }

        return town;
    }

    /// <summary>Has Unikum import what lies in its folder, as it does at night.</summary>
    public UnikumReceiver ImportIntoUnikum()
    {
        var unikum = new UnikumReceiver(new UnikumOptions { OrganisationId = "solberga", CivicNumbers = true });
        foreach (var file in _dropBox.Received.Where(file => file.Path.StartsWith(UnikumFolder, StringComparison.Ordinal)))
        {
            using var zip = File.OpenRead(file.LocalFile);
            unikum.Import(Path.GetFileName(file.Path), zip);
        }

        return unikum;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Tenants.Delete(recursive: true);
    }

    private static IEnumerable<(string Tenant, WorldOptions World)> Worlds(DateOnly today) =>
    [
        ("nordhamn", new WorldOptions { Today = today, Seed = 1, Persons = 6000 }),
        ("vikdalen", new WorldOptions { Today = today, Seed = 2, Persons = 1500, EmailDomain = "vikdalen.example", ExtensFlags = true }),
        ("solberga", new WorldOptions { Today = today, Seed = 3, Persons = 400, EmailDomain = "solberga.example" }),
    ];

    private async Task WriteTenantAsync(string tenant, EduCloudServer register, DropBox dropBox, LearnServer learn, CancellationToken ct)
    {
        var sample = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Demo", "tenants", $"{tenant}.json"), ct);
        var file = JsonNode.Parse(sample, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        var source = file["source"]!;
        source["baseUrl"] = register.BaseUrl;
        source["tokenUrl"] = register.TokenUrl;
        foreach (var feed in file["feeds"]!.AsArray())
        {
            PointAt(feed!["delivery"]!, dropBox, learn);
        }

        await File.WriteAllTextAsync(Path.Combine(Tenants.FullName, $"{tenant}.json"), file.ToJsonString(), ct);
    }

    private static void PointAt(JsonNode delivery, DropBox dropBox, LearnServer learn)
    {
        if ((string?)delivery["type"] == "blackboard")
        {
            delivery["baseUrl"] = learn.BaseUrl;
            delivery["username"] = learn.Integrations[0].Username;
            return;
        }

        delivery["host"] = "127.0.0.1";
        delivery["port"] = dropBox.Port;
        delivery["hostKeys"] = new JsonArray([.. dropBox.HostKeyFingerprints.Select(key => JsonValue.Create(key))]);
    }
}
