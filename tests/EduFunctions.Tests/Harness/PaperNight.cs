using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.App;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Harness;

/// <summary>A night on paper: a school is decided on, rendered, checked and scanned, by the services that hosts use, with nothing in storage, without source or target.</summary>
internal sealed class PaperNight : IDisposable
{
    private const string Run = "20260901T000000Z-0000";
    private const string Extension = "json.gz";

    private PaperNight(Decided decided, FeedFiles files, IReadOnlyList<FeedError> leaks, IReadOnlyList<FeedError> errors) =>
        (Decided, Files, Leaks, Errors) = (decided, files, leaks, errors);

    public Decided Decided { get; }

    public FeedFiles Files { get; }

    public IReadOnlyList<FeedError> Leaks { get; }

    public IReadOnlyList<FeedError> Errors { get; }

    /// <summary>What the feed for Apple is made of, one file.</summary>
    public AppleZip Apple()
    {
        var zip = new MemoryStream();
        Files.Open(Files.Names.Single()).CopyTo(zip);
        return new AppleZip(zip.ToArray());
    }

    /// <param name="change">What the tenant file says beyond the default.</param>
    /// <param name="before">An earlier night, of which the target may have what it kept.</param>
    /// <param name="isConfirmed">Whether it is known that its delivery has arrived.</param>
    public static Task<PaperNight> RunAsync(ISchoolData school, Action<JsonObject>? change = null, PaperNight? before = null, bool isConfirmed = true) =>
        RunAsync(Pull(school), Tenant(), change, before, isConfirmed);

    /// <summary>The same of OneRoster files, by name with ending.</summary>
    public static Task<PaperNight> RunAsync(IReadOnlyDictionary<string, string> files, Action<JsonObject> change)
    {
        var tenant = Tenant();
        tenant["source"] = new JsonObject { ["type"] = "oneRosterCsv", ["path"] = "/nowhere" };
        return RunAsync(Pull(files), tenant, change);
    }

    private static async Task<PaperNight> RunAsync(Snapshot pull, JsonObject file, Action<JsonObject>? change, PaperNight? before = null, bool isConfirmed = true)
    {
        using var services = Services();
        change?.Invoke(file);
        var reading = await ReadTenantAsync(services, file);
        var tenant = reading.Tenant ?? throw new InvalidOperationException(string.Join('\n', reading.Errors));
        var decided = await services.GetRequiredService<Deciding>().DecideAsync(
            pull, Occasion.WithoutEffect(tenant, Run, Night.Today, isKept: false), tenant.Feeds, CancellationToken.None);
        decided.Problems.ToList().ForEach(problem => ExceptionDispatchInfo.Throw(problem));
        var chosen = decided.Feeds.Single();
        var (feed, settings, files) = (services.GetRequiredService<Catalog<IFeed>>()[chosen.Setup.Type], chosen.Setup.Settings, new FeedFiles());
        using var known = new KnownFiles();
        foreach (var name in before?.Files.KeptNames ?? [])
        {
            before!.Files.Open(name).CopyTo(known.Create(new KnownFile(name, Run, isConfirmed)));
        }

        feed.Render(new FeedInput(chosen.Roster, chosen.Selection, settings, known, Night.Today)
        {
            Tenant = tenant.Id,
            Begun = new DateTimeOffset(Night.Today, default, default),
        }, files);
        return new PaperNight(decided, files, LeakScan.Errors(files, decided.Protected, feed, settings), feed.Check(files, settings));
    }

    /// <summary>A tenant file, whose source and target are never called.</summary>
    public static JsonObject Tenant()
    {
        var tenant = TenantJson.Make("paper");
        (tenant["source"]!["baseUrl"], tenant["source"]!["tokenUrl"]) = ("https://register.example/v2.0", "https://register.example/token");
        tenant["source"]!["clientId"] = "paper";
        return tenant;
    }

