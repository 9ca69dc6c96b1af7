using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Simulators.UniloginImport;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Invented school owners, Swedish and Danish, with their registers, the systems they feed, and the tenant files that join them up.</summary>
internal sealed class DemoTown : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _servers = [];

    public DirectoryInfo Tenants { get; } = Directory.CreateTempSubdirectory("edufunctions-demo-");

    public Dictionary<string, string?> Settings { get; } = [];

    public static async Task<DemoTown> StartAsync(DateOnly today, CancellationToken ct)
    {
        var town = new DemoTown();
        var targets = await town.StartTargetsAsync(ct);
        foreach (var (tenant, schools) in Registers(today))
        {
            var register = await EduCloudServer.StartAsync(schools, ct: ct);
            town._servers.Add(register);
            town.Settings["Secrets:demo-educloud"] = register.ClientSecret;
            await town.WriteTenantAsync(tenant, source => (source["baseUrl"], source["tokenUrl"]) = (register.BaseUrl, register.TokenUrl), targets, ct);
        }

        var unilogin = await town.StartUniloginAsync(today, ct);
        await town.WriteTenantAsync("skovby", source => source["endpoint"] = unilogin, targets, ct);
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

    private async Task<DemoTargets> StartTargetsAsync(CancellationToken ct)
    {
        var options = new DropBoxOptions();
        var dropBox = await DropBox.StartAsync(options, ct);
        var learn = await LearnServer.StartAsync();
        learn.Habits.IdlePolls = 0;
        var import = await ImportServer.StartAsync();
        _servers.AddRange([dropBox, learn, import]);
        Settings["Secrets:demo-dropbox"] = options.Password;
        Settings["Secrets:demo-learn"] = learn.Integrations[0].Password;
        Settings["Secrets:demo-wsaimport"] = import.Password;
        return new DemoTargets(dropBox, learn, import);
    }

    /// <summary>The address of the export service.</summary>
    private async Task<string> StartUniloginAsync(DateOnly today, CancellationToken ct)
    {
        const int FirstMonth = 8;
        var world = new DanishWorld(seed: 4, persons: 900, ["999001", "A99002"], today.Month >= FirstMonth ? today.Year : today.Year - 1);
        var unilogin = await UniloginServer.StartAsync(ExportDocument.Of(world.Institutions), ct: ct);
        _servers.Add(unilogin);
        unilogin.Agreements.UnionWith(world.Institutions.Select(institution => institution.Number));
        Settings["Secrets:demo-unilogin"] = unilogin.ClientPem;
        return unilogin.Endpoint(version: 7);
    }

    private async Task WriteTenantAsync(string tenant, Action<JsonNode> pointSource, DemoTargets targets, CancellationToken ct)
    {
        var sample = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Demo", "tenants", $"{tenant}.json"), ct);
        var file = JsonNode.Parse(sample, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        pointSource(file["source"]!);
        foreach (var feed in file["feeds"]!.AsArray())
        {
            targets.PointAt(feed!["delivery"]!);
        }

        await File.WriteAllTextAsync(Path.Combine(Tenants.FullName, $"{tenant}.json"), file.ToJsonString(), ct);
    }
}
