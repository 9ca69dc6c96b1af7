using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>wsiEKSPORT: whole institutions, by package, for those who have an agreement.</summary>
internal sealed class EksportService(UniloginServer server, ExportWriter documents, bool areCanonical) : IUniloginService
{
    private static readonly string[] Packages = ["Lille", "Mellem", "Fuld", "FuldMyndighed"];

    public string Name => "wsieksport";

    public UniloginReply Answer(SoapQuestion question, int version)
    {
        var operation = question.Operation.LocalName;
        var ns = Names.Eksport(version);
        if (question.Operation.NamespaceURI != ns)
        {
            return UniloginReply.Fault(null);
        }

        foreach (var package in Packages)
        {
            if (operation == $"hentDataAftaler{package}")
            {
                return UniloginReply.Content(Agreements(ns, version, operation));
            }

            if (operation == $"eksporterXml{package}")
            {
                return Export(question, version, package);
            }
        }

        return UniloginReply.Fault(null);
    }

    private Action<Stream> Agreements(string ns, int version, string operation)
    {
        var numbers = string.Concat(server.Agreements.Select(number => $"<c:regnr xmlns:c=\"{Names.Common(version)}\">{number}</c:regnr>"));
        return output => output.Write(Encoding.UTF8.GetBytes($"<e:{operation}Response xmlns:e=\"{ns}\">{numbers}</e:{operation}Response>"));
    }

    private UniloginReply Export(SoapQuestion question, int version, string package)
    {
        var asked = ExportQuestion.Of(question, version, package);
        if (!server.Agreements.Contains(asked.Institution, StringComparer.OrdinalIgnoreCase))
        {
            return UniloginReply.Fault("Rettigheder");
        }

        // Nothing public says what the service does then; it does not answer, and remembers.
        return server.CountPull(asked.Institution) > UniloginServer.PullsPerDay
            ? UniloginReply.Fault(null)
            : UniloginReply.Content(Response(question, asked));
    }

    private Action<Stream> Response(SoapQuestion question, ExportQuestion asked)
    {
        var name = $"e:{question.Operation.LocalName}Response";
        Action<Stream> whole = output =>
        {
            output.Write(Encoding.UTF8.GetBytes($"<{name} xmlns:e=\"{question.Operation.NamespaceURI}\"><e:xml>"));
            documents(asked, output);
            output.Write(Encoding.UTF8.GetBytes($"</e:xml></{name}>"));
        };
        return areCanonical ? whole : Canonical(whole);
    }

    internal static Action<Stream> Canonical(Action<Stream> write)
    {
        using var raw = new MemoryStream();
        write(raw);
        raw.Position = 0;
        var document = new XmlDocument { PreserveWhitespace = true };
        using (var reader = XmlReader.Create(raw))
        {
            document.Load(reader);
        }

        var transform = new XmlDsigExcC14NTransform();
        transform.LoadInput(document);
        using var canonical = new MemoryStream();
        ((Stream)transform.GetOutput(typeof(Stream))).CopyTo(canonical);
        var bytes = canonical.ToArray();
        return output => output.Write(bytes);
    }
}
