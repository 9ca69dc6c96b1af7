using EduFunctions.Pipeline.Soap;
using EduFunctions.Pipeline.Sources.Unilogin;

namespace EduFunctions.Pipeline.Logins;

/// <summary>Those of the tenant's source: the services belong to the same system, and so do their users and certificates.</summary>
internal sealed class LookupCredentials : IDisposable
{
    private const string SignedNamespace = "https://brugerdatabasen.stil.dk/bpi/common/3";
    private const string PasswordNamespace = "https://unilogin.dk";

    private readonly SigningCertificate? _signing;
    private readonly SigningCertificate? _tls;

    public LookupCredentials(UniloginSettings source)
    {
        _tls = source.TlsCertificate is { } tls ? SigningCertificate.Load(tls, source.TlsCertificatePassword) : null;
        if (source.Version == 7)
        {
            _signing = SigningCertificate.Load(source.Certificate!, source.CertificatePassword);
            var roots = source.TrustedRoots is { } trusted ? SigningCertificate.LoadTrusted(trusted) : [.. _signing.Issuers];
            Authentication = new SignedMessages(_signing, SignedNamespace, source.ProviderSystemId!, AnswerTrust.Of(roots));
        }
        else
        {
            Authentication = new UserPassword(PasswordNamespace, source.Username!, source.Password!);
        }
    }

    public ISoapAuthentication Authentication { get; }

    public System.Security.Cryptography.X509Certificates.X509Certificate2? Tls => _tls?.Certificate;

    public void Dispose()
    {
        _signing?.Dispose();
        _tls?.Dispose();
    }
}
