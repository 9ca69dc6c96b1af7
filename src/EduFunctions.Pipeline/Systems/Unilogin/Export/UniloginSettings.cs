using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Systems.Unilogin.Logins;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

public sealed record UniloginSettings : SourceSettings
{
    internal const string Lille = "lille";
    internal const string Mellem = "mellem";
    internal const string Fuld = "fuld";
    internal const string FuldMyndighed = "fuldMyndighed";

    [Range(6, 7, ErrorMessage = "must be 6 or 7")]
    [Description("Version of wsiEKSPORT: 7 is signed with a certificate, 6 takes user and password.")]
    public int Version { get; init; } = 7;

    [SafeAddress]
    [Description("Address of wsiEKSPORT, as https://brugerdatabasen.stil.dk/bpi/wsieksport/7.")]
    public required string Endpoint { get; init; }

    [AllowedValues(Lille, Mellem, Fuld, FuldMyndighed, ErrorMessage = "must be \"lille\", \"mellem\", \"fuld\" or \"fuldMyndighed\"")]
    [Description("The package the institutions have agreed to; only fuld and fuldMyndighed say who is protected.")]
    public required string Package { get; init; }

    [Description("Numbers of the institutions, six letters or digits each.")]
    public required IReadOnlyList<string> Institutions { get; init; }

    [RegularExpression("^[A-Za-z0-9]{1,20}$", ErrorMessage = "must be 1 to 20 letters or digits")]
    [Description("The id of the calling system at the service, as AB123456 (version 7).")]
    public string? ProviderSystemId { get; init; }

    [Description("Certificate with key that signs the calls: PKCS#12 in Base64, PEM, or file: and a path (version 7).")]
    public Secret? Certificate { get; init; }

    [Description("Password of the certificate, when it has one.")]
    public Secret? CertificatePassword { get; init; }

    [Description("Certificates in PEM that answers have to lead to, with those between; absent takes those that came with the certificate, else this machine's.")]
    public Secret? TrustedRoots { get; init; }

    [Description("Certificate with key that is shown when connecting, where the service asks for one.")]
    public Secret? TlsCertificate { get; init; }

    [Description("Password of the TLS certificate, when it has one.")]
    public Secret? TlsCertificatePassword { get; init; }

    [Description("User name (version 6).")]
    public string? Username { get; init; }

    [Description("Password (version 6).")]
    public Secret? Password { get; init; }

    internal override bool HasPrincipalNames => false;

    internal override string Language => "da";

    internal bool HasContactPersons => Package is Fuld or FuldMyndighed;

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant) =>
    [
        .. Version == 7 ? SignedContradictions() : PasswordContradictions(),
        .. InstitutionContradictions(),
        .. PackageContradictions(tenant),
        .. Unusable("tlsCertificate", TlsCertificate, secret => SigningCertificate.Load(secret, TlsCertificatePassword).Dispose()),
    ];

    private IEnumerable<(string Key, string Cause)> SignedContradictions()
    {
        if (ProviderSystemId is null)
        {
            yield return ("providerSystemId", "is missing: version 7 is called under the provider's system id");
        }

        if (Certificate is null)
        {
            yield return ("certificate", "is missing: version 7 is signed");
        }

        if (Username is not null || Password is not null)
        {
            yield return ("username", "goes with version 6; version 7 takes providerSystemId and certificate");
        }

        if (Endpoint.Contains("wsieksport-v", StringComparison.OrdinalIgnoreCase))
        {
            yield return ("endpoint", "is an address of an earlier version; version 7 is below /bpi/wsieksport/7");
        }

        foreach (var unusable in Unusable("certificate", Certificate, secret => SigningCertificate.Load(secret, CertificatePassword).Dispose()))
        {
            yield return unusable;
        }

        foreach (var unusable in Unusable("trustedRoots", TrustedRoots, secret => SigningCertificate.LoadTrusted(secret)))
        {
            yield return unusable;
        }
    }

    private IEnumerable<(string Key, string Cause)> PasswordContradictions()
    {
        if (Username is null || Password is null)
        {
            yield return ("username", "and password are needed for version 6");
        }

        if (Certificate is not null || ProviderSystemId is not null || TrustedRoots is not null)
        {
            yield return ("certificate", "goes with version 7; version 6 takes username and password");
        }

        if (Endpoint.Contains("/bpi/", StringComparison.OrdinalIgnoreCase))
        {
            yield return ("endpoint", "is an address of version 7; set version to 7");
        }
    }

    public override IEnumerable<(string Path, string Cause)> ContradictionsOf(LoginSettings logins) =>
        logins.AllowCivicNumber && LookupService.Identifikation(Version, logins).Endpoint is null
            ? [("$.logins.wsiIdentifikation", "is needed for allowCivicNumber with version 6 of the source, which has no public address")]
            : [];

    private IEnumerable<(string Key, string Cause)> InstitutionContradictions()
    {
        if (Institutions.Count == 0)
        {
            yield return ("institutions", "needs at least one institution");
        }

        foreach (var (i, number) in Institutions.Index())
        {
            if (number.Length != 6 || !number.All(char.IsAsciiLetterOrDigit))
            {
                yield return ($"institutions[{i}]", $"must be six letters or digits, not \"{number}\"");
            }
            else if (Institutions.Take(i).Contains(number, StringComparer.OrdinalIgnoreCase))
            {
                yield return ($"institutions[{i}]", $"the institution \"{number}\" is named already");
            }
        }
    }

    private IEnumerable<(string Key, string Cause)> PackageContradictions(Tenant tenant)
    {
        if (!HasContactPersons && !tenant.Eligibility.AcceptUnmarkedProtection)
        {
            yield return ("package", $"\"{Package}\" does not say who is protected; take \"{Fuld}\", or set eligibility.acceptUnmarkedProtection");
        }

        if (!HasContactPersons && tenant.Feeds.FirstOrDefault(feed => feed.Settings.UsesGuardians) is { } guardians)
        {
            yield return ("package", $"\"{Package}\" has no contact persons, which the feed {guardians.Name} needs; take \"{Fuld}\"");
        }

        if (Package == Lille && tenant.Privacy.IncludeCivicNumber)
        {
            yield return ("package", $"\"{Lille}\" has no civic numbers, which privacy.includeCivicNumber asks for");
        }
    }

    private static IEnumerable<(string Key, string Cause)> Unusable(string key, Secret? secret, Action<Secret> load)
    {
        if (secret is null)
        {
            return [];
        }

        try
        {
            load(secret);
            return [];
        }
        catch (CryptographicException e)
        {
            return [(key, $"the secret \"{secret.Name}\" cannot be used: {e.Message}")];
        }
    }
}
