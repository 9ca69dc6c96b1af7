using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>The school administration's read API, SS 12000:2020, with one customer and one client.</summary>
public sealed class EduCloudServer : IAsyncDisposable
{
    private const string Source = "/ss12000v2-api/source/";

    private readonly EduCloudHabits habits;
    private readonly RequestLog log = new();
    private readonly AccessTokens tokens;
    private readonly Faults faults;
    private readonly TokenEndpoint token;
    private readonly CollectionEndpoint collections;
    private readonly LookupEndpoint lookup;
    private LoopbackServer? server;

    private EduCloudServer(ISchoolData data, EduCloudHabits habits)
    {
        this.habits = habits;
        tokens = new AccessTokens(habits);
        faults = new Faults(habits, CustomerId);
        token = new TokenEndpoint(tokens, habits, ClientId, ClientSecret);
        collections = new CollectionEndpoint(data, habits, faults);
        lookup = new LookupEndpoint(data, habits);
    }

    public string CustomerId => "SE99999";

    public string ClientId => "nordhamn.edufunctions";

    public string ClientSecret => "educloud-secret";

    public string BaseUrl => $"{server!.Address}{Source}{CustomerId}/v2.0";

    public string TokenUrl => $"{server!.Address}/connect/token";

    public EduCloudHabits Habits => habits;

    /// <summary>All requests so far, in the order of their answers.</summary>
    public IReadOnlyList<LoggedRequest> Requests => log.All;

    public static async Task<EduCloudServer> StartAsync(ISchoolData data, EduCloudHabits? habits = null, CancellationToken ct = default)
    {
        var educloud = new EduCloudServer(data, habits ?? new EduCloudHabits());
        educloud.server = await LoopbackServer.StartAsync(educloud.AnswerAsync, ct);
        return educloud;
    }

    public ValueTask DisposeAsync() => server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var write = log.Follow(context, habits.Clock.GetUtcNow());
        try
        {
            await Task.Delay(habits.Latency, context.RequestAborted);
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
            await UnlessFaultyAsync(context, "token", () => token.AnswerAsync(context));
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
        if (!tokens.Accepts(context.Request.Headers.Authorization))
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
            await collections.AnswerAsync(context, path);
        }
        else if (HttpMethods.IsPost(context.Request.Method) && path == "persons/lookup")
        {
            await UnlessFaultyAsync(context, path, () => lookup.AnswerAsync(context));
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task UnlessFaultyAsync(HttpContext context, string name, Func<Task> answer)
    {
        if (!await faults.AnswerAsync(context, faults.Ask(name, 0)))
        {
            await answer();
        }
    }
}
