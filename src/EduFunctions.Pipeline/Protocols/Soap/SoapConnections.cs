using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>Connections by the certificate that the caller shows in TLS. The platform's own factory knows one handler by name, not by tenant.</summary>
public sealed class SoapConnections : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    /// <param name="certificate">Null when the service asks for none.</param>
    public HttpClient Get(X509Certificate2? certificate) => _clients.GetOrAdd(certificate?.Thumbprint ?? "", _ => Create(certificate));

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private static HttpClient Create(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (certificate is not null)
        {
            // A copy: the caller's is gone before the connection.
            handler.SslOptions.ClientCertificates = [new X509Certificate2(certificate)];
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, DefaultRequestHeaders = { UserAgent = { Product.UserAgent } } };
    }
}
