using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Any register after SS 12000:2020, version 2.0 or 2.1: the vendors differ in habits, the standard is one.</summary>
public sealed record Ss12000Settings : RegisterSettings
{
    /// <summary>Without organisations and persons there is no school.</summary>
    private static readonly string[] Optional = ["syllabuses", "groups", "placements", "duties", "activities"];

    [Description("A client of a token endpoint (OAuth 2, client credentials).")]
    public ClientCredentials? ClientCredentials { get; init; }

    [Description("A bearer token that the register's owner handed out; sent as it is, without the word Bearer.")]
    public Secret? Bearer { get; init; }

    [Description("A key that is sent in a header of its own.")]
    public ApiKey? ApiKey { get; init; }

    [Description("Certificate with key that is shown when connecting, alone or beside another way in: PKCS#12 in Base64, PEM, or file: and a path.")]
    public Secret? Certificate { get; init; }

    [Description("Password of the certificate, when it has one.")]
    public Secret? CertificatePassword { get; init; }

    [Description("Certificates in PEM that the register's own has to lead to, where it is none that this machine trusts.")]
    public Secret? TrustedRoots { get; init; }

    [Description("Collections the register does not have, of syllabuses, groups, placements, duties, activities; it is complete without them.")]
    public IReadOnlyList<string> Without { get; init; } = [];

    [AllowedValues(Ss12000.Paging.Token, Ss12000.Paging.Offset, ErrorMessage = "must be \"pageToken\" or \"offset\"")]
    [Description("How the next page is asked for: by the token that a page names, or by the number of rows that came.")]
    public string Paging { get; init; } = Ss12000.Paging.Token;

    [Description("Where the code of a school unit is looked for, in this order: schoolUnitCode, organisationCode, parent (the same of the organisation above).")]
    public IReadOnlyList<string> SchoolUnitCodeFrom { get; init; } = [SchoolUnitCode.Own];

    internal override ClientCredentials? Client => ClientCredentials;

    internal override IReadOnlyList<string> Absent => Without;

    internal override string NextPage => Paging;

    internal override IReadOnlyList<string> SchoolUnitCodes => SchoolUnitCodeFrom;

    internal override ConnectionCertificates? Certificates =>
        Certificate is null && TrustedRoots is null ? null : new ConnectionCertificates("source.certificate", Certificate, CertificatePassword, TrustedRoots);

    private int WaysIn => (ClientCredentials is null ? 0 : 1) + (Bearer is null ? 0 : 1) + (ApiKey is null ? 0 : 1);

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant) =>
    [
        .. AccessContradictions(),
        .. Unsendable("bearer", Bearer).Concat(Unsendable("apiKey.value", ApiKey?.Value)),
        .. Unusable("certificate", Certificate, secret => SigningCertificate.Load(secret, CertificatePassword).Dispose()),
        .. Unusable("trustedRoots", TrustedRoots, secret => SigningCertificate.LoadTrusted(secret)),
        .. Strange("without", Without, Optional),
        .. Strange("schoolUnitCodeFrom", SchoolUnitCodeFrom, [SchoolUnitCode.Own, SchoolUnitCode.Organisation, SchoolUnitCode.Parent]),
    ];

    internal override IAccess Enter(HttpClient http, TimeProvider time) =>
        ClientCredentials is { } client ? new AccessToken(http, client, "source.clientCredentials", time)
        : Bearer is { } token ? FixedAccess.Bearer(token)
        : ApiKey is { } key ? FixedAccess.Key(key.Header, key.Value)
        : FixedAccess.Certificate(Certificate!);

    [Told]
    internal override string Remedy(string collection, int status) => (HttpStatusCode)status switch
    {
        HttpStatusCode.Forbidden => $"Ask the register's owner to open {collection} for it.",
        HttpStatusCode.NotFound when Optional.Contains(collection) =>
            $"Check source.baseUrl; if the register does not have {collection}, name it in source.without.",
        _ => "Check source.baseUrl and source.pageSize, then run again.",
    };

    private IEnumerable<(string Key, string Cause)> AccessContradictions()
    {
        if (WaysIn > 1)
        {
            yield return ("clientCredentials", "bearer and apiKey are three ways in, of which a register takes one");
        }

        if (WaysIn == 0 && Certificate is null)
        {
            yield return ("clientCredentials", "is missing, or another way in: bearer, apiKey or certificate");
        }

        if (Certificates is not null && !BaseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            yield return ("baseUrl", "must be an https address where certificates are shown or trusted");
        }
    }

    private static IEnumerable<(string Key, string Cause)> Unsendable(string key, Secret? secret) =>
        secret?.Reveal() is { } value && !value.All(c => c is > ' ' and < '\u007F')
            ? [(key, $"the secret \"{secret.Name}\" must be of visible ASCII characters alone, without blanks or line breaks")]
            : [];

    private static IEnumerable<(string Key, string Cause)> Unusable(string key, Secret? secret, Action<Secret> load)
    {
        string? problem = null;
        try
        {
            if (secret is not null)
            {
                load(secret);
            }
        }
        catch (CryptographicException e)
        {
            problem = $"the secret \"{secret!.Name}\" cannot be used: {e.Message}";
        }

        return problem is null ? [] : [(key, problem)];
    }

    private static IEnumerable<(string Key, string Cause)> Strange(string key, IReadOnlyList<string> values, string[] known) =>
        from value in values.Index() where !known.Contains(value.Item) select ($"{key}[{value.Index}]", $"must be one of {string.Join(", ", known)}, not \"{value.Item}\"");
}
