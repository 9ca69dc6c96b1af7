using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>The school administration's read API, SS 12000:2020, with one customer and one client.</summary>
public sealed class EduCloudServer : IAsyncDisposable
{
    public const string Customer = "SE99999";

    private const string KeyHeader = "X-API-Key";

    private readonly EduCloudHabits _habits;
    private readonly RequestLog _log = new();
    private readonly AccessTokens _tokens;
    private readonly Faults _faults;
    private readonly TokenEndpoint _token;
    private readonly CollectionEndpoint _collections;
    private readonly LookupEndpoint _lookup;
    private readonly EntityEndpoint _entities;
    private LoopbackServer? _server;

    private EduCloudServer(ISchoolData data, EduCloudHabits habits)
    {
        _habits = habits;
        _tokens = new AccessTokens(_habits);
        _faults = new Faults(_habits, Customer);
        _token = new TokenEndpoint(_tokens, _habits, _faults, ClientId, ClientSecret);
        _collections = new CollectionEndpoint(data, _habits, _faults);
        _lookup = new LookupEndpoint(data, _habits, _faults);
        _entities = new EntityEndpoint(data, _habits, _faults);
    }

    public string CustomerId => Customer;

    public string ClientId => "nordhamn.edufunctions";

    public string ClientSecret => "educloud-secret";

    /// <summary>What is handed out once: a bearer token, or a key.</summary>
    public string Handed => "handed-out-once";

    public string BaseUrl => $"{_server!.Address}{_habits.Root}";

    public string TokenUrl => $"{_server!.Address}{_habits.TokenPath}";

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
        context.Items[nameof(EduCloudHabits)] = _habits;
        if (path == _habits.TokenPath && _habits.WayIn == WayIn.ClientCredentials && HttpMethods.IsPost(context.Request.Method))
        {
            await UnlessFaultyAsync(context, "token", request => _token.AnswerAsync(context, request));
        }
        else if (path.StartsWith($"{_habits.Root}/", StringComparison.Ordinal))
        {
            await RouteSourceAsync(context, path[(_habits.Root.Length + 1)..]);
        }
        else
        {
            await RefusePathAsync(context, path);
        }
    }

    /// <summary>Another customer's path is forbidden, any other unknown.</summary>
    private static Task RefusePathAsync(HttpContext context, string path) => path.Contains("/source/", StringComparison.Ordinal)
        ? Answers.ErrorAsync(context, StatusCodes.Status403Forbidden, "forbidden", "The client may not read this source.")
        : Answers.ErrorAsync(context, StatusCodes.Status404NotFound, "not_found", "Not Found");

    private bool IsIn(HttpRequest request) => _habits.Open || _habits.WayIn switch
    {
        WayIn.ClientCredentials => _tokens.Accepts(request.Headers.Authorization),
        WayIn.Bearer => request.Headers.Authorization == $"Bearer {Handed}",
        WayIn.ApiKey => request.Headers[KeyHeader] == Handed,
        _ => true,
    };

    private async Task RouteSourceAsync(HttpContext context, string path)
    {
        if (!IsIn(context.Request))
        {
            await Answers.UnauthorizedAsync(context);
        }
        else if (HttpMethods.IsGet(context.Request.Method) && Collections.All.Contains(path) && !_habits.Without.Contains(path))
        {
            await _collections.AnswerAsync(context, path);
        }
        else if (HttpMethods.IsPost(context.Request.Method) && path == "persons/lookup" && _habits.LooksUp)
        {
            await UnlessFaultyAsync(context, path, request => _lookup.AnswerAsync(context, request));
        }
        else if (HttpMethods.IsGet(context.Request.Method) && path == EntityEndpoint.Deleted && _habits.Deletions is { } deletions)
        {
            await UnlessFaultyAsync(context, path, request => _entities.DeletedAsync(context, request, deletions));
        }
        else if (HttpMethods.IsGet(context.Request.Method) && path.Split('/') is [var collection, var id] && Collections.All.Contains(collection))
        {
            await _entities.AnswerAsync(context, collection, id);
        }
        else
        {
            await Answers.ErrorAsync(context, _habits.UnknownPathStatus, "not_found", "Not Found");
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
