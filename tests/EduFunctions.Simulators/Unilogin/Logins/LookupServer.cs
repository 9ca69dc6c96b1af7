using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>A call that was let in, with the values of its parameters.</summary>
public sealed record LookupRequest(string Service, string Operation, IReadOnlyList<string> Parameters);

/// <summary>wsiINST, wsiBRUGER and wsiIDENTIFIKATION in both generations: with user and password, and signed.</summary>
public sealed class LookupServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<LookupRequest> _requests = new();
    private readonly Dictionary<string, Func<XElement, IEnumerable<XElement>?>> _services;
    private readonly Dictionary<string, ILookupGate> _gates;
    private LoopbackServer? _server;

    private LookupServer(LookupWorld world)
    {
        World = world;
        _services = new Dictionary<string, Func<XElement, IEnumerable<XElement>?>>(StringComparer.Ordinal)
        {
            ["wsiinst"] = new InstAnswers(world).Answer,
            ["wsibruger"] = new BrugerAnswers(world).Answer,
            ["wsiidentifikation"] = new IdentifikationAnswers(world).Answer,
        };
        _gates = new Dictionary<string, ILookupGate>(StringComparer.Ordinal) { ["6"] = new PasswordGate(Username, Password) };
    }

    public LookupWorld World { get; }

    public string Username => "prove-bruger";

    public string Password => "lookup-password";

    /// <summary>Calls that were let in, in their order.</summary>
    public IReadOnlyList<LookupRequest> Requests => [.. _requests];

    /// <summary>The fault that a call ends with; null answers it.</summary>
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
    public string Endpoint(string service, int version) => $"{_server!.Address}/{version}/{service}";

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var path = context.Request.Path.Value!.Split('/');
        var (gate, service) = (_gates[path[1]], path[2]);
        var envelope = XDocument.Parse(Encoding.UTF8.GetString(body.ToArray()), LoadOptions.PreserveWhitespace).Root!;
        var operation = envelope.Element(envelope.Name.Namespace + "Body")!.Elements().Single();
        var (status, answer) = gate.Refusal(envelope, operation) is { } refusal
            ? (StatusCodes.Status400BadRequest, gate.Fault(refusal))
            : Answer(gate, service, operation);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/soap+xml; charset=utf-8";
        await context.Response.Body.WriteAsync(gate.Close(answer, envelope), context.RequestAborted);
    }

    private (int Status, XElement Body) Answer(ILookupGate gate, string service, XElement operation)
    {
        var asked = new LookupRequest(
            service, operation.Name.LocalName, [.. operation.Elements().Where(child => child.Name.Namespace == operation.Name.Namespace).Select(child => child.Value)]);
        _requests.Enqueue(asked);
        if (Fault(asked) is { } fault)
        {
            return (StatusCodes.Status400BadRequest, gate.Fault(fault));
        }

        if (operation.Name.NamespaceName != gate.Namespace(service) || _services[service](operation) is not { } children)
        {
            return (StatusCodes.Status500InternalServerError, gate.Fault(null));
        }

        var response = new XElement(ResponseName(operation.Name), children);
        Spoil(asked, response);
        return (StatusCodes.Status200OK, response);
    }

    private static XName ResponseName(XName operation) => operation.LocalName switch
    {
        "hentCprFraBrugerid" => operation.Namespace + "hentCprResponse",
        "hentBrugeridFraCpr" => operation.Namespace + "hentBrugeridResponse",
        _ => operation.Namespace + $"{operation.LocalName}Response",
    };
}
