using System.Reflection;
using System.Text;
using System.Text.Json;
using EduFunctions.App;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace EduFunctions.Tests.App;

[Trait(Level.Name, Level.Fast)]
public sealed class FunctionsTests : IDisposable
{
    private readonly EmptyStorage _storage = new();
    private readonly ServiceProvider _services;
    private readonly List<ServiceProvider> _others = [];

    public FunctionsTests()
    {
        _services = Services(AppTriggers.LocalConfiguration);
    }

    private Triggers Triggers => _services.GetRequiredService<Triggers>();

    public void Dispose()
    {
        _services.Dispose();
        _others.ForEach(services => services.Dispose());
        _storage.Dispose();
    }

    [Theory]
    [InlineData(Queues.Extract)]
    [InlineData(Queues.Transform)]
    [InlineData(Queues.Export)]
    public async Task Poison_is_kept_under_the_name_of_its_queue(string queue)
    {
        const string message = """{"tenant":"nordhamn","run":"20260901T193000Z-0a1b"}""";
        var poison = AppTriggers.OfQueue(queue + Queues.PoisonSuffix).Function;

        await (Task)poison.Invoke(Triggers, [message, CancellationToken.None])!;

        Assert.Equal($"/devstoreaccount1/state/nordhamn/poison/20260901T193000Z-0a1b-{queue}.json", Assert.Single(_storage.Written));
    }

    [Theory]
    [InlineData(Queues.Extract)]
    [InlineData(Queues.Transform)]
    [InlineData(Queues.Export)]
    public async Task What_is_no_message_is_kept_under_the_name_of_its_queue(string queue)
    {
        await (Task)AppTriggers.OfQueue(queue).Function.Invoke(Triggers, ["no message", CancellationToken.None])!;

        Assert.Matches($"^/devstoreaccount1/state/unreadable/poison/[^/]+-{queue}\\.json$", Assert.Single(_storage.Written));
    }

    /// <summary>A host that is stopped stops whatever it does, and gives the message of a stage back as a new one. The description of the API alone is there without waiting for anything.</summary>
    [Fact]
    public async Task Every_function_stops_when_it_is_stopped()
    {
        var others = new List<string>();
        foreach (var function in AppTriggers.All.Where(function => function.Name != nameof(Triggers.OpenApi)))
        {
            var call = (Task)function.Invoke(Triggers, [Occasion(function), new CancellationToken(canceled: true)])!;
            var ended = await Record.ExceptionAsync(() => call);
            var isGivenBack = ended is null && call is Task<Outbox> { Result: var outbox } && outbox.Extract.Count + outbox.Transform.Count + outbox.Export.Count == 1;
            others.AddRange(ended is OperationCanceledException || isGivenBack ? [] : [$"{function.Name}: {ended}"]);
        }

        Assert.Empty(others);
    }

    [Theory]
    [InlineData("the key", "another")]
    [InlineData("another", "the key")]
    [InlineData("the key", "the key")]
    public async Task A_key_that_is_sent_twice_opens_nothing_whichever_comes_first(string first, string second)
    {
        var request = Request("GET", "/api/tenants", "");
        request.Headers["x-functions-key"] = new StringValues([first, second]);

        Assert.Equal(403, (await SendAsync((await Triggers.Tenants(request, CancellationToken.None)).Answer)).Status);
        Assert.Equal(401, (await SendAsync((await TriggersOf(("ApiKey", "the key")).Tenants(request, CancellationToken.None)).Answer)).Status);
        request.Headers["x-functions-key"] = "the key";
        Assert.Equal(200, (await SendAsync((await Triggers.Tenants(request, CancellationToken.None)).Answer)).Status);
        Assert.Equal(200, (await SendAsync((await TriggersOf(("ApiKey", "the key")).Tenants(request, CancellationToken.None)).Answer)).Status);
    }

    [Fact]
    public async Task A_night_without_tenants_puts_nothing_on_the_queues()
    {
        var outbox = await Triggers.Nightly(new TimerInfo(), CancellationToken.None);

        Assert.Empty(outbox.Extract);
        Assert.Empty(outbox.Transform);
        Assert.Empty(outbox.Export);
    }

