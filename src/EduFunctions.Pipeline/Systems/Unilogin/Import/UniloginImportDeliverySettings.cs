using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

public sealed record UniloginImportDeliverySettings : DeliverySettings
{
    internal const string AsXml = "xml";
    internal const string AsText = "text";

    private const string Soap11 = "1.1";
    private const string Soap12 = "1.2";

    [SafeAddress]
    [Description("Address of wsaIMPORT, as its WSDL gives it.")]
    public required string Endpoint { get; init; }

    [Description("XML namespace of the operations, as the WSDL gives it.")]
    public required string Namespace { get; init; }

    [Description("What stands before the operation's name in its SOAP action; absent, the namespace and a slash.")]
    public string? ActionPrefix { get; init; }

    [AllowedValues(Soap11, Soap12, ErrorMessage = "must be \"1.1\" or \"1.2\"")]
    [Description("Version of SOAP.")]
    public string SoapVersion { get; init; } = Soap11;

    [AllowedValues(AsXml, AsText, ErrorMessage = "must be \"xml\" or \"text\"")]
    [Description("How the document stands in instXML: as elements, or as text.")]
    public string Document { get; init; } = AsXml;

    [Description("Values of reskode that say that the document was taken.")]
    public IReadOnlyList<int> SuccessCodes { get; init; } = [0];

    [Description("System user (wsBrugerid); with password, or else providerSystemId and certificate.")]
    public string? Username { get; init; }

    [Description("The system user's password.")]
    public Secret? Password { get; init; }

    [RegularExpression("^[A-Za-z0-9]{1,20}$", ErrorMessage = "must be 1 to 20 letters or digits")]
    [Description("The id of the calling system at the service, where messages are signed.")]
    public string? ProviderSystemId { get; init; }

    [Description("Certificate with key that signs the calls: PKCS#12 in Base64, PEM, or file: and a path.")]
    public Secret? Certificate { get; init; }

    [Description("Password of the certificate, when it has one.")]
    public Secret? CertificatePassword { get; init; }

    [Description("Certificates in PEM that signed answers have to lead to; absent takes those that came with the certificate, else this machine's.")]
    public Secret? TrustedRoots { get; init; }

    [Description("XML namespace of the header with the provider's system id.")]
    public string CommonNamespace { get; init; } = "https://brugerdatabasen.stil.dk/bpi/common/3";

    [Range(1, 9, ErrorMessage = "must be 1 to 9")]
    [Description("Minutes within which the service has to answer; after that it counts as unknown whether it has taken the document.")]
    public int TimeoutMinutes { get; init; } = 5;

    internal bool IsSigned => Certificate is not null;

    internal SoapVersion Version => SoapVersion == Soap12 ? Protocols.Soap.SoapVersion.Soap12 : Protocols.Soap.SoapVersion.Soap11;

    public override IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup)
    {
        if (setup.Settings is not UniloginImportSettings)
        {
            yield return ("type", $"a feed of type {setup.Type} cannot be delivered to wsaIMPORT");
        }

        var (isLogin, isSigned) = (Username is not null && Password is not null, ProviderSystemId is not null && Certificate is not null);
        var isMixed = (Username ?? (object?)Password) is not null && (ProviderSystemId ?? (object?)Certificate) is not null;
        if (isLogin == isSigned || isMixed)
        {
            yield return ("username", "and password are needed, or providerSystemId and certificate, not both");
        }

        if (Problem(() => SigningCertificate.Load(Certificate!, CertificatePassword).Dispose(), Certificate) is { } certificate)
        {
            yield return ("certificate", certificate);
        }

        if (Problem(() => SigningCertificate.LoadTrusted(TrustedRoots!), TrustedRoots) is { } roots)
        {
            yield return ("trustedRoots", roots);
        }
    }

    private static string? Problem(Action load, Secret? secret)
    {
        try
        {
            (secret is null ? () => { } : load)();
            return null;
        }
        catch (CryptographicException e)
        {
            return $"the secret \"{secret!.Name}\" cannot be used: {e.Message}";
        }
    }
}
