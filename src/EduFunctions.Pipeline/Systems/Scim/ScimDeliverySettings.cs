using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Scim;

public sealed record ScimDeliverySettings : DeliverySettings
{
    [SafeAddress]
    [Description("Address of the SCIM server, without the resource behind it, such as https://scim.example/v2.")]
    public required string BaseUrl { get; init; }

    [Description("Token of every call (Bearer); or else tokenUrl, clientId and clientSecret, or only a certificate.")]
    public Secret? Token { get; init; }

    [SafeAddress]
    [Description("Where a token is asked for with the client's credentials (OAuth 2.0).")]
    public string? TokenUrl { get; init; }

    [Description("The client's name there.")]
    public string? ClientId { get; init; }

    [Description("The client's secret there.")]
    public Secret? ClientSecret { get; init; }

    [Description("Scope to ask for, where the token server wants one.")]
    public string? Scope { get; init; }

    [Description("Certificate with key that is shown when connecting, alone or beside a token: PKCS#12 in Base64, PEM, or file: and a path.")]
    public Secret? Certificate { get; init; }

    [Description("Password of the certificate, when it has one.")]
    public Secret? CertificatePassword { get; init; }

    [Description("Certificates in PEM that the server's own has to lead to, where it is none that this machine trusts.")]
    public Secret? TrustedRoots { get; init; }

    [Range(1, 1000, ErrorMessage = "must be 1 to 1000")]
    [Description("Resources that are asked for at once where a whole list is read; the server may give fewer.")]
    public int PageSize { get; init; } = 100;

    [Description("Whether many users are created by one call, where the server offers that.")]
    public bool Bulk { get; init; } = true;

    [Range(1, 720, ErrorMessage = "must be 1 to 720")]
    [Description("Minutes for a whole delivery, with all that the server makes us wait; what is left then goes with the next run.")]
    public int TimeoutMinutes { get; init; } = 240;

    public override IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup)
    {
        if (setup.Settings is not ScimSettings)
        {
            yield return ("type", $"a feed of type {setup.Type} cannot be delivered to a SCIM server");
        }

        object?[] client = [TokenUrl, ClientId, ClientSecret];
        var isAsked = client.Any(part => part is not null);
        if ((Token is not null && isAsked) || (isAsked && client.Contains(null)) || (Token ?? Certificate) is null && !isAsked)
        {
            yield return ("token", "is needed, or tokenUrl, clientId and clientSecret, not both; or only a certificate");
        }

        if (Certificates is not null && !BaseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            yield return ("baseUrl", "must be an https address where certificates are shown or trusted");
        }

        if (BaseUrl.AsSpan().ContainsAny('?', '#'))
        {
            yield return ("baseUrl", "must have nothing behind a question mark");
        }
    }

    internal ConnectionCertificates? Certificates =>
        Certificate is null && TrustedRoots is null ? null : new ConnectionCertificates("delivery.certificate", Certificate, CertificatePassword, TrustedRoots);

    /// <summary>Whether nothing but the certificate says who calls.</summary>
    internal bool HasCertificateAlone => Token is null && TokenUrl is null;

    public override IEnumerable<(string Key, string Cause)> UnusableSecrets()
    {
        if (Token?.Reveal() is { } token && (token.Length == 0 || token.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            yield return ("token", $"names the secret \"{Token.Name}\", which holds characters that no token has");
        }

        if (Problem(() => SigningCertificate.Load(Certificate!, CertificatePassword).Dispose(), Certificate) is { } own)
        {
            yield return ("certificate", own);
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
