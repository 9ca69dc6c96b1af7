using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace EduFunctions.Simulators.Http;

/// <summary>A TLS endpoint on loopback that lets in whoever shows a certificate of one authority, or everybody, and passes the bytes on to a plain server.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly SslServerAuthenticationOptions _options;
    private readonly int _behind;
    private readonly Task _accepting;

    private TlsFront(X509Certificate2 own, X509Certificate2? clients, int behind)
    {
        _behind = behind;
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificate = own,
            ClientCertificateRequired = clients is not null,
            RemoteCertificateValidationCallback = (_, shown, _, _) => clients is null || shown is X509Certificate2 certificate && IsOf(certificate, clients),
        };
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Without a slash at the end.</summary>
    public string Address => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <param name="own">Certificate with key, for 127.0.0.1.</param>
    /// <param name="clients">The authority of all who get in; null for everybody.</param>
    /// <param name="behind">Address of the plain server.</param>
    public static TlsFront Start(X509Certificate2 own, X509Certificate2? clients, Uri behind) => new(own, clients, behind.Port);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private static bool IsOf(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody else gets in.
        }
    }

    private async Task PassAsync(TcpClient caller)
    {
        using (caller)
        {
            try
            {
                await using var tls = new SslStream(caller.GetStream());
                await tls.AuthenticateAsServerAsync(_options, _stop.Token);
                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _behind, _stop.Token);
                await using var plain = server.GetStream();
                await Task.WhenAny(tls.CopyToAsync(plain, _stop.Token), plain.CopyToAsync(tls, _stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // Refused, or gone.
            }
        }
    }
}
