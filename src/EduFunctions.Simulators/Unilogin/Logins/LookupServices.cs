using System.Collections.Concurrent;
using System.Xml.Linq;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>A call that was let in, with the values of its parameters.</summary>
public sealed record LookupRequest(string Service, string Operation, IReadOnlyList<string> Parameters);

/// <summary>wsiINST, wsiBRUGER and wsiIDENTIFIKATION over one world, in both generations.</summary>
public sealed class LookupServices(LookupWorld world)
{
    private readonly ConcurrentQueue<LookupRequest> _requests = new();

    public LookupWorld World { get; } = world;

    /// <summary>Calls that were let in, in their order.</summary>
    public IReadOnlyList<LookupRequest> Requests => [.. _requests];

    /// <summary>Changes an answer before it is signed and sent.</summary>
    public Action<LookupRequest, XElement> Spoil { get; set; } = (_, _) => { };

    public void AddTo(UniloginServer server)
    {
        server.Add(new LookupAnswers("wsiinst", signedVersion: 6, new InstAnswers(World).Answer, this));
        server.Add(new LookupAnswers("wsibruger", signedVersion: 7, new BrugerAnswers(World).Answer, this));
        server.Add(new LookupAnswers("wsiidentifikation", signedVersion: 6, new IdentifikationAnswers(World).Answer, this));
    }

    internal void Note(LookupRequest request, XElement response)
    {
        _requests.Enqueue(request);
        Spoil(request, response);
    }
}

/// <param name="signedVersion">Its own version in the signed generation.</param>
/// <param name="answer">The response's children; null for an operation that the service does not have.</param>
internal sealed class LookupAnswers(string name, int signedVersion, Func<XElement, IEnumerable<XElement>?> answer, LookupServices services) : IUniloginService
{
    public string Name => name;

    public UniloginReply Answer(SoapQuestion question, int version)
    {
        var operation = XElement.Parse(question.Operation.OuterXml);
        var ns = version == 7 ? $"https://brugerdatabasen.stil.dk/bpi/{name}/{signedVersion}" : $"https://{name}.unilogin.dk/ws";
        if (operation.Name.NamespaceName != ns || answer(operation) is not { } children)
        {
            return UniloginReply.Fault(null);
        }

        var response = new XElement(ResponseName(operation.Name), children);
        var parameters = operation.Elements().Where(child => child.Name.NamespaceName == ns).Select(child => child.Value);
        services.Note(new LookupRequest(name, operation.Name.LocalName, [.. parameters]), response);
        return UniloginReply.Content(EksportService.Canonical(output => response.Save(output, SaveOptions.DisableFormatting)));
    }

    private static XName ResponseName(XName operation) => operation.LocalName switch
    {
        "hentCprFraBrugerid" => operation.Namespace + "hentCprResponse",
        "hentBrugeridFraCpr" => operation.Namespace + "hentBrugeridResponse",
        _ => operation.Namespace + $"{operation.LocalName}Response",
    };
}
