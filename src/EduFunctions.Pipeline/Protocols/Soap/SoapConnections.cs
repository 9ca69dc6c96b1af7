using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>Connections by the certificate that the caller shows in TLS. The platform's own factory knows one handler by name, not by tenant.</summary>
public sealed class SoapConnections(CallLimits limits) : IDisposable
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

    private HttpClient Create(X509Certificate2? certificate)
    {
        var handler = LimitedCalls.Connections(limits);
        handler.UseCookies = false;
        if (certificate is not null)
        {
            // A copy: the caller's is gone before the connection.
            handler.SslOptions.ClientCertificates = [new X509Certificate2(certificate)];
        }

        // How long an answer may take stands in each call.
        return new HttpClient(new LimitedCalls(limits) { InnerHandler = handler })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { UserAgent = { Product.UserAgent } },
        };
    }
}
