using System.Text;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.Blackboard;

/// <summary>A file as it was posted, whatever became of it.</summary>
public sealed record PostedFile(string Kind, string Operation, byte[] Body, string? ContentType, string? Uid)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public override string ToString() => $"{Kind}/{Operation}";
}

/// <summary>Blackboard Learn's side of snapshot flat files: posts are queued, worked through from status to status, and change what Learn has.</summary>
public sealed class LearnServer : IAsyncDisposable
{
    private const string Root = "/webapps/bb-data-integration-flatfile-BBLEARN/endpoint/";

    private static readonly string[] Operations = ["store", "refresh", "refreshlegacy", "delete"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DataSet> _dataSets = [];
    private readonly List<PostedFile> _posts = [];
    private readonly List<string> _events = [];
    private LoopbackServer? _server;

    private LearnServer(IReadOnlyList<LearnIntegration> integrations) => Integrations = integrations;

    public IReadOnlyList<LearnIntegration> Integrations { get; }

    public LearnHabits Habits { get; } = new();

    public LearnState State { get; } = new();

    public string BaseUrl => $"{_server!.Address}{Root.TrimEnd('/')}";

    /// <summary>All files posted so far, in order.</summary>
    public IReadOnlyList<PostedFile> Posts
    {
        get
        {
            lock (_lock)
            {
                return [.. _posts];
            }
        }
    }

    /// <summary>What happened, such as <c>post person/store</c> and <c>done person/store</c>.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<DataSet> DataSets
    {
        get
        {
            lock (_lock)
            {
                return [.. _dataSets.Values];
            }
        }
    }

    /// <summary>Lets time pass until every file is worked through, whether or not somebody asks for it.</summary>
    public void WorkThrough()
    {
        lock (_lock)
        {
            foreach (var set in _dataSets.Values)
            {
                while (!set.IsOver)
                {
                    set.Advance();
                }
            }
        }
    }

    public static async Task<LearnServer> StartAsync(params LearnIntegration[] integrations)
    {
        var learn = new LearnServer(integrations.Length == 0 ? [new LearnIntegration()] : integrations);
        foreach (var integration in learn.Integrations)
        {
            learn.State.DataSources.Add(integration.DataSource);
        }

        learn._server = await LoopbackServer.StartAsync(learn.AnswerAsync);
        return learn;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (Integration(context.Request.Headers.Authorization) is not { } integration)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (!path.StartsWith(Root, StringComparison.Ordinal) || path[Root.Length..].Split('/') is not [var first, var second])
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (first == "dataSetStatus")
        {
            await AnswerStatusAsync(context, second);
        }
        else if (HttpMethods.IsPost(context.Request.Method) && ObjectRules.All.TryGetValue(first, out var kind) && Operations.Contains(second))
        {
            await AnswerPostAsync(context, kind, second, integration);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task AnswerPostAsync(HttpContext context, ObjectRules kind, string operation, LearnIntegration integration)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var fault = Habits.Fault(kind.Name, operation);
        var isTaken = fault is null or LearnFault.HangUpAfterTaking && integration.State != IntegrationState.Inactive;
        var uid = isTaken ? Guid.NewGuid().ToString("n") : null;
        var post = new PostedFile(kind.Name, operation, body.ToArray(), context.Request.ContentType, uid);
        lock (_lock)
        {
            _posts.Add(post);
            _events.Add($"post {post}");
            if (uid is not null)
            {
                _dataSets[uid] = new DataSet(post, kind, State, Habits, integration);
            }
        }

        await (fault switch
        {
            LearnFault.HangUpAfterTaking => HangUpAsync(context),
            LearnFault.StackTrace => context.Response.WriteAsync("<html><pre>java.lang.NullPointerException\n\tat blackboard.dataintegration</pre></html>"),
            LearnFault.ServerError => RefuseAsync(context, StatusCodes.Status500InternalServerError),
            LearnFault.Busy => RefuseAsync(context, StatusCodes.Status503ServiceUnavailable),
            _ when !isTaken => context.Response.WriteAsync("The integration is not active."),
            _ => context.Response.WriteAsync(
                $"Success: Feed File Uploaded.{new string(' ', Habits.SpacesAfterUploaded)}Use the reference code {uid} to track these records in the logs."),
        });
    }

    private async Task AnswerStatusAsync(HttpContext context, string uid)
    {
        Habits.OnStatus(uid);
        DataSet? set;
        lock (_lock)
        {
            if (_dataSets.TryGetValue(uid, out set) && !set.IsOver)
            {
                set.Advance();
                if (set.IsOver)
                {
                    _events.Add($"done {set.Post}");
                }
            }
        }

        if (set is null && Habits.IsStrictAboutUids)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync(Status(uid, set));
    }

    /// <summary>Elements by the alphabet, each on a line of its own: the vendor's script looks for lines.</summary>
    private string Status(string uid, DataSet? set) => string.Join('\n', new[]
    {
        "<dataSetStatus>",
        $"  <completedCount>{(set?.Completed ?? 0) - (Habits.CountsFailedRows ? 0 : set?.Errors.Count ?? 0)}</completedCount>",
        "  <dataIntegrationId type=\"blackboard.platform.dataintegration.DataIntegration\">_123_1</dataIntegrationId>",
        $"  <dataSetUid>{uid}</dataSetUid>",
        $"  <errorCount>{set?.Errors.Count ?? 0}</errorCount>",
        "  <lastEntryDate>2026-09-01T02:10:13.700+02:00</lastEntryDate>",
        Habits.NamesMachine ? "  <machineName>app-node-1</machineName>" : null,
        $"  <queuedCount>{set?.Queued ?? 0}</queuedCount>",
        "  <startDate>2026-09-01T02:10:11.204+02:00</startDate>",
        "  <warningCount>0</warningCount>",
        "</dataSetStatus>",
    }.OfType<string>());

    private LearnIntegration? Integration(string? authorization) => Integrations.FirstOrDefault(integration =>
        authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{integration.Username}:{integration.Password}"))}");

    private static Task HangUpAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
