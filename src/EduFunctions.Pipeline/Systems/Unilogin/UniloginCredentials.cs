using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Pipeline.Systems.Unilogin;

/// <summary>The tenant's certificates, or user and password, and the client that shows them: the same for every service of Unilogin.</summary>
internal sealed class UniloginCredentials : IDisposable
{
    private readonly SigningCertificate? _signing;
    private readonly SigningCertificate? _tls;

    private UniloginCredentials(UniloginSettings settings, SoapConnections connections, TimeProvider time)
    {
        _tls = Load("tlsCertificate", settings.TlsCertificate, settings.TlsCertificatePassword, time);
        _signing = Load("certificate", settings.Certificate, settings.CertificatePassword, time);
        ISoapAuthentication authentication = _signing is null
            ? new UserPassword(UniloginNames.Common6, settings.Username!, settings.Password!)
            : new SignedMessages(_signing, UniloginNames.Common7, settings.ProviderSystemId!, Trust(settings, _signing));
        Client = new SoapClient(connections.Get(_tls?.Certificate), authentication, time);
    }

    public SoapClient Client { get; }

    /// <exception cref="RunHeldException">A certificate is not good today.</exception>
    public static UniloginCredentials Open(UniloginSettings settings, SoapConnections connections, TimeProvider time) => new(settings, connections, time);

    public void Dispose()
    {
        _signing?.Dispose();
        _tls?.Dispose();
    }

    private static AnswerTrust Trust(UniloginSettings settings, SigningCertificate own) =>
        AnswerTrust.Of(settings.TrustedRoots is { } roots ? SigningCertificate.LoadTrusted(roots) : own.Issuers);

    [Told]
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
