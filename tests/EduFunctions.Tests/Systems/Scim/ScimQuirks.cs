using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Scim;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>A server that takes changes alone and many at once, but for what it does in its own way.</summary>
internal sealed partial class ScimQuirks(ScimQuirk quirks) : IAsyncDisposable
{
    private const int PageOfTen = 10;
    private const int FewMembers = 5;
    private const int ShownMembers = 3;
    private const int Hidden = 2;

    private readonly Dictionary<string, Dictionary<string, JsonObject>> _all = new() { ["Users"] = [], ["Groups"] = [] };
    private readonly Lock _door = new();
    private readonly Random _random = new(1);
    private LoopbackServer? _server;
    private int _last = 1000;

    public string BaseUrl => $"{_server!.Address}/scim";

    /// <summary>What it answers to a deletion of a user: 204 deletes.</summary>
    public int Deletion { get; set; } = 204;

    /// <summary>Of the night.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>All that it has.</summary>
    public ScimState State
    {
        get
        {
            lock (_door)
            {
                return new ScimState(new JsonObject { ["users"] = Listed("Users"), ["groups"] = Listed("Groups"), ["journal"] = new JsonArray() });
            }

            JsonArray Listed(string kind) => [.. _all[kind].Values.Select(resource => resource.DeepClone())];
        }
    }

    public static async Task<ScimQuirks> StartAsync(ScimQuirk quirks)
    {
        var server = new ScimQuirks(quirks);
        server._server = await LoopbackServer.StartAsync(server.AnswerAsync);
        return server;
    }

    public IEnumerable<JsonObject> UsersOf(string id) => State.Users.Where(user => (string?)user["externalId"] == id);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private bool Has(ScimQuirk quirk) => (quirks & quirk) != 0;

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        (int Status, JsonObject? Body) answer;
        var fault = Fault(context.Request.Method);
        lock (_door)
        {
            _calls++;
            PassTime();
            answer = fault is ScimFault.None or ScimFault.LostAnswer ? Answer(context.Request, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject()) : (503, null);
            Calls.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {answer.Status} {fault}");
        }

