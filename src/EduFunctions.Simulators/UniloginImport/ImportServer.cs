using System.Text;
using System.Xml.Linq;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.UniloginImport;

/// <summary>A call that was answered, or would have been.</summary>
/// <param name="Action">The SOAP action.</param>
public sealed record ImportCall(ImportRequest Request, string Action, string Body)
{
    public override string ToString() => $"{Request.Operation} {Request.Institution}";
}

/// <summary>
/// wsaIMPORT as far as it is known, and as proposed where it is not: the answers' form and codes are ours. What it holds can be asked. Called by its own
/// address it is version 7; version 8 stands among the signed services (<see cref="SignedImport"/>).
/// </summary>
public sealed class ImportServer : IAsyncDisposable
{
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";

    private readonly Lock _lock = new();
    private readonly List<ImportCall> _calls = [];
    private readonly Dictionary<string, ImportedInstitution> _institutions = [];
    private LoopbackServer? _server;

    private ImportServer()
    {
    }

    public ImportHabits Habits { get; } = new();

    public string Endpoint => $"{_server!.Address}/wsaimport-v7/ws";

    /// <summary>Of the operations.</summary>
    public string Namespace => "https://wsaimport.example/ws";

    public string DocumentNamespace => "https://wsaimport.example/import";

    public string Username => "wsaimport-user";

    public string Password => "wsaimport-password";

    /// <summary>All calls so far, in order.</summary>
    public IReadOnlyList<ImportCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Empty for one that nothing was taken for.</summary>
    public ImportedInstitution this[string number]
    {
        get
        {
            lock (_lock)
            {
                return _institutions.GetValueOrDefault(number) ?? new ImportedInstitution();
            }
        }
    }

    public static async Task<ImportServer> StartAsync()
    {
        var server = new ImportServer();
        server._server = await LoopbackServer.StartAsync(server.AnswerAsync);
        return server;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    /// <summary>What a call comes to once it is known who makes it.</summary>
    internal XElement Answer(ImportRequest request, string ns) => Habits.Rewrites(request.Operation, new XElement(
        XName.Get($"{request.Operation}Response", ns),
        request.Operation == "hentDataAftaler"
            ? Habits.Agreed.Select(institution => new XElement("regnr", institution))
            : new XElement("svarXML", Answered(Take(request)))));

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = Note(body.ToArray(), context.Request.Headers["SOAPAction"].ToString());
        var fault = Habits.Fault(request.Operation, request.Institution);

        if (fault == ImportFault.HangUpBeforeTaking)
        {
            context.Abort();
        }
        else if (request.Username != Username || request.Password != Password)
        {
            await WriteAsync(context, 500, Fault("Client", "BrugeridEllerPassword"));
        }
        else if (fault == ImportFault.ServerFault)
        {
            await WriteAsync(context, 500, Fault("Server", null));
        }
        else
        {
            await WriteAsync(context, Answer(request, Namespace), fault);
        }
    }

    internal ImportRequest Note(byte[] body, string action)
    {
        var request = ImportRequest.Read(body);
        lock (_lock)
        {
            _calls.Add(new ImportCall(request, action, Encoding.UTF8.GetString(body)));
        }

        return request;
    }

    private object Answered(XElement answer) => Habits.AnswersAsText ? answer.ToString() : answer.Elements();

    private static async Task WriteAsync(HttpContext context, XElement answer, ImportFault? fault)
    {
        switch (fault)
        {
            case ImportFault.HangUpAfterTaking:
                context.Abort();
                break;
            case ImportFault.Page:
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync("<html><body>Driftsforstyrrelse</body></html>");
                break;
            case ImportFault.StrangeAnswer:
                await WriteAsync(context, 200, Envelope(new XElement(answer.Name, new XElement("kvittering", new XElement("status", "modtaget")))));
                break;
            default:
                await WriteAsync(context, 200, Envelope(answer));
                break;
        }
    }

    /// <summary>In the order of the checks; what a check refuses leaves nothing behind.</summary>
    private XElement Take(ImportRequest request)
    {
        if (request.Document is null)
        {
            return Answer(1, "Dokumentet er ikke velformet");
        }

        if (ReceiverSchema.Breaches(request.Document, DocumentNamespace) is { Count: > 0 } breaches)
        {
            return Answer(2, "Skemafejl", [.. breaches.Select(place => (request.LineOf(place), "Skemafejl"))]);
        }

        if (Habits.Unapproved.Contains(request.Institution))
        {
            return Answer(3, "Institutionen har ikke godkendt");
        }

        lock (_lock)
        {
            var institution = _institutions.GetValueOrDefault(request.Institution) ?? new ImportedInstitution();
            if (institution.SourceDateTime >= request.SourceDateTime)
            {
                return Answer(4, "sourceDateTime er ikke nyere");
            }

            _institutions[request.Institution] = institution;
            var refusals = new ImportRules(institution, Habits).Apply(request);
            return Answer(0, "OK", [.. refusals.Select(refusal => (request.LineOf(refusal.Row), refusal.Text))]);
        }
    }

    private XElement Answer(int code, string text, params (int Line, string Text)[] errors) => new(
        "svar", new XElement("reskode", code), new XElement("restekst", text),
        errors.Select(error => new XElement("fejl", Habits.NamesLines ? new XAttribute("linje", error.Line) : null, error.Text)));

    private static XElement Fault(string code, string? type) => Envelope(new XElement(
        XName.Get("Fault", Soap), new XElement("faultcode", $"soap:{code}"), new XElement("faultstring", "Fejl"),
        type is null ? null : new XElement("detail", new XElement("authentificationError", new XElement("type", type)))));

    private static XElement Envelope(XElement content) => new(
        XName.Get("Envelope", Soap), new XAttribute(XNamespace.Xmlns + "soap", Soap), new XElement(XName.Get("Body", Soap), content));

    private static async Task WriteAsync(HttpContext context, int status, XElement envelope)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/xml; charset=utf-8";
        await context.Response.WriteAsync(envelope.ToString(SaveOptions.DisableFormatting));
    }
}