    /// <summary>A file as it would be sent.</summary>
    public string Text(string name)
    {
        using var reader = new StreamReader(Files.Open(name), leaveOpen: true);
        return reader.ReadToEnd();
    }

    public byte[] Bytes(string name)
    {
        using var copy = new MemoryStream();
        Files.Open(name).CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Ids under a finding.</summary>
    public IEnumerable<string> Found(string code) =>
        Decided.Feeds.Single().Selection.Findings.Summarise(_ => true).Where(finding => finding.Code == code).SelectMany(finding => finding.Sample);

    /// <summary>Whether somebody is in the feed.</summary>
    public bool Has(string label)
    {
        var feed = Decided.Feeds.Single();
        return Enumerable.Range(0, feed.Roster.Persons.Count).Any(row => feed.Selection.Persons[row] && feed.Roster.Persons[row].Id.ToString() == Ids.Of(label));
    }

    public static async Task<IReadOnlyList<ConfigurationError>> TenantErrorsAsync(JsonObject tenant)
    {
        using var services = Services();
        return (await ReadTenantAsync(services, tenant)).Errors;
    }

    public void Dispose() => Files.Dispose();

    private static Task<TenantReading> ReadTenantAsync(ServiceProvider services, JsonObject tenant) =>
        services.GetRequiredService<TenantReader>().ReadAsync(Encoding.UTF8.GetBytes(tenant.ToJsonString()), CancellationToken.None);

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new[] { TenantJson.SourceSecret, TenantJson.DropBoxSecret, TenantJson.LearnSecret, TenantJson.ImportSecret }
                .Select(secret => new KeyValuePair<string, string?>($"Secrets:{secret}", "paper")))
            .Build();
        return new ServiceCollection().AddLogging().AddRosterPipeline(configuration).AddSingleton(new EmptyStorage().Client).BuildServiceProvider();
    }

    /// <summary>A page per collection, as it would have been stored.</summary>
    private static Snapshot Pull(ISchoolData school)
    {
        var pages = Collections.All.ToDictionary(name => name, name => (school.Count(name), Stored(RegisterPage.Of(school, name))));
        return Pull("educloud", Extension, pages);
    }

    private static Snapshot Pull(IReadOnlyDictionary<string, string> files) => Pull(
        "oneRosterCsv", "csv.gz",
        files.Where(file => file.Key != "manifest.csv").ToDictionary(
            file => Path.GetFileNameWithoutExtension(file.Key), file => (file.Value.Count(c => c == '\n') - 1, Stored(Encoding.UTF8.GetBytes(file.Value)))));

    private static Snapshot Pull(string source, string extension, Dictionary<string, (int Rows, (byte[] Body, byte[] Stored) Page)> collections)
    {
        var pages = collections.ToDictionary(entry => SnapshotPath.Page("paper", Run, entry.Key, 0, extension), entry => entry.Value.Page);
        var manifests = collections.ToDictionary(entry => entry.Key, entry => Manifest(entry.Value.Rows, entry.Value.Page));
        var manifest = new SnapshotManifest
        {
            Tenant = "paper",
            Run = Run,
            Source = source,
            Started = new DateTimeOffset(Night.Today, default, default),
            Finished = new DateTimeOffset(Night.Today, default, default),
            Extension = extension,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData("paper"u8)),
            Collections = new(manifests, StringComparer.Ordinal),
        };
        return new Snapshot(manifest, (name, _) => Task.FromResult<Stream?>(new MemoryStream(pages[name].Stored)));
    }

    private static (byte[] Body, byte[] Stored) Stored(byte[] body) => (body, RegisterPage.Stored(body));

    private static CollectionManifest Manifest(int rows, (byte[] Body, byte[] Stored) page) => new(rows, rows, 0, 0,
        [new PageManifest(0, rows, page.Body.Length, Hex(page.Body), page.Stored.Length, Hex(page.Stored))]);

    private static string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
