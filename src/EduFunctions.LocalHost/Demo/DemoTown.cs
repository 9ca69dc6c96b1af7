using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Three invented school owners with a register each, one drop box for all, and the tenant files that join them up.</summary>
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
        foreach (var (tenant, world) in Worlds(today))
        {
            var register = await EduCloudServer.StartAsync(new SchoolWorld(world), ct: ct);
            town._servers.Add(register);
            town.Settings["Secrets:demo-educloud"] = register.ClientSecret;
            await town.WriteTenantAsync(tenant, register, dropBox, ct);
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

    private static IEnumerable<(string Tenant, WorldOptions World)> Worlds(DateOnly today) =>
    [
        ("nordhamn", new WorldOptions { Today = today, Seed = 1, Persons = 6000 }),
        ("vikdalen", new WorldOptions { Today = today, Seed = 2, Persons = 1500, EmailDomain = "vikdalen.example", ExtensFlags = true }),
        ("solberga", new WorldOptions { Today = today, Seed = 3, Persons = 400, EmailDomain = "solberga.example" }),
    ];

    private async Task WriteTenantAsync(string tenant, EduCloudServer register, DropBox dropBox, CancellationToken ct)
    {
        var sample = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Demo", "tenants", $"{tenant}.json"), ct);
        var file = JsonNode.Parse(sample, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        var (source, delivery) = (file["source"]!, file["feeds"]![0]!["delivery"]!);
        source["baseUrl"] = register.BaseUrl;
        source["tokenUrl"] = register.TokenUrl;
        delivery["host"] = "127.0.0.1";
        delivery["port"] = dropBox.Port;
        delivery["hostKeys"] = new JsonArray([.. dropBox.HostKeyFingerprints.Select(key => JsonValue.Create(key))]);
        await File.WriteAllTextAsync(Path.Combine(Tenants.FullName, $"{tenant}.json"), file.ToJsonString(), ct);
    }
}
