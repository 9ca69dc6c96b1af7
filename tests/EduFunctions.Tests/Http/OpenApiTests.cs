using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Simulators.Node;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.App;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>The document says what the API does: a client made of nothing else finds every call, and every answer is as described.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class OpenApiTests : IAsyncLifetime
{
    /// <summary>One of the calls begins everybody's night.</summary>
    private readonly AzuriteFixture _own = new();

    public Task InitializeAsync() => _own.InitializeAsync();

    public Task DisposeAsync() => _own.DisposeAsync();

    [Fact]
    public async Task A_client_made_from_the_document_calls_everything_and_finds_it_as_described()
    {
        await using var town = await Town.StartAsync(_own, School());
        await town.PassAsync();
        var run = (string)town.Run["run"]!;
        await using var serving = await Serving.Serving.StartAsync(town);

        var seen = await CallAsync(serving, Calls(town.Id, run));

        Assert.True((bool)seen["valid"]!, seen["errors"]?.ToJsonString());
        Assert.Empty(seen["examples"]!.AsArray());
        Assert.All(seen["results"]!.AsArray(), result => Assert.True(result!["problem"] is null, $"{result["operation"]}: {result["problem"]}"));
        Assert.Equal(
            [
                200, 200, 200, 200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404, 404, 404, 400, 409, 400, 409, 409, 401, 202, 400, 202, 202, 200, 404, 400, 200, 404, 200, 404, 200,
                404, 200, 404, 200, 409, 400, 200, 200, 404,
            ],
            seen["results"]!.AsArray().Select(result => (int)result!["status"]!));
        Assert.Equal(
            seen["operations"]!.AsArray().Select(operation => (string)operation!).Order(),
            seen["results"]!.AsArray().Select(result => (string)result!["operation"]!).Distinct().Order());
    }

    [Fact]
    public async Task Every_route_is_in_the_document_and_the_reverse()
    {
        using var services = new ServiceCollection().AddLogging().AddRosterPipeline(AppTriggers.LocalConfiguration).BuildServiceProvider();
        var routes = services.GetRequiredService<ApiRoutes>().All;
        var call = new ApiCall("GET", "/api/openapi.json", _ => null, Stream.Null, IsVouchedFor: false);

        var document = JsonNode.Parse((await services.GetRequiredService<ApiRouter>().AnswerAsync(call, CancellationToken.None)).Text)!;

        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(routes.Select(route => $"{route.Method} {route.Template}").Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        string[] contract =
        [
            "POST /api/tenants/{tenant}/sync", "GET /api/tenants", "GET /api/tenants/{tenant}/runs", "GET /api/tenants/{tenant}/runs/{run}",
            "GET /api/tenants/{tenant}/people/{personId}", "POST /api/tenants/{tenant}/runs/{run}/approve", "POST /api/nights", "GET /api/health", "GET /api/openapi.json", "GET /",
        ];
        Assert.Subset(described.ToHashSet(), contract.ToHashSet());
        Assert.All(routes.Where(route => route.Role != ApiRole.Anyone), route => Assert.NotNull(document["paths"]![route.Template]![route.Method.ToLowerInvariant()]!["responses"]!["401"]));
    }

    private static IEnumerable<object> Calls(string tenant, string run)
    {
        var person = Ids.Of("vilda");
        yield return Call("health");
        yield return Call("openApi");
        yield return Call("tenants");
        yield return Call("runs", new { tenant });
        yield return Call("run", new { tenant, run });
        yield return Call("plan", new { tenant, run, feed = "apple" });
        yield return Call("person", new { tenant, personId = person });
        yield return Call("poison", new { tenant });
        yield return Call("allPoison");
        yield return Call("runs", new { tenant = "nobody" });
        yield return Call("run", new { tenant = "nobody", run });
        yield return Call("plan", new { tenant, run, feed = "other" });
        yield return Call("person", new { tenant, personId = Ids.Of("nobody") });
        yield return Call("poison", new { tenant = "nobody" });
        yield return Call("sync", new { tenant = "nobody" }, new { });
        yield return Call("resend", new { tenant = "nobody", run });
        yield return Call("sync", new { tenant }, new { dry = true });
        yield return Call("approve", new { tenant, run }, new { plan = "no-such-plan" });
        yield return Call("approve", new { tenant, run }, new { });
        yield return Call("refuse", new { tenant, run }, new { plan = "no-such-plan" });
        yield return Call("requeue", new { tenant, run });
        yield return Call("logins", new { tenant }, new { });
        yield return Call("approvals", null, new { plans = new[] { new { tenant, run }, new { tenant = "nobody", run } } });
        yield return Call("approvals", null, new { plans = new[] { new { tenant } } });
        yield return Call("sync", new { tenant }, new { reason = "asked for by a client" });
        yield return Call("nights");
        yield return Call("people", new { tenant }, new { find = "Vilda Provhed", reason = "a client asks" });
        yield return Call("people", new { tenant = "nobody" }, new { find = "Vilda Provhed" });
        yield return Call("people", new { tenant }, new { });
        yield return Call("history", new { tenant, personId = person });
        yield return Call("history", new { tenant, personId = Ids.Of("nobody") });
        yield return Call("list", new { tenant, run, list = "left-out" });
        yield return Call("list", new { tenant, run, list = "other" });
        yield return Call("acts", new { tenant });
        yield return Call("acts", new { tenant = "nobody" });
        yield return Call("receipt", new { tenant, run, feed = "apple" });
        yield return Call("receipt", new { tenant, run, feed = "other" });
        yield return Call("freezes", new { tenant });
        yield return Call("freeze", new { tenant }, new { feed = "apple", until = "2020-01-01" });
        yield return Call("freeze", new { tenant }, new { feed = "apple" });
        yield return Call("freeze", new { tenant }, new { feed = "apple", until = DateTime.UtcNow.AddDays(7).ToString("yyyy-MM-dd", null), what = "adds" });
        yield return Call("thaw", new { tenant }, new { feed = "apple", reason = "a client asks" });
        yield return Call("thaw", new { tenant = "nobody" }, new { feed = "apple" });
    }

    private static object Call(string operation, object? parameters = null, object? body = null) => new { operation, parameters, body };

    private static async Task<JsonNode> CallAsync(Serving.Serving serving, IEnumerable<object> calls)
    {
        var packages = await NodeTools.InstallAsync();
        await using var client = await NodeProcess.StartAsync(
            "Http/client.mjs", [serving.Http.BaseAddress!.ToString().TrimEnd('/'), JsonSerializer.Serialize(calls)], packages,
            line => line.StartsWith("{\"valid\"", StringComparison.Ordinal), CancellationToken.None);
        return JsonNode.Parse(client.ReadyLine)!;
    }

    private static JsonSchoolData School()
    {
        var school = new SchoolBuilder(new DateOnly(2026, 9, 1));
        school.Unit("berget");
        school.Student("vilda", "berget");
        return school.Data;
    }
}
