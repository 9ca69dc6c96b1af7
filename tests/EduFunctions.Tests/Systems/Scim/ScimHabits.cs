using System.Text.Json.Nodes;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>A server that takes whole resources alone, with habits that the standard lets it have, or that servers have all the same.</summary>
internal sealed class ScimHabits : IAsyncDisposable
{
    private readonly Dictionary<string, JsonObject> _users = [];
    private readonly Dictionary<string, JsonObject> _groups = [];
    private LoopbackServer? _server;
    private int _last;

    public string BaseUrl => $"{_server!.Address}/scim";

    /// <summary>Whether it keeps what it is sent as externalId.</summary>
    public bool KeepsIds { get; set; } = true;

    /// <summary>What it answers to a deletion: 204 deletes.</summary>
    public int Deletion { get; set; } = 204;

    /// <summary>Whether it wants names of whoever it keeps.</summary>
    public bool WantsNames { get; set; }

    /// <summary>Whether it lets nobody be called otherwise than at first.</summary>
    public bool FixesNames { get; set; }

    /// <summary>Whether it lets nobody be inactive.</summary>
    public bool RefusesResting { get; set; }

    /// <summary>Where it shows whom a group has.</summary>
    public MembersShown Members { get; set; } = MembersShown.Everywhere;

    /// <summary>Whether it has users and groups alone, and none of the school extension's kinds.</summary>
    public bool IsCoreAlone { get; set; }

    public List<string> Calls { get; } = [];

    /// <summary>What calls had it take.</summary>
    public List<string> Bodies { get; } = [];

    public IReadOnlyCollection<JsonObject> Users => _users.Values;

    public IReadOnlyCollection<JsonObject> Groups => _groups.Values;

    public static async Task<ScimHabits> StartAsync()
    {
        var server = new ScimHabits();
        server._server = await LoopbackServer.StartAsync(server.AnswerAsync);
        return server;
    }

    public JsonObject UserOf(string id) => _users.Values.Single(user => (string?)user["externalId"] == id);

    /// <summary>How many members each group has, by its name.</summary>
    public string Sizes() => string.Join(' ', _groups.Values.OrderBy(group => (string)group["displayName"]!, StringComparer.Ordinal)
        .Select(group => $"{group["displayName"]}:{(group["members"] as JsonArray)?.Count ?? 0}"));

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        (int Status, JsonObject? Body) answer;
        lock (Calls)
        {
            Calls.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            Bodies.Add(text);
            answer = Answer(context.Request, text);
        }

        context.Response.StatusCode = answer.Status;
        await context.Response.WriteAsync(answer.Body?.ToJsonString() ?? "");
    }

    private (int Status, JsonObject? Body) Answer(HttpRequest request, string text)
    {
        var path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        if (path[0] == "ServiceProviderConfig")
        {
            return (200, new() { ["patch"] = new JsonObject { ["supported"] = false }, ["filter"] = new JsonObject { ["supported"] = true } });
        }

        if (IsCoreAlone && path[0] is not ("Users" or "Groups"))
        {
            return (404, null);
        }

        var all = path[0] == "Users" ? _users : _groups;
        return (request.Method, path.Length) switch
        {
            ("GET", 1) => (200, List(all, request)),
            ("POST", 1) => Keep(all, $"{path[0]}-{++_last}", text, 201),
            (_, 2) when !all.ContainsKey(path[1]) => (404, null),
            ("GET", 2) => (200, Show(all[path[1]], ShowsMembers(request))),
            ("PUT", 2) => Keep(all, path[1], text, 200),
            ("DELETE", 2) => (Deletion == 204 && all.Remove(path[1]) ? 204 : Deletion, null),
            _ => (501, null),
        };
    }

    private bool ShowsMembers(HttpRequest request) => Members == MembersShown.Everywhere
        || (Members == MembersShown.WhenAsked && request.QueryString.Value!.Contains("attributes=members", StringComparison.Ordinal));

    private bool IsRefused(string place, string name) =>
        _users.Any(user => user.Key != place && string.Equals((string?)user.Value["userName"], name, StringComparison.OrdinalIgnoreCase))
        || (FixesNames && _users.TryGetValue(place, out var there) && (string?)there["userName"] != name);

    private (int Status, JsonObject? Body) Keep(Dictionary<string, JsonObject> all, string place, string text, int good)
    {
        var resource = JsonNode.Parse(text)!.AsObject();
        if ((RefusesResting && all == _users && (bool?)resource["active"] == false) || (WantsNames && all == _users && resource["name"]?["familyName"] is null))
        {
            return (400, null);
        }

        if (all == _users && IsRefused(place, (string)resource["userName"]!))
        {
            return (409, new() { ["scimType"] = "uniqueness" });
        }

        if (!KeepsIds)
        {
            resource.Remove("externalId");
        }

        resource["id"] = place;
        all[place] = resource;
        return (good, Show(resource, Members == MembersShown.Everywhere));
    }

    private JsonObject List(Dictionary<string, JsonObject> all, HttpRequest request)
    {
        var wanted = request.Query["filter"].ToString().Split('"') is [_, var id, _] ? id : null;
        var found = all.Values.Where(resource => wanted is null || (string?)resource["externalId"] == wanted).ToList();
        var start = int.TryParse(request.Query["startIndex"], out var given) ? given : 1;
        var page = found.Skip(start - 1).Take(int.TryParse(request.Query["count"], out var count) ? count : found.Count);
        return new() { ["totalResults"] = found.Count, ["Resources"] = new JsonArray([.. page.Select(resource => Show(resource, Members == MembersShown.Everywhere))]) };
    }

    private static JsonObject Show(JsonObject resource, bool withMembers)
    {
        var shown = resource.DeepClone().AsObject();
        if (!withMembers)
        {
            shown.Remove("members");
        }

        return shown;
    }
}

internal enum MembersShown
{
    Everywhere,

    /// <summary>Only of one group, asked for by their name.</summary>
    WhenAsked,

    Never,
}
