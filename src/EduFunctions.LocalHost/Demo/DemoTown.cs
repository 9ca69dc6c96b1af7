using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.Unikum;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Simulators.UniloginImport;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Invented school owners, Swedish and Danish, with their registers, the systems they feed, and the tenant files that join them up.</summary>
internal sealed class DemoTown : IAsyncDisposable
{
    /// <summary>The tenant whose second night shows what the guard is for.</summary>
    public const string Losing = "solberga";

    /// <summary>Beside the tenant files: the servers' passwords as a shell takes them, and the keys that the drop box lets in, which may be added to.</summary>
    private const string Secrets = "secrets.sh";
    private const string AuthorizedKeys = "authorized_keys";
    private const string Received = "received";
    private const string Persons = "persons";
    private const string Marking = "securityMarking";

    private const string SecretSetting = "Secrets:";
    private const string UnikumFolder = "/unikum";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<IAsyncDisposable> _servers = [];
    private readonly DateOnly _today;
    private readonly EditedSchoolData _losing;
    private readonly List<DemoPerson> _left = [];
    private DropBox _dropBox = null!;

    private DemoTown(DateOnly today, string folder)
    {
        _today = today;
        Tenants = new DirectoryInfo(PrivateFiles.Folder(folder));
        _losing = new EditedSchoolData(new SchoolWorld(new WorldOptions { Today = today, Seed = 3, Persons = 400, EmailDomain = "solberga.example" }));
    }

    /// <summary>The tenant files with the servers' addresses, and what opens the servers; gone with them.</summary>
    public DirectoryInfo Tenants { get; }

    public Dictionary<string, string?> Settings { get; } = [];

    public static async Task<DemoTown> StartAsync(DateOnly today, string folder, CancellationToken ct)
    {
        var town = new DemoTown(today, folder);
        var unilogin = await town.StartUniloginAsync(ct);
        var targets = await town.StartTargetsAsync(unilogin, ct);
        foreach (var (tenant, schools) in town.Registers())
        {
            var register = await EduCloudServer.StartAsync(schools, ct: ct);
            town._servers.Add(register);
            town.Settings[SecretSetting + "demo-educloud"] = register.ClientSecret;
            await town.WriteTenantAsync(tenant, source => (source["baseUrl"], source["tokenUrl"], source["clientId"]) = (register.BaseUrl, register.TokenUrl, register.ClientId), targets, ct);
        }

        await town.WriteTenantAsync("skovby", source => source["endpoint"] = unilogin.Endpoint(version: 7), targets, ct);
        await town.WriteSecretsAsync(ct);
        return town;
    }

    /// <summary>Those who have left, once they have.</summary>
    public IReadOnlyList<DemoPerson> Left => _left;

    /// <summary>Those of the same town whom no target may have.</summary>
    public IEnumerable<DemoPerson> Protected => _losing.Rows(Persons).Where(person => (string?)person[Marking] == "Sekretessmarkering").Select(DemoPerson.Of);

    /// <summary>Ends every other enrolment in the register, as a fault there could.</summary>
    public void LoseHalfOfThePupils()
    {
        var yesterday = _today.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var pupils = 0;
        _losing.Edit(Persons, person => person["enrolments"] is JsonArray { Count: > 0 } && ++pupils % 2 == 0, person =>
        {
            _left.Add(DemoPerson.Of(person));
            foreach (var enrolment in person["enrolments"]!.AsArray())
            {
                enrolment!["endDate"] = yesterday;
            }
        });
    }

    /// <summary>Has Unikum import what lies in its folder, as it does at night.</summary>
    public UnikumReceiver ImportIntoUnikum()
    {
        var unikum = new UnikumReceiver(new UnikumOptions { OrganisationId = DemoValues.UnikumId, CivicNumbers = true });
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

    private IEnumerable<(string Tenant, ISchoolData Schools)> Registers() =>
    [
        ("nordhamn", new SchoolWorld(new WorldOptions { Today = _today, Seed = 1, Persons = 6000 })),
        ("vikdalen", new SchoolWorld(new WorldOptions { Today = _today, Seed = 2, Persons = 1500, EmailDomain = "vikdalen.example", ExtensFlags = true })),
        (Losing, _losing),
        ("sonderby", DanishTown.Make(_today)),
    ];

    private async Task<DemoTargets> StartTargetsAsync(UniloginServer unilogin, CancellationToken ct)
    {
        var options = new DropBoxOptions
        {
            Folders = ["/", "/dropbox", UnikumFolder],
            AuthorizedKeysFile = Path.Combine(Tenants.FullName, AuthorizedKeys),
            ReceivingFolder = Path.Combine(Tenants.FullName, Received),
        };
        _dropBox = await DropBox.StartAsync(options, ct);
        var learn = await LearnServer.StartAsync();
        learn.Habits.IdlePolls = 0;
        var import = await ImportServer.StartAsync();
        unilogin.Add(new SignedImport(import));
        _servers.AddRange([_dropBox, learn, import]);
        Settings[SecretSetting + "demo-dropbox"] = options.Password;
        Settings[SecretSetting + "demo-learn"] = learn.Integrations[0].Password;
        return new DemoTargets(_dropBox, options.Username, learn, unilogin);
    }

    private async Task<UniloginServer> StartUniloginAsync(CancellationToken ct)
    {
        const int FirstMonth = 8;
        var world = new DanishWorld(seed: 4, persons: 900, DemoValues.Institutions, _today.Month >= FirstMonth ? _today.Year : _today.Year - 1);
        var unilogin = await UniloginServer.StartAsync(ExportDocument.Of(world.Institutions), ct: ct);
        _servers.Add(unilogin);
        unilogin.Agreements.UnionWith(world.Institutions.Select(institution => institution.Number));
        Settings[SecretSetting + "demo-unilogin"] = unilogin.ClientPem;
        return unilogin;
    }

    private async Task WriteTenantAsync(string tenant, Action<JsonNode> pointSource, DemoTargets targets, CancellationToken ct)
    {
        var sample = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Demo", "tenants", $"{tenant}.json"), ct);
        var file = JsonNode.Parse(sample, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        DemoValues.FillIn(file);
        pointSource(file["source"]!);
        foreach (var feed in file["feeds"]!.AsArray())
        {
            targets.PointAt(feed!["delivery"]!);
        }

        await File.WriteAllTextAsync(Path.Combine(Tenants.FullName, $"{tenant}.json"), file.ToJsonString(Indented), ct);
    }

    /// <summary>For a shell: whoever makes a tenant of their own here wants to be let in as well.</summary>
    private Task WriteSecretsAsync(CancellationToken ct)
    {
        var lines = Settings.Select(setting => $"export {ConfigurationSecrets.Variable(setting.Key[SecretSetting.Length..])}='{setting.Value}'\n");
        return PrivateFiles.WriteAsync(Path.Combine(Tenants.FullName, Secrets), Encoding.UTF8.GetBytes(string.Concat(lines)), ct);
    }
}
