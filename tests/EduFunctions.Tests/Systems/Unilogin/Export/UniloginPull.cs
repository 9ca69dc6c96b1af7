using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>A pull as it ended: the run's record, and the snapshot when it is whole.</summary>
internal sealed record Pulled(RunRecord Run, Snapshot? Snapshot, IReadOnlyList<string> Log);

/// <summary>A Danish tenant that pulls from the simulator, through plan and extract as the hosts run them.</summary>
internal sealed class UniloginPull(AzuriteFixture azurite, UniloginServer server)
{
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["AzureWebJobsStorage"] = azurite.ConnectionString,
        ["Pipeline:FirstPause"] = "00:00:00.010",
        ["Pipeline:PageTries"] = "2",
        ["Secrets:signing"] = server.ClientPem,
        ["Secrets:roots"] = server.Authority.RootPem,
        ["Secrets:password"] = server.Password,
        ["Secrets:dropbox"] = "nobody-is-called",
    };

    public JsonObject Tenant { get; } = new()
    {
        ["id"] = $"t{Guid.NewGuid():n}",
        ["name"] = "Skovby Kommune",
        ["timeZone"] = "Europe/Copenhagen",
        ["source"] = Source(server, 7),
        ["feeds"] = new JsonArray(TenantJson.FeedOf("appleSchoolManager", [])),
    };

    public TimeProvider Clock { get; init; } = server.Habits.Clock;

    public UniloginPull Version(int version)
    {
        Tenant["source"] = Source(server, version);
        return this;
    }

    public UniloginPull With(string key, JsonNode? value)
    {
        Tenant["source"]![key] = value;
        return this;
    }

    public UniloginPull Setting(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    public UniloginPull Institutions(params string[] numbers) => With("institutions", new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]));

    /// <summary>Plans and extracts, in as many slices as it takes; what comes after belongs to others.</summary>
    public async Task<Pulled> RunAsync(RunTrigger trigger = RunTrigger.Nightly, CancellationToken ct = default)
    {
        var log = new CapturedLog();
        await using var services = Services(log);
        var id = (string)Tenant["id"]!;
        Tenant["feeds"]![0]!["delivery"]!["password"] = new JsonObject { ["secret"] = "dropbox" };
        await services.GetRequiredService<TenantStore>().PublishAsync(id, Encoding.UTF8.GetBytes(Tenant.ToJsonString()), ct);
        var pipeline = services.GetRequiredService<RosterPipeline>();
        var started = await pipeline.StartAsync(id, new RunRequest { Trigger = trigger, Resume = true }, ct);
        var next = started.Next;
        while (next.Extract is [var message])
        {
            next = await pipeline.ExtractAsync(message, ct);
        }

        var runs = services.GetRequiredService<RunStore>();
        var run = (await runs.FindAsync(id, started.Run.Run, ct))!;
        await runs.GiveUpAsync(run, "Only the pull was wanted.", ct);
        return new Pulled(run, await Snapshot.FindAsync(azurite.Blobs, id, started.Run.Run, ct), log.Lines);
    }

    public ServiceProvider Services(CapturedLog log)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(_settings).Build();
        return new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddSingleton<IConfiguration>(configuration)
            .AddRosterPipeline(configuration)
            .AddSingleton(Clock)
            .BuildServiceProvider();
    }

    /// <summary>A stored answer as it came.</summary>
    public async Task<string> AnswerAsync(Pulled pulled, string institution)
    {
        var page = pulled.Snapshot!.Pages(institution)[0];
        await using var stored = (await azurite.Blobs.OpenAsync(
            Containers.Snapshots, $"{Tenant["id"]}/{pulled.Run.Run}/{institution}/000000.xml.gz", CancellationToken.None))!;
        using var body = await RentedBody.GunzipAsync(stored, (int)page.Bytes, CancellationToken.None);
        Assert.Equal(page.Bytes, body.Bytes.Length);
        Assert.Equal(page.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body.Bytes)));
        return Encoding.UTF8.GetString(body.Bytes);
    }

    public static JsonObject Secret(string name) => new() { ["secret"] = name };

    private static JsonObject Source(UniloginServer server, int version)
    {
        var source = new JsonObject
        {
            ["type"] = "unilogin",
            ["version"] = version,
            ["endpoint"] = server.Endpoint(version),
            ["package"] = "fuld",
            ["institutions"] = new JsonArray("999001"),
        };
        if (version == 7)
        {
            source["providerSystemId"] = server.SystemId;
            source["certificate"] = Secret("signing");
            source["trustedRoots"] = Secret("roots");
        }
        else
        {
            source["username"] = server.Username;
            source["password"] = Secret("password");
        }

        return source;
    }
}
