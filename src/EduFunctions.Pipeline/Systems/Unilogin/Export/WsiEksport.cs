using System.Xml;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>The service wsiEKSPORT in the words of the tenant's version.</summary>
internal sealed class WsiEksport : IDisposable
{
    private const long LongestExport = 1L << 30;

    private readonly UniloginSettings _settings;
    private readonly UniloginCredentials _credentials;
    private readonly string _namespace;
    private readonly string _actions;

    private WsiEksport(UniloginSettings settings, SoapConnections connections, TimeProvider time)
    {
        _settings = settings;
        Endpoint = new Uri(settings.Endpoint);
        _credentials = UniloginCredentials.Open(settings, connections, time);
        (_namespace, _actions) = settings.Version == 7 ? (UniloginNames.Eksport7, UniloginNames.Eksport7) : (UniloginNames.Eksport6, UniloginNames.Eksport6Actions);
    }

    public Uri Endpoint { get; }

    /// <exception cref="RunHeldException">A certificate is not good today.</exception>
    public static WsiEksport Open(UniloginSettings settings, SoapConnections connections, TimeProvider time) => new(settings, connections, time);

    /// <summary>Numbers, in lower case, of the institutions that have agreed to the tenant's package.</summary>
    /// <exception cref="SoapException">The call came to nothing.</exception>
    public async Task<IReadOnlySet<string>> AgreementsAsync(CancellationToken ct)
    {
        var response = await _credentials.Client.CallAsync(Call("hentDataAftaler", null), ct);
        return response.Descendants().Where(element => element.Name.LocalName == "regnr").Select(element => element.Value.Trim().ToLowerInvariant()).ToHashSet();
    }

    /// <summary>Pulls an institution into the page, proven. This counts against the institution's day.</summary>
    /// <returns>The persons in the answer.</returns>
    /// <exception cref="SoapException">The call came to nothing.</exception>
    [Told]
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
        await _credentials.Client.CallAsync(call, page.Input, page.Open, element =>
        {
            persons += element.LocalName == "InstitutionPerson" ? 1 : 0;
            isExport |= element.LocalName == $"{call.Operation.Name}Response" && element.NamespaceURI == _namespace;
        }, ct);
        return isExport
            ? persons
            : throw new SoapException($"the answer is none to {call.Operation.Name}: check source.endpoint and source.version", mayPass: false);
    }

    public void Dispose() => _credentials.Dispose();

    private SoapCall Call(string operation, Action<XmlWriter>? parameters)
    {
        var name = $"{operation}{char.ToUpperInvariant(_settings.Package[0])}{_settings.Package[1..]}";
        return new SoapCall(Endpoint, $"{_actions}/{name}", new SoapOperation(_namespace, name, parameters));
    }
}
