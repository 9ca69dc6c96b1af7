using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Connections to registers. The platform's own factory serves all that show no certificate and trust the machine's.</summary>
public sealed class RegisterConnections(IHttpClientFactory http, CallLimits limits, TimeProvider time) : IDisposable
{
    public const string HttpClientName = "register";

    private readonly ConcurrentDictionary<string, HttpMessageHandler> _handlers = new(StringComparer.Ordinal);

    /// <exception cref="RunHeldException">The certificate is not good today.</exception>
    internal HttpClient Open(RegisterSettings settings)
    {
        if (settings.Certificates is not { } certificates)
        {
            return http.CreateClient(HttpClientName);
        }

        var (own, trusted) = Load(certificates);
        var name = string.Join('\n', trusted.Select(root => root.Thumbprint).Prepend(own?.Thumbprint));
        return new HttpClient(_handlers.GetOrAdd(name, _ => Create(own, trusted)), disposeHandler: false)
        {
            Timeout = limits.Answer,
            DefaultRequestHeaders = { UserAgent = { Product.UserAgent } },
        };
    }

    public void Dispose()
    {
        foreach (var handler in _handlers.Values)
        {
            handler.Dispose();
        }
    }

    private (X509Certificate2? Own, X509Certificate2Collection Trusted) Load(ConnectionCertificates certificates)
    {
        var trusted = certificates.Trusted is { } roots ? SigningCertificate.LoadTrusted(roots) : [];
        if (certificates.Own is not { } secret)
        {
            return (null, trusted);
        }

        using var loaded = SigningCertificate.Load(secret, certificates.Password);
        var (from, until, now) = (loaded.Certificate.NotBefore.ToUniversalTime(), loaded.Certificate.NotAfter.ToUniversalTime(), time.GetUtcNow().UtcDateTime);
        return from <= now && now <= until
            ? (new X509Certificate2(loaded.Certificate), trusted)
            : throw new RunHeldException(
                $"The certificate in the secret \"{secret.Name}\" (source.certificate) is good from {from:yyyy-MM-dd} to {until:yyyy-MM-dd}, not now. Put a renewed one there, then run again.");
    }

    private LimitedCalls Create(X509Certificate2? own, X509Certificate2Collection trusted)
    {
        var connections = LimitedCalls.Connections(limits);
        connections.UseCookies = false;
        connections.SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = own is null ? null : [own],
            CertificateChainPolicy = trusted.Count == 0 ? null : Trusting(trusted),
        };
        return new LimitedCalls(limits) { InnerHandler = connections };
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection roots)
    {
        // Whom a municipality trusts by itself says nowhere what it has taken back.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
