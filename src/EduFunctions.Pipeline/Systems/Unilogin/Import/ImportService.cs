using System.Xml;
using System.Xml.Linq;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>The operations of wsaIMPORT, as far as they are known. Version 8 has no greeting that works, so agreements are what a connection is tried with.</summary>
internal sealed class ImportService : IDisposable
{
    private readonly UniloginImportDeliverySettings _settings;
    private readonly SigningCertificate? _certificate;
    private readonly SigningCertificate? _tls;
    private readonly SoapClient _client;

    public ImportService(UniloginImportDeliverySettings settings, SoapConnections connections, TimeProvider time)
    {
        _settings = settings;
        _certificate = settings.IsSigned ? SigningCertificate.Load(settings.Certificate!, settings.CertificatePassword) : null;
        _tls = settings.TlsCertificate is { } shown ? SigningCertificate.Load(shown, settings.TlsCertificatePassword) : null;
        _client = new SoapClient(connections.Get((_tls ?? _certificate)?.Certificate), Authentication(), time);
    }

    public static string OperationOf(ImportFileKind kind) => kind switch
    {
        ImportFileKind.Total => "importerXml",
        ImportFileKind.Delta => "importerDeltaXml",
        _ => "importerSletXml",
    };

    /// <summary>The element that answers a document of this kind, and no other.</summary>
    public static XName AnswerTo(ImportFileKind kind, UniloginImportDeliverySettings settings) => XName.Get($"{OperationOf(kind)}Response", settings.Operations);

    /// <param name="raw">Gets the answer as it comes, whatever it is.</param>
    /// <returns>The element in the answer's body.</returns>
    /// <exception cref="SoapException">There is no answer, or none that is one.</exception>
    public async Task<XElement> ImportAsync(ImportFileKind kind, Stream document, MemoryStream raw, CancellationToken ct)
    {
        var text = await new StreamReader(document).ReadToEndAsync(ct);
        var call = Call(OperationOf(kind), xml => WriteDocument(xml, text));
        await _client.CallAsync(call, raw, () => Copy(raw), onElement: null, ct);
        return SoapAnswer.ReadResponse(Copy(raw), call.LongestAnswer);
    }

    /// <summary>Whether any institution has agreed to imports; the method is common to all services.</summary>
    /// <exception cref="SoapException">There is no answer, or none that is one.</exception>
    public async Task<bool> HasAgreementsAsync(CancellationToken ct)
    {
        var response = await _client.CallAsync(Call("hentDataAftaler", null), ct);
        return response.Descendants().Any(element => element.Name.LocalName == "regnr");
    }

    public void Dispose()
    {
        _certificate?.Dispose();
        _tls?.Dispose();
    }

    private SoapCall Call(string operation, Action<XmlWriter>? write) =>
        new(new Uri(_settings.Address), $"{_settings.ActionPrefix ?? $"{_settings.Operations}/"}{operation}", new SoapOperation(_settings.Operations, operation, write))
        {
            Version = _settings.Soap,
            Patience = TimeSpan.FromMinutes(_settings.TimeoutMinutes),
        };

    /// <summary>As elements it stands without its first line, but on the same lines.</summary>
    private void WriteDocument(XmlWriter xml, string document)
    {
        xml.WriteStartElement("instXML", _settings.Operations);
        if (_settings.Document == UniloginImportDeliverySettings.AsText)
        {
            xml.WriteString(document);
        }
        else
        {
            xml.WriteRaw(document[document.IndexOf('\n', StringComparison.Ordinal)..]);
        }

        xml.WriteEndElement();
    }

    private ISoapAuthentication Authentication()
    {
        if (_certificate is null)
        {
            return new UserPassword(_settings.Operations, _settings.Username!, _settings.Password!);
        }

        var trusted = _settings.TrustedRoots is { } roots ? SigningCertificate.LoadTrusted(roots) : _certificate.Issuers;
        return new SignedMessages(_certificate, _settings.CommonNamespace, _settings.ProviderSystemId!, AnswerTrust.Of(trusted));
    }

    private static MemoryStream Copy(MemoryStream raw) => new(raw.ToArray());
}
