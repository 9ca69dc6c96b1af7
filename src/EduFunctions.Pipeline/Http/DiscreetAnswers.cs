using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Http;

/// <summary>
/// Takes the ids of whoever is protected by now, and of those who answer for them, out of what is answered about earlier runs: their records are sealed and have them still. Who may find
/// protected persons is answered in full.
/// </summary>
public sealed class DiscreetAnswers(HiddenPersons hidden)
{
    private const int AtOnce = 16;

    /// <summary>The same call, answered discreetly.</summary>
    public Func<ApiCall, CancellationToken, Task<ApiAnswer>> Of(Func<ApiCall, CancellationToken, Task<ApiAnswer>> answer) =>
        async (call, ct) => await TellAsync(call, await answer(call, ct), ct);

    private async Task<ApiAnswer> TellAsync(ApiCall call, ApiAnswer answer, CancellationToken ct)
    {
        if (answer is not { Status: 200, Body: var body } || JsonSerializer.SerializeToNode(body, body.GetType(), Serialization.Indented) is not { } json)
        {
            return answer;
        }

        var tests = new ConcurrentDictionary<string, Predicate<string>>();
        var told = json is JsonArray several ? several.Select(each => (Json: each!, Tenant: TenantOf(each!))) : [(json, call["tenant"])];
        var open = told.Where(each => !call.Grants.MayFindProtected(each.Tenant)).ToList();
        await Parallel.ForEachAsync(
            open.Select(each => each.Tenant).Distinct(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (tenant, stop) => tests[tenant] = await IsHiddenAsync(tenant, stop));
        foreach (var (part, tenant) in open)
        {
            Hide(part, tests[tenant]);
        }

        return answer with { Body = json };
    }

    private static string TenantOf(JsonNode part) => part["tenant"]!.GetValue<string>();

    /// <returns>Of a memory that cannot be read whatever looks like somebody's id.</returns>
    private async Task<Predicate<string>> IsHiddenAsync(string tenant, CancellationToken ct) => await hidden.FindRememberedAsync(tenant, orCompanion: true, ct) is { } isHidden
        ? text => EntityId.TryFind(text, out var id) && isHidden(id)
        : text => Guid.TryParse(text, out _);

    /// <summary>Takes out of lists, however deep, what is one of these ids or, such as a pair of ids, names one.</summary>
    private static void Hide(JsonNode node, Predicate<string> isHidden)
    {
        foreach (var child in node is JsonObject all ? all.Select(each => each.Value) : (JsonArray)node)
        {
            if (child is JsonObject or JsonArray)
            {
                Hide(child, isHidden);
            }
        }

        for (var i = node is JsonArray list ? list.Count - 1 : -1; i >= 0; i--)
        {
            if (Texts(node[i]).Any(text => IsHidden(text, isHidden)))
            {
                ((JsonArray)node).RemoveAt(i);
            }
        }
    }

    /// <summary>An id, or two; a sentence is none.</summary>
    private static bool IsHidden(string text, Predicate<string> isHidden) =>
        text.Split(' ') is { Length: <= 2 } ids && ids.Any(id => id.Length > 0 && isHidden(id));

    private static IEnumerable<string> Texts(JsonNode? item) => (item is JsonObject row ? row.Select(each => each.Value) : [item])
        .OfType<JsonValue>()
        .Select(value => value.TryGetValue(out string? text) ? text : "");
}
