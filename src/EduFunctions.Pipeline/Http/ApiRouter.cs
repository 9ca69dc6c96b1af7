using Azure;
using Azure.Identity;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Http;

/// <summary>
/// The one way in for every host: finds the route, asks whether the caller may, and turns whatever goes wrong into a problem, which whoever looks at pages reads
/// as a page.
/// </summary>
public sealed class ApiRouter(ApiRoutes routes, Access access, CodeSentences sentences, ILogger<ApiRouter> log)
{
    public async Task<ApiAnswer> AnswerAsync(ApiCall call, CancellationToken ct) => Shown(call, await DecideAsync(call, ct));

    /// <summary>What a host answers by itself, as whoever calls reads it.</summary>
    public ApiAnswer Shown(ApiCall call, ApiAnswer answer) => ProblemPage.Of(call, answer, sentences);

    /// <summary>Said by the host, where a key would travel for all to read.</summary>
    [Told]
    public static ApiAnswer InClear => ApiAnswer.Problem(
        403, "Not over plain http", "From another machine a key may travel by https alone: give an https address by --urls, or put a proxy on this machine in front.");

    /// <summary>Said by the host, where what a call began could not be queued.</summary>
    [Told]
    public static ApiAnswer NotQueued => ApiAnswer.Problem(503, "Storage unavailable", "The queues do not answer. Ask again in a minute: what was begun goes on then.");

    [Told]
    private static ApiAnswer Silent => ApiAnswer.Problem(503, "Storage unavailable", "The storage does not answer. Try again in a minute.");

    [Told]
    private static ApiAnswer Fault => ApiAnswer.Problem(500, "Failed", "The call failed by a fault of ours; the log names it.");

    [Told]
    private static ApiAnswer NotReadable(string why) => ApiAnswer.Problem(500, "Not readable", why);

    private async Task<ApiAnswer> DecideAsync(ApiCall call, CancellationToken ct)
    {
        try
        {
            return await RouteAsync(call, ct);
        }
        catch (BodyRefusedException e)
        {
            return e.Answer;
        }
        catch (BlobTroubleException e) when (e.IsLasting)
        {
            log.LogError("A call failed: {Problem}", e.Message);
            return NotReadable(e.Message);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && (IsOfStorage(e) || (e is AggregateException { InnerException: { } inner } && IsOfStorage(inner))))
        {
            log.LogError("The storage does not answer a call: {Problem}", Problem.Describe(e));
            return Silent;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // The message may hold anything; kind and place are enough to look for the cause.
            log.LogError("A call failed: {Problem}", Problem.Describe(e));
            return Fault;
        }
    }

    private static bool IsOfStorage(Exception e) => e is RequestFailedException or RefusedBlobException or AuthenticationFailedException;

    [Told]
    private async Task<ApiAnswer> RouteAsync(ApiCall call, CancellationToken ct)
    {
        var path = Segments(call.Path);
        var matches = routes.All.Select(route => (Route: route, Values: route.Match(path))).Where(match => match.Values is not null).ToList();
        if (matches.Count == 0)
        {
            return ApiAnswer.Problem(404, "Nothing here", "There is nothing at this address; GET /api/openapi.json lists what there is.");
        }

        var methods = string.Join(", ", matches.SelectMany(other => other.Route.Methods));
        if (call.Method == "OPTIONS")
        {
            return ApiAnswer.Nothing with { Extra = ("Allow", methods) };
        }

        if (matches.FirstOrDefault(match => match.Route.Methods.Contains(call.Method)) is not { Route: { } route } match)
        {
            return ApiAnswer.Problem(405, "Not this way", $"This address takes {methods}.") with { Extra = ("Allow", methods) };
        }

        var grants = access.GrantsOf(call);
        call = call with { Values = match.Values!, Grants = grants, Role = route.RoleIn(grants, match.Values!), Caller = access.NameOf(call) };
        return access.FindRefusal(call.Role, route, call) ?? FindForgery(call, route) ?? await AnswerAsync(route, call, ct);
    }

    /// <summary>An empty segment between slashes is one, as it is for the host, so that no second spelling leads around its key.</summary>
    private static string[] Segments(string path) => path.Trim('/').Length == 0 && path.Length < 2 ? [] : path[(path.StartsWith('/') ? 1 : 0)..(path.EndsWith('/') ? ^1 : ^0)].Split('/');

    private static async Task<ApiAnswer> AnswerAsync(ApiRoute route, ApiCall call, CancellationToken ct)
    {
        RequestBody.RefuseLong(call.Header("Content-Length"));
        if (route is { Body: null, Method: not "GET" })
        {
            // Whoever says something wants something of it: to do another thing than that would be worse than nothing.
            await RequestBody.RequireNothingAsync(call.Body, ct);
        }

        return await route.AnswerAsync(call, ct);
    }

    /// <summary>
    /// What a browser sends on behalf of another site is refused: browsers say where a request comes from, and a caller who is no browser
    /// carries nobody's rights along. Forms, which only browsers send, have to say it.
    /// </summary>
    [Told]
    private static ApiAnswer? FindForgery(ApiCall call, ApiRoute route)
    {
        if (route.Method == "GET")
        {
            return null;
        }

        var isForm = route.Body is { Type: null };
        return (call.Header("Sec-Fetch-Site"), call.Header("Origin")) switch
        {
            ({ } site, _) => site == "same-origin" ? null : Foreign("The request was made by another site, so nothing was done."),
            (null, { } origin) => Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == call.Header("Host") ? null
                : Foreign("The request was made by another site than the host it names (Origin and Host differ), so nothing was done. "
                    + "A proxy before this host has to pass the Host header on."),
            _ when isForm => Foreign("The form does not say from which page it was sent (Sec-Fetch-Site or Origin), as every browser does, so nothing was done. "
                + "A program calls the same below /api/."),
            _ => null,
        };
    }

    [Told]
    private static ApiAnswer Foreign(string why) => ApiAnswer.Problem(403, "Not from here", why);
}
