using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Xml;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

public sealed record UniloginImportDeliverySettings : DeliverySettings
{
    internal const string AsXml = "xml";
    internal const string AsText = "text";

    private const string Soap12 = "1.2";

    /// <summary>Version 8 has one text for its address and for the namespace of its operations.</summary>
    private const string Public = "https://brugerdatabasen.stil.dk/bpi/wsaimport/8";

    [Range(7, 8, ErrorMessage = "must be 7 or 8")]
    [Description("Version of wsaIMPORT: 8 is signed with a certificate, 7 takes user and password.")]
    public int Version { get; init; } = 8;

    [SafeAddress]
    [Description("Address of wsaIMPORT; absent, the public one of version 8. Version 7 needs the one of its WSDL.")]
    public string? Endpoint { get; init; }

    [Description("XML namespace of the operations; absent, the public one of version 8. Version 7 needs the one of its WSDL.")]
    public string? Namespace { get; init; }

    [Description("What stands before the operation's name in its SOAP action; absent, the namespace and a slash.")]
    public string? ActionPrefix { get; init; }

    [RegularExpression("^1\\.[12]$", ErrorMessage = "must be \"1.1\" or \"1.2\"")]
    [Description("Version of SOAP; absent, 1.2 for version 8 and 1.1 for version 7.")]
    public string? SoapVersion { get; init; }

    [AllowedValues(AsXml, AsText, ErrorMessage = "must be \"xml\" or \"text\"")]
    [Description("How the document stands in instXML: as elements, or as text (version 7).")]
    public string Document { get; init; } = AsXml;

    [Description("Values of reskode that say that the document was taken.")]
    public IReadOnlyList<int> SuccessCodes { get; init; } = [0];

    [Description("System user, wsBrugerid (version 7).")]
    public string? Username { get; init; }

    [Description("The system user's password (version 7).")]
    public Secret? Password { get; init; }

    [RegularExpression("^[A-Za-z0-9]{1,20}$", ErrorMessage = "must be 1 to 20 letters or digits")]
    [Description("The id of the calling system at the service, as AB123456 (version 8).")]
    public string? ProviderSystemId { get; init; }

    [Description("Certificate with key that signs the calls: PKCS#12 in Base64, PEM, or file: and a path (version 8).")]
    public Secret? Certificate { get; init; }

    [Description("Password of the certificate, when it has one.")]
    public Secret? CertificatePassword { get; init; }

    [Description("Certificate with key that is shown when connecting; absent, the one that signs.")]
    public Secret? TlsCertificate { get; init; }

    [Description("Password of the TLS certificate, when it has one.")]
    public Secret? TlsCertificatePassword { get; init; }

    [Description("Certificates in PEM that signed answers have to lead to; absent takes those that came with the certificate, else this machine's.")]
    public Secret? TrustedRoots { get; init; }

    [Description("XML namespace of the header with the provider's system id.")]
    public string CommonNamespace { get; init; } = "https://brugerdatabasen.stil.dk/bpi/common/3";

    [Range(1, 9, ErrorMessage = "must be 1 to 9")]
    [Description("Minutes within which the service has to answer; after that it counts as unknown whether it has taken the document.")]
    public int TimeoutMinutes { get; init; } = 5;

    internal bool IsSigned => Version == 8;

    internal string Address => Endpoint ?? Public;

    internal string Operations => Namespace ?? Public;

    internal SoapVersion Soap => SoapVersion is null ? IsSigned ? Protocols.Soap.SoapVersion.Soap12 : Protocols.Soap.SoapVersion.Soap11
        : SoapVersion == Soap12 ? Protocols.Soap.SoapVersion.Soap12 : Protocols.Soap.SoapVersion.Soap11;

    public override IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup) =>
    [
        .. setup.Settings is UniloginImportSettings ? Array.Empty<(string, string)>()
            : [("type", $"a feed of type {setup.Type} cannot be delivered to wsaIMPORT")],
        .. IsSigned ? SignedContradictions() : PasswordContradictions(),
    ];

    public override IEnumerable<(string Key, string Cause)> UnusableSecrets() =>
    [
        .. Unusable("certificate", Certificate, secret => SigningCertificate.Load(secret, CertificatePassword).Dispose()),
        .. Unusable("tlsCertificate", TlsCertificate, secret => SigningCertificate.Load(secret, TlsCertificatePassword).Dispose()),
        .. Password is null || IsText(Password.Reveal()) ? Array.Empty<(string, string)>()
            : [("password", $"names the secret \"{Password.Name}\", which holds characters that no call may")],
        .. Unusable("trustedRoots", TrustedRoots, secret => SigningCertificate.LoadTrusted(secret)),
    ];

    private static bool IsText(string text) => text.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c));

    private IEnumerable<(string Key, string Cause)> SignedContradictions()
    {
        if (ProviderSystemId is null)
        {
            yield return ("providerSystemId", "is missing: version 8 is called under the provider's system id");
        }

        if (Certificate is null)
        {
            yield return ("certificate", "is missing: version 8 is signed");
        }

        if (Username is not null || Password is not null)
        {
            yield return ("username", "goes with version 7; version 8 takes providerSystemId and certificate");
        }

        if (Endpoint?.Contains("wsaimport-v", StringComparison.OrdinalIgnoreCase) is true)
        {
            yield return ("endpoint", "is an address of an earlier version; version 8 is below /bpi/wsaimport/8");
        }

        if (Document == AsText)
        {
            yield return ("document", "goes with version 7; version 8 takes the document as elements");
        }
    }

    private IEnumerable<(string Key, string Cause)> PasswordContradictions()
    {
        foreach (var key in new[] { (Name: "endpoint", Value: Endpoint), (Name: "namespace", Value: Namespace) }.Where(key => key.Value is null))
        {
            yield return (key.Name, "is missing; the WSDL of version 7 names it");
        }

        if (Username is null || Password is null)
        {
            yield return ("username", "and password are needed for version 7");
        }

        if ((Certificate ?? TrustedRoots ?? TlsCertificate) is not null || ProviderSystemId is not null)
        {
            yield return ("certificate", "goes with version 8; version 7 takes username and password");
        }

        if (Endpoint?.Contains("/bpi/", StringComparison.OrdinalIgnoreCase) is true)
        {
            yield return ("endpoint", "is an address of version 8; set version to 8");
        }
    }

    private static IEnumerable<(string Key, string Cause)> Unusable(string key, Secret? secret, Action<Secret> load)
    {
        if (secret is not null && Problem(secret, load) is { } problem)
        {
            yield return (key, $"the secret \"{secret.Name}\" cannot be used: {problem}");
        }
    }

    private static string? Problem(Secret secret, Action<Secret> load)
    {
        try
        {
            load(secret);
            return null;
        }
        catch (CryptographicException e)
        {
            return e.Message;
        }
    }
}
