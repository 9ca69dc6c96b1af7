using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EduFunctions.Tests.Http;

/// <summary>Some tenants in a storage that refuses what a test wants it to, and calls to the API about them.</summary>
internal sealed class TenantsInMemory : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="secrets">Names of those that the host has.</param>
    private TenantsInMemory(IEnumerable<string> secrets)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>("AzureWebJobsStorage", "UseDevelopmentStorage=true"), .. secrets.Select(name => KeyValuePair.Create<string, string?>($"Secrets:{name}", "secret"))])
            .Build();
        var storage = new InMemoryStorage(new InMemoryAccount(Time), carrying: Storage.CarryAsync);
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration)
            .AddSingleton(storage.Open()).AddSingleton<TimeProvider>(Time).BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 9, 1, 18, 0, 0, TimeSpan.Zero));

    public RefusingStorage Storage { get; } = new();

    public RunStore Runs => Get<RunStore>();

    public static Task<TenantsInMemory> OfAsync(params string[] tenants) => WithSecretsAsync([TenantJson.SourceSecret, TenantJson.DropBoxSecret], tenants);

    /// <summary>On a host that has these secrets alone.</summary>
    public static async Task<TenantsInMemory> WithSecretsAsync(IEnumerable<string> secrets, params string[] tenants)
    {
        var all = new TenantsInMemory(secrets);
        foreach (var tenant in tenants)
        {
            await all.Get<TenantStore>().PublishAsync(tenant, Encoding.UTF8.GetBytes(File(tenant)), CancellationToken.None);
        }

        return all;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <param name="language">What the browser likes best; null for one that does not say it.</param>
    public Task<ApiAnswer> CallAsync(string method, string path, string body = "", string? language = null) => Get<ApiRouter>().AnswerAsync(
        new ApiCall(
            method, path, name => name switch { "Authorization" => "Bearer token", "Sec-Fetch-Site" => "same-origin", "Accept-Language" => language, _ => null },
            new MemoryStream(Encoding.UTF8.GetBytes(body)), IsVouchedFor: true), CancellationToken.None);

    /// <summary>Every tenant has a night, which ends well; and the next evening comes.</summary>
    public async Task NightAsync()
    {
        var nights = (BegunNights)(await CallAsync("POST", "/api/nights")).Body;
        foreach (var night in nights.Nights)
        {
            await Runs.UpdateAsync(night.Tenant, night.Run!, run => run.End(RunState.Delivered, null, Time.GetUtcNow()), CancellationToken.None);
        }

        Time.Advance(TimeSpan.FromHours(24));
    }

    /// <summary>Another file in the tenant's place.</summary>
    public Task EditAsync(string tenant, Action<JsonNode> edit) =>
        Get<TenantStore>().PublishAsync(tenant, Encoding.UTF8.GetBytes(File(tenant, edit)), CancellationToken.None);

    private static string File(string tenant, Action<JsonNode>? edit = null)
    {
        var file = TenantJson.Make(tenant);
        edit?.Invoke(file);
        file["name"] = $"{tenant} kommun";
        file["source"]!["baseUrl"] = "https://register.example/v2.0";
        file["source"]!["tokenUrl"] = "https://register.example/token";
        file["source"]!["clientId"] = "nordhamn";
        return file.ToJsonString();
    }

    /// <summary>The lines of an answer that is a list of tenants, by their names.</summary>
    public static Dictionary<string, JsonNode> ByTenant(ApiAnswer answer) => JsonNode.Parse(answer.Text)!.AsArray().ToDictionary(each => (string)each!["tenant"]!, each => each!);
}
