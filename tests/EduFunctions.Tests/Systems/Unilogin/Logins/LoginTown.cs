using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Simulators.Unilogin.Logins;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EduFunctions.Tests.Systems.Unilogin.Logins;

/// <summary>An answer of the API with its body as the caller sees it.</summary>
internal sealed record LoginReply(ApiAnswer Answer, JsonNode Body)
{
    public int Status => Answer.Status;

    public string Detail => (string)Body["detail"]!;
}

/// <summary>A broker, the services for lookups, and a tenant whose people log in; the API is asked as a host asks it.</summary>
internal sealed class LoginTown : IAsyncDisposable
{
    private const string PasswordSecret = "test-unilogin";
    private const string CertificateSecret = "test-unilogin-certificate";

    private readonly CapturedLog _log = new();
    private readonly AzuriteFixture _shared;
    private ServiceProvider? _services;

    private LoginTown(AzuriteFixture shared, BrokerServer broker, UniloginServer unilogin, int version)
    {
        (_shared, Broker, Unilogin) = (shared, broker, unilogin);
        Lookups.AddTo(unilogin);
        File = Tenant(version);
    }

    public BrokerServer Broker { get; }

    public UniloginServer Unilogin { get; }

    public LookupServices Lookups { get; } = new(Worlds.Skovby());

    public LookupWorld World => Lookups.World;

    public string Id { get; } = $"t{Guid.NewGuid():n}";

    /// <summary>The tenant file; change it before the first question.</summary>
    public JsonObject File { get; }

    /// <summary>The clock of the host; that of broker and tests goes on as it is.</summary>
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public IReadOnlyList<string> LogLines => _log.Lines;

    public IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>
    {
        [PasswordSecret] = Unilogin.Password,
        [CertificateSecret] = Unilogin.ClientPem,
        [TenantJson.DropBoxSecret] = "nobody-is-called",
    };

    public IServiceProvider Services => _services ??= Start();

    /// <param name="version">6 with user and password, 7 signed.</param>
    public static async Task<LoginTown> StartAsync(AzuriteFixture shared, int version = 6) =>
        new(shared, await BrokerServer.StartAsync(), await UniloginServer.StartAsync(SmallExport.Of(_ => [])), version);

    /// <param name="token">Null asks without one.</param>
    public async Task<LoginReply> AskAsync(string? token, object? question = null)
    {
        var store = Services.GetRequiredService<TenantStore>();
        await store.PublishAsync(Id, Encoding.UTF8.GetBytes(File.ToJsonString()), CancellationToken.None);
        using var body = new MemoryStream(question is null ? [] : JsonSerializer.SerializeToUtf8Bytes(question));
        var answer = await Services.GetRequiredService<LoginApi>().LookUpAsync(Id, token is null ? null : $"Bearer {token}", body, CancellationToken.None);
        return new LoginReply(answer, JsonSerializer.SerializeToNode(answer.Body, Serialization.Indented)!);
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Unilogin.DisposeAsync();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    private ServiceProvider Start()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = _shared.ConnectionString })
            .AddInMemoryCollection(Secrets.Select(secret => KeyValuePair.Create($"Secrets:{secret.Key}", (string?)secret.Value)))
            .Build();
        return new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<IConfiguration>(configuration)
            .AddRosterPipeline(configuration)
            .AddSingleton<TimeProvider>(Time)
            .BuildServiceProvider();
    }

    private JsonObject Tenant(int version)
    {
        var tenant = TenantJson.Make(Id);
        tenant["source"] = new JsonObject
        {
            ["type"] = "unilogin",
            ["version"] = version,
            ["endpoint"] = Unilogin.Endpoint(version),
            ["package"] = "fuld",
            ["institutions"] = new JsonArray(Worlds.North, Worlds.South),
        };
        tenant["source"]!.AsObject().Merge(version == 7 ? Signed() : Unsigned());
        tenant["logins"] = new JsonObject
        {
            ["broker"] = new JsonObject { ["issuer"] = Broker.Issuer, ["audience"] = Broker.Audience },
            ["wsiInst"] = Unilogin.Endpoint(version, "wsiinst"),
            ["wsiBruger"] = Unilogin.Endpoint(version, "wsibruger"),
            ["wsiIdentifikation"] = Unilogin.Endpoint(version, "wsiidentifikation"),
        };
        return tenant;
    }

    private JsonObject Signed() => new()
    {
        ["providerSystemId"] = Unilogin.SystemId,
        ["certificate"] = new JsonObject { ["secret"] = CertificateSecret },
    };

    private JsonObject Unsigned() => new()
    {
        ["username"] = Unilogin.Username,
        ["password"] = new JsonObject { ["secret"] = PasswordSecret },
    };
}
