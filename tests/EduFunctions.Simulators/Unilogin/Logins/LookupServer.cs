using System.Collections.Concurrent;
using System.Xml.Linq;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>A call as it arrived, with the values of its parameters.</summary>
public sealed record LookupRequest(string Service, string Operation, IReadOnlyList<string> Parameters);

/// <summary>wsiINST, wsiBRUGER and wsiIDENTIFIKATION in both generations: with user and password, and signed.</summary>
public sealed class LookupServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<LookupRequest> _requests = new();
    private readonly InstAnswers _inst;
    private readonly BrugerAnswers _bruger;
    private readonly IdentifikationAnswers _identifikation;
    private LoopbackServer? _server;

    private LookupServer(LookupWorld world)
    {
        World = world;
        (_inst, _bruger, _identifikation) = (new InstAnswers(world), new BrugerAnswers(world), new IdentifikationAnswers(world));
    }

    public LookupWorld World { get; }

    public string Username => "prove-bruger";

    public string Password => "lookup-password";

    /// <summary>Calls that were let in, in their order.</summary>
    public IReadOnlyList<LookupRequest> Requests => [.. _requests];

    /// <summary>The fault that an operation ends with; null answers.</summary>
    public Func<LookupRequest, string?> Fault { get; set; } = _ => null;

    /// <summary>Changes an answer before it is sent.</summary>
    public Action<LookupRequest, XElement> Spoil { get; set; } = (_, _) => { };

    public static async Task<LookupServer> StartAsync(LookupWorld world, CancellationToken ct = default)
    {
        var server = new LookupServer(world);
        server._server = await LoopbackServer.StartAsync(server.AnswerAsync, ct);
        return server;
    }

    /// <param name="service">Such as <c>wsiinst</c>.</param>
    /// <param name="version">6 with user and password, 7 signed.</param>
    public string Endpoint(string service, int version) => $"{_server!.Address}/v{version}/{service}";

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var (status, answer) = Answer(context.Request.Path.Value!.Split('/') is [_, var version, var service] ? (version, service) : default, body.ToArray());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/soap+xml; charset=utf-8";
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }
}