    [Fact]
    public async Task A_list_is_answered_as_JSON()
    {
        var (status, type, body) = await SendAsync((await Triggers.Tenants(Request("GET", "/api/tenants", ""), CancellationToken.None)).Answer);

        Assert.Equal((200, "application/json"), (status, type));
        Assert.Equal(0, body.GetArrayLength());
    }

    [Fact]
    public async Task An_unknown_tenant_is_answered_as_a_problem()
    {
        var reply = await Triggers.Sync(Request("POST", "/api/tenants/nobody/sync", "{}"), CancellationToken.None);
        var (status, type, body) = await SendAsync(reply.Answer);

        Assert.Equal((404, "application/problem+json"), (status, type));
        Assert.Equal(404, body.GetProperty("status").GetInt32());
        Assert.Empty(reply.Extract);
    }

    [Theory]
    [InlineData("GET", "/api/tenants", 403)]
    [InlineData("POST", "/api/tenants/nobody/sync", 403)]
    [InlineData("GET", "/", 403)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("DELETE", "/api/tenants", 405)]
    public async Task Without_a_key_and_without_a_signed_in_person_nothing_is_shown(string method, string path, int expected)
    {
        var (status, type, _) = await SendAsync((await Triggers.Website(Request(method, path, ""), CancellationToken.None)).Answer);

        Assert.Equal((expected, "application/problem+json"), (status, type));
    }

    [Fact]
    public async Task Whom_the_host_has_asked_for_the_key_may_come_in()
    {
        foreach (var (function, _, trigger) in AppTriggers.With<HttpTriggerAttribute>().Where(one => one.Trigger.AuthLevel == AuthorizationLevel.Function))
        {
            var path = "/" + trigger.Route!.Replace("{tenant}", "nobody", StringComparison.Ordinal).Replace("{run}", "20260901T193000Z-0a1b", StringComparison.Ordinal);
            var reply = await (Task<Reply>)function.Invoke(Triggers, [Request(trigger.Methods![0].ToUpperInvariant(), path, "{}"), CancellationToken.None])!;

            Assert.Contains((await SendAsync(reply.Answer)).Status, new[] { 200, 202, 400, 404 });
        }
    }

    private ServiceProvider Services(IConfiguration configuration) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(configuration)
        .AddRosterPipeline(configuration)
        .AddSingleton(_storage.Client)
        .AddSingleton<Triggers>()
        .BuildServiceProvider();

    private Triggers TriggersOf((string Name, string Value) setting)
    {
        var configuration = new ConfigurationBuilder().AddConfiguration(AppTriggers.LocalConfiguration).AddInMemoryCollection([new(setting.Name, setting.Value)]).Build();
        _others.Add(Services(configuration));
        return _others[^1].GetRequiredService<Triggers>();
    }

    /// <summary>What a function is called with: the time, a message of its queue, or a request on its route.</summary>
    private static object Occasion(MethodInfo function)
    {
        var trigger = function.GetParameters()[0];
        if (trigger.GetCustomAttribute<HttpTriggerAttribute>() is not { } http)
        {
            return trigger.ParameterType == typeof(TimerInfo) ? new TimerInfo() : """{"tenant":"nordhamn","run":"20260901T193000Z-0a1b","feed":"apple"}""";
        }

        var route = http.Route!.Replace("{tenant}", "nordhamn", StringComparison.Ordinal).Replace("{run}", "20260901T193000Z-0a1b", StringComparison.Ordinal)
            .Replace("{feed}", "apple", StringComparison.Ordinal);
        var path = route == "{*path}" ? "/api/health" : $"/{route}";
        var request = Request(http.Methods![0].ToUpperInvariant(), path, """{"plan":"0a1b2c"}""");
        request.Headers.Authorization = "Bearer e30.e30.e30";
        return request;
    }

    private static HttpRequest Request(string method, string path, string body) =>
        new DefaultHttpContext { Request = { Method = method, Path = path, Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) } }.Request;

    private static async Task<(int Status, string? ContentType, JsonElement Body)> SendAsync(IResult result)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, context.Response.ContentType, JsonSerializer.Deserialize<JsonElement>(body.ToArray()));
    }
}
