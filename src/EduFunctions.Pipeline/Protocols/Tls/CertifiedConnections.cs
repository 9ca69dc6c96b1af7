using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Protocols.Tls;

/// <summary>Connections with certificates of their own. The platform's own factory serves all that show none and trust the machine's.</summary>
public sealed class CertifiedConnections(IHttpClientFactory http, CallLimits limits, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpMessageHandler> _handlers = new(StringComparer.Ordinal);

    /// <param name="name">Of the client as it is registered: how long its calls may take, and how much they may answer.</param>
    /// <param name="certificates">Null where there are none.</param>
    /// <exception cref="RunHeldException">The certificate is not good today.</exception>
    internal HttpClient Open(string name, ConnectionCertificates? certificates)
    {
        var plain = http.CreateClient(name);
        if (certificates is null)
        {
            return plain;
        }

        using (plain)
        {
            var (own, trusted) = Load(certificates);
            var key = string.Join('\n', trusted.Select(root => root.Thumbprint).Prepend(own?.Thumbprint));
            return new HttpClient(_handlers.GetOrAdd(key, _ => Create(own, trusted)), disposeHandler: false)
            {
                Timeout = plain.Timeout,
                MaxResponseContentBufferSize = plain.MaxResponseContentBufferSize,
                DefaultRequestHeaders = { UserAgent = { Product.UserAgent } },
            };
        }
    }

    public void Dispose()
    {
        foreach (var handler in _handlers.Values)
        {
            handler.Dispose();
        }
    }

    [Told]
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
                $"The certificate in the secret \"{secret.Name}\" ({certificates.Setting}) is good from {from:yyyy-MM-dd} to {until:yyyy-MM-dd}, not now. Put a renewed one there, then run again.");
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
