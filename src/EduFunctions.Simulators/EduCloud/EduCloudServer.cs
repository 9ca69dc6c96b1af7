using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>The school administration's read API, SS 12000:2020, with one customer and one client.</summary>
public sealed class EduCloudServer : IAsyncDisposable
{
    private const string Source = "/ss12000v2-api/source/";

    private readonly EduCloudHabits _habits;
    private readonly RequestLog _log = new();
    private readonly AccessTokens _tokens;
    private readonly Faults _faults;
    private readonly TokenEndpoint _token;
    private readonly CollectionEndpoint _collections;
    private readonly LookupEndpoint _lookup;
    private LoopbackServer? _server;

    private EduCloudServer(ISchoolData data, EduCloudHabits habits)
    {
        _habits = habits;
        _tokens = new AccessTokens(_habits);
        _faults = new Faults(_habits, CustomerId);
        _token = new TokenEndpoint(_tokens, _habits, _faults, ClientId, ClientSecret);
        _collections = new CollectionEndpoint(data, _habits, _faults);
        _lookup = new LookupEndpoint(data, _habits, _faults);
    }

    public string CustomerId => "SE99999";

    public string ClientId => "nordhamn.edufunctions";

    public string ClientSecret => "educloud-secret";

    public string BaseUrl => $"{_server!.Address}{Source}{CustomerId}/v2.0";

    public string TokenUrl => $"{_server!.Address}/connect/token";

    public EduCloudHabits Habits => _habits;

    /// <summary>All requests so far, in the order of their answers.</summary>
    public IReadOnlyList<LoggedRequest> Requests => _log.All;

    public static async Task<EduCloudServer> StartAsync(ISchoolData data, EduCloudHabits? habits = null, CancellationToken ct = default)
    {
        var educloud = new EduCloudServer(data, habits ?? new EduCloudHabits());
        educloud._server = await LoopbackServer.StartAsync(educloud.AnswerAsync, ct);
        return educloud;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var write = _log.Follow(context, _habits.Clock.GetUtcNow());
        try
        {
            await Task.Delay(_habits.Latency, context.RequestAborted);
            await RouteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        finally
        {
            write();
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/connect/token" && HttpMethods.IsPost(context.Request.Method))
        {
            await UnlessFaultyAsync(context, "token", request => _token.AnswerAsync(context, request));
        }
        else if (path.StartsWith(Source, StringComparison.Ordinal)
            && path[Source.Length..].Split('/', 3) is [var customer, "v2.0", var rest])
        {
            await RouteSourceAsync(context, customer, rest);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task RouteSourceAsync(HttpContext context, string customer, string path)
    {
        if (!_tokens.Accepts(context.Request.Headers.Authorization))
        {
            await Answers.UnauthorizedAsync(context);
        }
        else if (customer != CustomerId)
        {
            var message = $"The client may not read the source {customer}.";
            await Answers.ErrorAsync(context, StatusCodes.Status403Forbidden, "forbidden", message);
        }
        else if (HttpMethods.IsGet(context.Request.Method) && Collections.All.Contains(path))
        {
            await _collections.AnswerAsync(context, path);
        }
        else if (HttpMethods.IsPost(context.Request.Method) && path == "persons/lookup")
        {
            await UnlessFaultyAsync(context, path, request => _lookup.AnswerAsync(context, request));
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task UnlessFaultyAsync(HttpContext context, string name, Func<PageRequest, Task> answer)
    {
        var (request, fault) = _faults.Ask(name, 0);
        if (!await _faults.AnswerAsync(context, fault))
        {
            await answer(request);
        }
    }
}
