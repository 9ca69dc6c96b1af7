using System.Xml;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Soap;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Sources.Unilogin;

/// <summary>The service wsiEKSPORT in the words of the tenant's version.</summary>
internal sealed class WsiEksport : IDisposable
{
    private const long LongestExport = 1L << 30;

    private readonly UniloginSettings _settings;
    private readonly SigningCertificate? _signing;
    private readonly SigningCertificate? _tls;
    private readonly SoapClient _client;
    private readonly string _namespace;
    private readonly string _actions;

    private WsiEksport(UniloginSettings settings, SoapConnections connections, TimeProvider time)
    {
        _settings = settings;
        Endpoint = new Uri(settings.Endpoint);
        _tls = Load("tlsCertificate", settings.TlsCertificate, settings.TlsCertificatePassword, time);
        _signing = Load("certificate", settings.Certificate, settings.CertificatePassword, time);
        (_namespace, _actions) = settings.Version == 7 ? (UniloginNames.Eksport7, UniloginNames.Eksport7) : (UniloginNames.Eksport6, UniloginNames.Eksport6Actions);
        ISoapAuthentication authentication = _signing is null
            ? new UserPassword(UniloginNames.Common6, settings.Username!, settings.Password!)
            : new SignedMessages(_signing, UniloginNames.Common7, settings.ProviderSystemId!, Trust(settings, _signing));
        _client = new SoapClient(connections.Get(_tls?.Certificate), authentication, time);
    }

    public Uri Endpoint { get; }

    /// <exception cref="RunHeldException">A certificate is not good today.</exception>
    public static WsiEksport Open(UniloginSettings settings, SoapConnections connections, TimeProvider time) => new(settings, connections, time);

    /// <summary>Numbers, in lower case, of the institutions that have agreed to the tenant's package.</summary>
    /// <exception cref="SoapException">The call came to nothing.</exception>
    public async Task<IReadOnlySet<string>> AgreementsAsync(CancellationToken ct)
    {
        var response = await _client.CallAsync(Call("hentDataAftaler", null), ct);
        return response.Descendants().Where(element => element.Name.LocalName == "regnr").Select(element => element.Value.Trim().ToLowerInvariant()).ToHashSet();
    }

    /// <summary>Pulls an institution into the page, proven. This counts against the institution's day.</summary>
    /// <returns>The persons in the answer.</returns>
    /// <exception cref="SoapException">The call came to nothing.</exception>
    public async Task<int> PullAsync(string institution, ExportFilter filter, SpooledPage page, TimeSpan patience, CancellationToken ct)
    {
        var call = Call("eksporterXml", xml =>
        {
            xml.WriteElementString("instnr", _namespace, institution);
            if (_settings.Version == 7)
            {
                filter.Write(xml, _namespace, _settings);
            }
        }) with
        { LongestAnswer = LongestExport, Patience = patience };
        var persons = 0;
        var isExport = false;
        await _client.CallAsync(call, page.Input, page.Open, element =>
        {
            persons += element.LocalName == "InstitutionPerson" ? 1 : 0;
            isExport |= element.LocalName == $"{call.Operation.Name}Response" && element.NamespaceURI == _namespace;
        }, ct);
        return isExport
            ? persons
            : throw new SoapException($"the answer is none to {call.Operation.Name}. Check source.endpoint and source.version", mayPass: false);
    }

    public void Dispose()
    {
        _signing?.Dispose();
        _tls?.Dispose();
    }

    private SoapCall Call(string operation, Action<XmlWriter>? parameters)
    {
        var name = $"{operation}{char.ToUpperInvariant(_settings.Package[0])}{_settings.Package[1..]}";
        return new SoapCall(Endpoint, $"{_actions}/{name}", new SoapOperation(_namespace, name, parameters));
    }

    private static AnswerTrust Trust(UniloginSettings settings, SigningCertificate own) =>
        AnswerTrust.Of(settings.TrustedRoots is { } roots ? SigningCertificate.LoadTrusted(roots) : own.Issuers);

    private static SigningCertificate? Load(string key, Secret? secret, Secret? password, TimeProvider time)
    {
        if (secret is null)
        {
            return null;
        }

        var certificate = SigningCertificate.Load(secret, password);
        var (from, until) = (certificate.Certificate.NotBefore.ToUniversalTime(), certificate.Certificate.NotAfter.ToUniversalTime());
        var now = time.GetUtcNow().UtcDateTime;
        return from <= now && now <= until
            ? certificate
            : throw new RunHeldException(
                $"The certificate in the secret \"{secret.Name}\" (source.{key}) is good from {from:yyyy-MM-dd} to {until:yyyy-MM-dd}, not now. Put a renewed one there, then run again.");
    }
}
