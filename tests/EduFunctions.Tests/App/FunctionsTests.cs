using System.Text;
using System.Text.Json;
using EduFunctions.App;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.App;

[Trait(Level.Name, Level.Fast)]
public sealed class FunctionsTests : IDisposable
{
    private readonly EmptyStorage _storage = new();
    private readonly ServiceProvider _services;

    public FunctionsTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(AppTriggers.LocalConfiguration)
            .AddRosterPipeline(AppTriggers.LocalConfiguration)
            .AddSingleton(_storage.Client)
            .AddSingleton<Triggers>()
            .BuildServiceProvider();
    }

    private Triggers Triggers => _services.GetRequiredService<Triggers>();

    public void Dispose()
    {
        _services.Dispose();
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

            Assert.Contains((await SendAsync(reply.Answer)).Status, new[] { 200, 400, 404 });
        }
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
