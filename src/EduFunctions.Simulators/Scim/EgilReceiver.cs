using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.Scim;

/// <summary>
/// A receiver of the school extension with the habits of EGIL's public server: ids are the sender's, lists come whole, resources too, there is no PATCH and
/// no look at a single one, and the type of what comes must be exact. Stricter than that one about references.
/// </summary>
public sealed class EgilReceiver : IAsyncDisposable
{
    private const string MediaType = "application/scim+json";

    /// <summary>What each kind must have, and what it refers to.</summary>
    private static readonly Dictionary<string, (string[] Required, string[] References)> Kinds = new()
    {
        ["Organisations"] = (["displayName"], []),
        ["SchoolUnits"] = (["displayName", "schoolUnitCode"], ["organisation Organisations"]),
        ["Users"] = (["userName", "name", "displayName"], ["urn:scim:schemas:extension:sis:school:1.0:User/enrolments SchoolUnits"]),
        ["Employments"] = (["employedAt", "user", "employmentRole"], ["employedAt SchoolUnits", "user Users"]),
        ["StudentGroups"] = (["displayName", "owner"], ["owner SchoolUnits", "studentMemberships Users"]),
        ["Activities"] = (["displayName", "owner"], ["owner SchoolUnits", "groups StudentGroups", "teachers Employments"]),
    };

    private readonly Dictionary<string, ConcurrentDictionary<string, JsonObject>> _all = Kinds.Keys.ToDictionary(kind => kind, _ => new ConcurrentDictionary<string, JsonObject>());

    private readonly ConcurrentQueue<string> _calls = new();
    private LoopbackServer? _server;

    public string BaseUrl => $"{_server!.Address}/EGIL";

    /// <summary>Method, path and status of every call.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public static async Task<EgilReceiver> StartAsync(CancellationToken ct = default)
    {
        var receiver = new EgilReceiver();
        receiver._server = await LoopbackServer.StartAsync(receiver.AnswerAsync, ct);
        return receiver;
    }

    public IReadOnlyDictionary<string, JsonObject> Of(string kind) => _all[kind];

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        var (status, body) = context.Request.Headers.Authorization.Count == 0 ? (401, null)
            : path.Length == 0 || !_all.TryGetValue(path[0], out var kind) ? (404, null)
            : (context.Request.Method, path.Length) switch
            {
                ("GET", 1) => (200, List(kind)),
                ("POST", 1) or ("PUT", 2) when context.Request.ContentType != MediaType => (415, null),
                ("POST", 1) => Put(path[0], kind, text, id => !kind.ContainsKey(id), 201, 409),
                ("PUT", 2) => Put(path[0], kind, text, id => id == path[1] && kind.ContainsKey(id), 200, 404),
                ("DELETE", 2) => (kind.TryRemove(path[1], out _) ? 204 : 404, null),
                _ => (501, null),
            };
        _calls.Enqueue($"{context.Request.Method} {string.Join('/', path)} {status}");
        context.Response.StatusCode = status;
        if (body is not null)
        {
            context.Response.ContentType = MediaType;
            await context.Response.WriteAsync(body.ToJsonString());
        }
    }

    private static JsonObject List(ConcurrentDictionary<string, JsonObject> kind)
    {
        var resources = kind.Select(resource =>
        {
            var shown = resource.Value.DeepClone().AsObject();
            shown["id"] = resource.Key;
            return (JsonNode)shown;
        }).ToArray();
        return new() { ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"), ["totalResults"] = resources.Length, ["Resources"] = new JsonArray(resources) };
    }

    private (int Status, JsonObject? Body) Put(string name, ConcurrentDictionary<string, JsonObject> kind, string text, Predicate<string> mayBe, int good, int bad)
    {
        var resource = JsonNode.Parse(text)!.AsObject();
        var isWhole = Kinds[name].Required.Append("externalId").All(resource.ContainsKey)
            && Kinds[name].References.Select(reference => reference.Split(' ')).All(reference => Values(resource, reference[0].Split('/')).All(_all[reference[1]].ContainsKey));
        if (!isWhole)
        {
            return (400, null);
        }

        var id = (string)resource["externalId"]!;
        if (!mayBe(id))
        {
            return (bad, null);
        }

        kind[id] = resource;
        return (good, resource);
    }

    private static IEnumerable<string> Values(JsonNode? node, ReadOnlySpan<string> path) =>
        !path.IsEmpty ? Values((node as JsonObject)?[path[0]], path[1..])
        : node is JsonArray entries ? [.. entries.Select(entry => (string)entry!["value"]!)]
        : node is null ? []
        : [(string)node["value"]!];
}