        if (fault is ScimFault.LostAnswer or ScimFault.Reset)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer is { Status: not 204, Body: { } body })
        {
            await context.Response.WriteAsync(body.ToJsonString());
        }
    }

    private (int Status, JsonObject? Body) Answer(HttpRequest request, JsonObject body)
    {
        var path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        return (request.Method, path) switch
        {
            (_, ["ServiceProviderConfig"]) => (200, Config()),
            (_, ["Bulk"]) => (200, Bulk(body)),
            ("GET", [var kind]) => List(kind, request),
            ("POST", [var kind]) => Create(kind, body),
            (_, [var kind, var place]) when !_all[kind].ContainsKey(place) => (404, null),
            ("GET", [var kind, var place]) => (200, Show(kind, place)),
            ("PUT", [var kind, var place]) => Keep(kind, place, body),
            ("PATCH", [var kind, var place]) => Has(ScimQuirk.WholeOnly) ? (501, null) : Patch(kind, place, body),
            ("DELETE", [var kind, var place]) => (Delete(kind, place), null),
            _ => (405, null),
        };
    }

    private JsonObject Config() => new()
    {
        ["patch"] = new JsonObject { ["supported"] = !Has(ScimQuirk.WholeOnly) },
        ["filter"] = new JsonObject { ["supported"] = !Has(ScimQuirk.FindsNothing) },
        ["bulk"] = new JsonObject { ["supported"] = Has(ScimQuirk.ForgetsOfBulk), ["maxOperations"] = 20, ["maxPayloadSize"] = 100000 },
    };

    private (int Status, JsonObject? Body) List(string kind, HttpRequest request)
    {
        var filter = request.Query["filter"].ToString();
        if (filter.Length == 0 && Has(ScimQuirk.ListsNothing))
        {
            return Error(400, "tooMany");
        }

        if (filter.Length > 0 && Has(ScimQuirk.FindsNothing))
        {
            return Error(400, "invalidFilter");
        }

        var hides = kind == "Users" && Has(filter.Length == 0 ? ScimQuirk.ListsActive : ScimQuirk.FindsActive);
        var found = _all[kind].Where(resource => !hides || (bool)resource.Value["active"]!)
            .Where(resource => !IsTooNew(kind, resource.Key))
            .Where(resource => filter.Length == 0 || Has(ScimQuirk.IgnoresFilters)
                || (filter.StartsWith("members.value ", StringComparison.Ordinal)
                    ? Members(resource.Value).Contains(filter.Split('"')[1])
                    : string.Equals((string?)resource.Value[filter.Split(' ')[0]], filter.Split('"')[1], StringComparison.OrdinalIgnoreCase)))
            .Select(resource => resource.Key).OrderBy(_ => Has(ScimQuirk.Shuffles) ? _random.Next() : 0).ToList();
        var start = int.TryParse(request.Query["startIndex"], out var given) ? given : 1;
        var count = int.TryParse(request.Query["count"], out var wanted) ? wanted : found.Count;
        var page = found.Skip(start - 1).Take(Has(ScimQuirk.CountsPages | ScimQuirk.Shuffles | ScimQuirk.PagesOfTen) ? Math.Min(count, PageOfTen) : count).ToList();
        var total = Has(ScimQuirk.CountsPages) ? page.Count : found.Count + (Has(ScimQuirk.CountsHidden) && filter.Length == 0 ? Hidden : 0);
        return (200, new()
        {
            ["totalResults"] = Has(ScimQuirk.WritesOtherwise) ? total.ToString(CultureInfo.InvariantCulture) : total,
            ["Resources"] = new JsonArray([.. page.Select(place => Show(kind, place))]),
        });
    }

    private (int Status, JsonObject? Body) Create(string kind, JsonObject body)
    {
        var place = $"{++_last}";
        _made[place] = _calls;
        if (Has(ScimQuirk.CreatesInactive) && kind == "Users")
        {
            body["active"] = false;
        }

        if (Has(ScimQuirk.CreatesWithoutMembers))
        {
            body.Remove("members");
        }

        var (status, error) = Keep(kind, place, body);
        return status is 200 or 204 ? (201, Show(kind, place)) : (status, error);
    }

    private (int Status, JsonObject? Body) Keep(string kind, string place, JsonObject body)
    {
        if ((kind == "Users" ? RefusalOfUser(place, body) : RefusalOfGroup(place, body)) is { } refusal)
        {
            return refusal;
        }

        if (Has(ScimQuirk.TakesFiveMembers) && (body["members"] as JsonArray)?.Count > FewMembers && !_all[kind].ContainsKey(place))
        {
            return Error(400, "tooMany");
        }

        if (Has(ScimQuirk.WritesCapitals) && kind == "Users")
        {
            body["displayName"] = $"{body["displayName"]}".ToUpperInvariant();
            (body["emails"] as JsonArray)?.ToList().ForEach(address => address!.AsObject().Remove("type"));
        }

        if (!Has(ScimQuirk.KeepsAll) || kind != "Users" || !_all[kind].ContainsKey(place))
        {
            body["id"] = place;
            _all[kind][place] = body;
            Settle(kind, place);
        }

        return Has(ScimQuirk.SaysNothing) ? (204, null) : (200, Show(kind, place));
    }

    private (int Status, JsonObject? Body) Patch(string kind, string place, JsonObject body)
    {
        var (before, now) = (_all[kind][place], _all[kind][place].DeepClone().AsObject());
        foreach (var operation in body["Operations"]!.AsArray())
        {
            if (Apply(now, operation!) is { } refusal)
            {
                return refusal;
            }
        }

        if (Has(ScimQuirk.PatchesNothing))
        {
            return (200, Show(kind, place));
        }

        now["active"] = Has(ScimQuirk.PatchesNoActive) ? before["active"]?.DeepClone() : now["active"]?.DeepClone();
        now["userName"] = Has(ScimQuirk.PatchesNoUserName) ? before["userName"]?.DeepClone() : now["userName"]?.DeepClone();
        return Keep(kind, place, now);
    }

    private (int Status, JsonObject? Body)? Apply(JsonObject resource, JsonNode operation)
    {
        var (path, value) = ((string)operation["path"]!, operation["value"]);
        var members = resource["members"] as JsonArray ?? [];
        if (Listed().Match(path) is { Success: true } one)
        {
            var found = members.FirstOrDefault(member => $"{member!["value"]}" == one.Groups[1].Value);
            _ = found is not null && members.Remove(found);
            return Has(ScimQuirk.FiltersNoMembers) ? Error(400, "invalidPath") : found is null && Has(ScimQuirk.WantsTargets) ? Error(400, "noTarget") : null;
        }

        if (path == "members")
        {
            IEnumerable<JsonNode?> stay = Has(ScimQuirk.AddsInstead) ? [] : members;
            resource["members"] = new JsonArray([.. stay.Concat(value!.AsArray()).DistinctBy(member => $"{member!["value"]}").Select(member => member!.DeepClone())]);
            return Has(ScimQuirk.TakesFiveMembers) && value.AsArray().Count > FewMembers ? Error(413, "tooMany") : null;
        }

        var parts = path.Split('.');
        var target = parts.Length == 1 ? resource : resource[parts[0]] as JsonObject ?? (JsonObject)(resource[parts[0]] = new JsonObject());
        _ = (string?)operation["op"] == "remove" ? (object)target.Remove(parts[^1]) : target[parts[^1]] = value?.DeepClone();
        return null;
    }

    private int Delete(string kind, string place)
    {
        if (kind == "Users" && Deletion != 204)
        {
            return Deletion;
        }

        if (kind == "Users" && Has(ScimQuirk.DeletesInactive) && (bool)_all[kind][place]["active"]!)
        {
            return 409;
        }

        if (kind == "Users" && Has(ScimQuirk.DeletesSoftly))
        {
            _all[kind][place]["active"] = false;
            return 204;
        }

        return Remove(kind, place);
    }

    private JsonObject Bulk(JsonObject body) => new()
    {
        ["Operations"] = new JsonArray([.. body["Operations"]!.AsArray().Select((operation, number) =>
        {
            var (status, _) = Create("Users", operation!["data"]!.DeepClone().AsObject());
            _ = status == 201 && number % 7 == 6 && _all["Users"].Remove($"{_last}");
            return new JsonObject { ["bulkId"] = operation["bulkId"]!.DeepClone(), ["status"] = $"{status}", ["location"] = $"{BaseUrl}/Users/{_last}" };
        })]),
    };

    private JsonObject Show(string kind, string place)
    {
        var shown = _all[kind][place].DeepClone().AsObject();
        shown["id"] = Has(ScimQuirk.WritesOtherwise) ? int.Parse(place, CultureInfo.InvariantCulture) : place;
        if (Has(ScimQuirk.ShowsThreeMembers) && shown["members"] is JsonArray members)
        {
            shown["members"] = new JsonArray([.. members.Take(ShownMembers).Select(member => member!.DeepClone())]);
        }

        if (shown["members"] is JsonArray { Count: 0 })
        {
            shown.Remove("members");
        }

        return shown;
    }

    private static (int Status, JsonObject? Body) Error(int status, string keyword) => (status, new() { ["scimType"] = keyword });

    [GeneratedRegex("^members\\[value eq \"(.*)\"\\]$")]
    private static partial Regex Listed();
}
