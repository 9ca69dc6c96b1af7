using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Node;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.Scim;

/// <summary>A SCIM 2.0 server that knows nothing of us (npm scimmy), behind a road on which calls get lost.</summary>
public sealed class ScimReceiver : IAsyncDisposable
{
    public const string Token = "only-the-sender-knows";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly NodeProcess _node;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly Lock _door = new();
    private readonly List<string> _calls = [];
    private LoopbackServer? _road;

    private ScimReceiver(NodeProcess node) => _node = node;

    public string BaseUrl => $"{_road!.Address}/scim";

    /// <summary>What becomes of a call, by its method, path and number.</summary>
    public Func<ScimCall, ScimFault> Fault { get; set; } = _ => ScimFault.None;

    /// <summary>Method and path of every call, as it came.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_door)
            {
                return [.. _calls];
            }
        }
    }

    private string Server => $"http://127.0.0.1:{JsonElement.Parse(_node.ReadyLine).GetProperty("listening").GetInt32()}";

    /// <param name="patch">Whether the server takes changes alone, or only whole resources.</param>
    public static async Task<ScimReceiver> StartAsync(bool patch = true, CancellationToken ct = default)
    {
        var packages = await NodeTools.InstallAsync(ct: ct);
        var settings = JsonSerializer.Serialize(new { Token, Patch = patch }, Json);
        var receiver = new ScimReceiver(await NodeProcess.StartAsync("Scim/scim.mjs", [settings], packages, line => line.Contains("\"listening\""), ct));
        receiver._road = await LoopbackServer.StartAsync(receiver.AnswerAsync, ct);
        return receiver;
    }

    /// <summary>All that the server has, and what was changed in it.</summary>
    public async Task<ScimState> StateAsync() => new(JsonNode.Parse(await _http.GetStringAsync(new Uri($"{Server}/state")))!.AsObject());

    /// <summary>A call by somebody else, past the road.</summary>
    public async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{Server}/scim/{path}") { Content = body is null ? null : new StringContent(body.ToJsonString(), null, "application/scim+json") };
        request.Headers.Authorization = new("Bearer", Token);
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _road!.DisposeAsync();
        await _node.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        switch (Fault(Note(context)))
        {
            case ScimFault.Reset:
                context.Abort();
                return;
            case ScimFault.LostAnswer:
                using (await ForwardAsync(context))
                {
                    context.Abort();
                }

                return;
            case ScimFault.TooMany:
                await RefuseAsync(context, 429);
                return;
            case ScimFault.Busy:
                await RefuseAsync(context, 503);
                return;
            case ScimFault.Changed when context.Request.Headers.IfMatch.Count > 0:
                await RefuseAsync(context, 412);
                return;
            case ScimFault.Elsewhere:
                context.Response.Headers.Location = "/elsewhere";
                context.Response.StatusCode = 302;
                return;
            case ScimFault.Page:
                await context.Response.WriteAsync("<html><body>All is well</body></html>");
                return;
            case ScimFault.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(30));
                break;
        }

        using var answer = await ForwardAsync(context);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }

    private ScimCall Note(HttpContext context)
    {
        var path = context.Request.Path.Value!["/scim/".Length..];
        lock (_door)
        {
            _calls.Add($"{context.Request.Method} {path}{context.Request.QueryString}");
            return new ScimCall(_calls.Count, context.Request.Method, path);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = "2";
        return Task.CompletedTask;
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"{Server}{context.Request.Path}{context.Request.QueryString}");
        foreach (var name in new[] { "Authorization", "If-Match" })
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].AsEnumerable());
        }

        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        return await _http.SendAsync(request);
    }
}

/// <param name="Number">From 1.</param>
/// <param name="Path">Below the server's address.</param>
public sealed record ScimCall(int Number, string Method, string Path);

/// <summary>What happens to a call on its way.</summary>
public enum ScimFault
{
    None,

    /// <summary>The connection is reset before the server hears of it.</summary>
    Reset,

    /// <summary>The server does it, and nobody hears of that.</summary>
    LostAnswer,

    /// <summary>429 with Retry-After.</summary>
    TooMany,

    /// <summary>503 with Retry-After.</summary>
    Busy,

    /// <summary>412, for a call that names a version.</summary>
    Changed,

    /// <summary>A redirect.</summary>
    Elsewhere,

    /// <summary>200 with a page that says nothing.</summary>
    Page,

    Slow,
}
