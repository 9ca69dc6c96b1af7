using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>A call as it came, whatever became of it.</summary>
public sealed record UniloginCall(string Operation, string? Institution, byte[] Envelope)
{
    public bool IsPull => Operation.StartsWith("eksporterXml", StringComparison.Ordinal);
}

/// <summary>The services of Unilogin, in the generation with user and password (6) and in the signed one (7).</summary>
public sealed class UniloginServer : IAsyncDisposable
{
    public const int PullsPerDay = 4;

    // Keys take a while to make; all servers of a process have the same.
    private static readonly Lazy<TestAuthority> SharedAuthority = new(() => new TestAuthority("Test OCES root"));
    private static readonly Lazy<X509Certificate2> Own = new(() => SharedAuthority.Value.Issue("Brugerdatabasen (test)"));
    private static readonly Lazy<X509Certificate2> Registered = new(() => SharedAuthority.Value.Issue("EduFunctions (test)"));

    private readonly ConcurrentQueue<UniloginCall> _calls = new();
    private readonly ConcurrentDictionary<(string Institution, DateOnly Day), int> _pulls = new();
    private readonly Dictionary<string, IUniloginService> _services = new(StringComparer.Ordinal);
    private readonly SignatureGate _gate;
    private LoopbackServer? _server;

    private UniloginServer(UniloginHabits habits)
    {
        Habits = habits;
        _gate = new SignatureGate(SystemId, Registered.Value, habits.Clock);
    }

    public UniloginHabits Habits { get; }

    public string SystemId => "AB000000";

    public string Username => "demo-user";

    public string Password => "demo-password-7316";

    /// <summary>Issued the certificates of both sides.</summary>
    public TestAuthority Authority => SharedAuthority.Value;

    /// <summary>The certificate that the caller has registered, with its key.</summary>
    public X509Certificate2 ClientCertificate => Registered.Value;

    /// <summary>The same with root, in PEM: what stands in the secret of a tenant.</summary>
    public string ClientPem => Authority.Pem(ClientCertificate);

    /// <summary>The institutions that have agreed, to every package.</summary>
    public HashSet<string> Agreements { get; } = new(["999001"], StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<UniloginCall> Calls => [.. _calls];

    public IReadOnlyList<UniloginCall> Pulls => [.. _calls.Where(call => call.IsPull)];

    /// <param name="documents">The institutions' export documents.</param>
    /// <param name="areCanonical">Whether they are written in exclusive canonical form already, so that they may be of any size.</param>
    public static async Task<UniloginServer> StartAsync(
        ExportWriter documents, UniloginHabits? habits = null, bool areCanonical = false, CancellationToken ct = default)
    {
        var unilogin = new UniloginServer(habits ?? new UniloginHabits());
        unilogin.Add(new EksportService(unilogin, documents, areCanonical));
        unilogin._server = await LoopbackServer.StartAsync(unilogin.AnswerAsync, ct);
        return unilogin;
    }

    public void Add(IUniloginService service) => _services.Add(service.Name, service);

    /// <summary>The address of a service, such as <c>wsieksport</c>, in a version's own form.</summary>
    public string Endpoint(int version, string service = "wsieksport") =>
        version >= 7 ? $"{_server!.Address}/bpi/{service}/{version}" : $"{_server!.Address}/{service}-v6/ws";

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    /// <summary>Counts a pull of the institution; returns which of the day's it is.</summary>
    internal int CountPull(string institution) => _pulls.AddOrUpdate(
        (institution.ToUpperInvariant(), DateOnly.FromDateTime(Habits.Clock.GetUtcNow().UtcDateTime)), 1, (_, pulls) => pulls + 1);

    private async Task AnswerAsync(HttpContext context)
    {
        var (service, version) = Route(context.Request.Path.Value!);
        if (service is null || !HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var request = new MemoryStream();
        await context.Request.Body.CopyToAsync(request, context.RequestAborted);
        request.Position = 0;
        SoapQuestion question;
        try
        {
            question = SoapQuestion.Parse(request);
        }
        catch (XmlException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var operation = question.Operation.LocalName;
        _calls.Enqueue(new UniloginCall(operation, question.Value("instnr"), request.ToArray()));
        await Task.Delay(Habits.Latency, context.RequestAborted);
        if (Habits.Status(operation) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        var type = Habits.Fault(operation) ?? (version == 7 ? _gate.Refusal(question) : PasswordRefusal(question));
        var reply = type is null ? service.Answer(question, version) : UniloginReply.Fault(type);
        await WriteAsync(context, operation, question, version, reply);
    }

    private (IUniloginService? Service, int Version) Route(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["bpi", var name, _] => (_services.GetValueOrDefault(name), 7),
            [var name, "ws"] => (_services.GetValueOrDefault(name.Split("-v")[0]), 6),
            _ => (null, 0),
        };
    }

    private string? PasswordRefusal(SoapQuestion question) =>
        question.Value("wsBrugerid", Names.Common(6)) == Username && question.Value("wsPassword", Names.Common(6)) == Password ? null : "BrugeridEllerPassword";

    private async Task WriteAsync(HttpContext context, string operation, SoapQuestion question, int version, UniloginReply reply)
    {
        var response = context.Response;
        response.ContentType = "application/soap+xml; charset=utf-8";
        if (reply.Body is null)
        {
            response.StatusCode = reply.Type is null ? StatusCodes.Status500InternalServerError : Habits.FaultStatus;
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(reply.FaultEnvelope(version)));
            return;
        }

        context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        var output = Habits.CutAfter(operation) is { } bytes ? new CutStream(response.Body, bytes) : response.Body;
        try
        {
            if (version == 7)
            {
                new AnswerSigner(Habits.Signer ?? Own.Value, Habits, Habits.Spoils(operation)).Write(reply.Body, question.MessageId, output);
            }
            else
            {
                output.Write(Encoding.UTF8.GetBytes($"<s:Envelope xmlns:s=\"{Names.Soap}\"><s:Body>"));
                reply.Body(output);
                output.Write("</s:Body></s:Envelope>"u8);
            }
        }
        catch (EndOfStreamException)
        {
            await response.Body.FlushAsync();
            context.Abort();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
    }
}
