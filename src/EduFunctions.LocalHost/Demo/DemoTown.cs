using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.UniloginImport;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Four invented school owners with a register each, one drop box for all, one Learn, one Unilogin import, and the tenant files that join them up.</summary>
internal sealed class DemoTown : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _servers = [];

    public DirectoryInfo Tenants { get; } = Directory.CreateTempSubdirectory("edufunctions-demo-");

    public Dictionary<string, string?> Settings { get; } = [];

    public static async Task<DemoTown> StartAsync(DateOnly today, CancellationToken ct)
    {
        var town = new DemoTown();
        var options = new DropBoxOptions();
        var dropBox = await DropBox.StartAsync(options, ct);
        town._servers.Add(dropBox);
        town.Settings["Secrets:demo-dropbox"] = options.Password;
        var learn = await LearnServer.StartAsync();
        learn.Habits.IdlePolls = 0;
        town._servers.Add(learn);
        town.Settings["Secrets:demo-learn"] = learn.Integrations[0].Password;
        var import = await ImportServer.StartAsync();
        town._servers.Add(import);
        town.Settings["Secrets:demo-wsaimport"] = import.Password;
        foreach (var (tenant, schools) in Registers(today))
        {
            var register = await EduCloudServer.StartAsync(schools, ct: ct);
            town._servers.Add(register);
            town.Settings["Secrets:demo-educloud"] = register.ClientSecret;
            await town.WriteTenantAsync(tenant, register, dropBox, learn, import, ct);
        }

        return town;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Tenants.Delete(recursive: true);
    }

    private static IEnumerable<(string Tenant, ISchoolData Schools)> Registers(DateOnly today) =>
        [.. Worlds(today).Select(owner => (owner.Tenant, (ISchoolData)new SchoolWorld(owner.World))), ("sonderby", DanishTown.Make(today))];

    private static IEnumerable<(string Tenant, WorldOptions World)> Worlds(DateOnly today) =>
    [
        ("nordhamn", new WorldOptions { Today = today, Seed = 1, Persons = 6000 }),
        ("vikdalen", new WorldOptions { Today = today, Seed = 2, Persons = 1500, EmailDomain = "vikdalen.example", ExtensFlags = true }),
        ("solberga", new WorldOptions { Today = today, Seed = 3, Persons = 400, EmailDomain = "solberga.example" }),
    ];

    private async Task WriteTenantAsync(
        string tenant, EduCloudServer register, DropBox dropBox, LearnServer learn, ImportServer import, CancellationToken ct)
    {
        var sample = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Demo", "tenants", $"{tenant}.json"), ct);
        var file = JsonNode.Parse(sample, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        var source = file["source"]!;
        source["baseUrl"] = register.BaseUrl;
        source["tokenUrl"] = register.TokenUrl;
        foreach (var feed in file["feeds"]!.AsArray())
        {
            PointAt(feed!["delivery"]!, dropBox, learn, import);
        }

        await File.WriteAllTextAsync(Path.Combine(Tenants.FullName, $"{tenant}.json"), file.ToJsonString(), ct);
    }

    private static void PointAt(JsonNode delivery, DropBox dropBox, LearnServer learn, ImportServer import)
    {
        if ((string?)delivery["type"] == "uniloginImport")
        {
            delivery["endpoint"] = import.Endpoint;
            return;
        }

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
