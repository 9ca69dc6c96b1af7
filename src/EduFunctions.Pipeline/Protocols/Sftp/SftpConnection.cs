using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// A connection to a server that has shown a pinned host key. Of several keys a server shows the one that the client asks for first, and a fingerprint
/// does not say of which kind it is: so a strange key is refused, and the other kinds are asked for.
/// </summary>
internal sealed class SftpConnection : IAsyncDisposable
{
    private readonly ISftpServer _sftp;
    private readonly SftpLogin _login;
    private HostKeyEventArgs? _refused;

    private SftpConnection(ISftpServer sftp, SftpLogin login, IReadOnlyCollection<string> kinds, CallLimits limits)
    {
        (_sftp, _login) = (sftp, login);
        var connection = new ConnectionInfo(sftp.Host, sftp.Port, sftp.Username, login.Methods);
        SftpAlgorithms.Restrict(connection, kinds);
        Client = new SftpClient(connection);
        Client.HostKeyReceived += (_, key) =>
        {
            key.CanTrust = sftp.HostKeys.Contains(Fingerprint(key)) && !IsShort(key);
            _refused = key.CanTrust ? null : key;
        };
        Watch = new SftpWatch(Client, $"{sftp.Host}:{sftp.Port}", limits);
    }

    public SftpClient Client { get; }

    public SftpWatch Watch { get; }

    public static async Task<SftpConnection> OpenAsync(ISftpServer sftp, SftpLogin login, CallLimits limits, CancellationToken ct)
    {
        var kinds = SftpAlgorithms.KeyKinds.ToList();
        var refused = new List<HostKeyEventArgs>();
        while (kinds.Count > 0)
        {
            var connection = new SftpConnection(sftp, login, kinds, limits);
            try
            {
                await connection.ConnectAsync(ct);
                return connection;
            }
            catch (SshConnectionException e) when (connection._refused is { } key)
            {
                await connection.DisposeAsync();
                refused.Add(key);
                if (SftpAlgorithms.KindOf(key.HostKeyName) is not { } kind || !kinds.Remove(kind))
                {
                    throw Strange(sftp, refused, e);
                }
            }
            catch (SshConnectionException e) when (e.DisconnectReason == DisconnectReason.KeyExchangeFailed)
            {
                await connection.DisposeAsync();
                throw refused.Count > 0 ? Strange(sftp, refused, e) : NothingInCommon(sftp, e);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        throw Strange(sftp, refused, inner: null);
    }

    public ValueTask DisposeAsync() => Watch.DisposeAsync();

    private async Task ConnectAsync(CancellationToken ct)
    {
        try
        {
            await Watch.ConnectAsync(Client.ConnectAsync, ct);
        }
        catch (SshAuthenticationException e)
        {
            throw _login.Explain(e);
        }
        catch (Exception e) when ((e is TimeoutException && Client.ConnectionInfo.IsAuthenticated) || (SftpTrouble.Is(e) && !IsOfKeys(e)))
        {
            throw SftpTrouble.OfOpening(e, _sftp, Client.ConnectionInfo.IsAuthenticated);
        }
    }

    /// <summary>Whether other host keys may be asked for.</summary>
    private bool IsOfKeys(Exception e) => e is SshConnectionException broken && (_refused is not null || broken.DisconnectReason == DisconnectReason.KeyExchangeFailed);

    [Told]
    private static DeliveryRefusedException Strange(ISftpServer sftp, List<HostKeyEventArgs> refused, Exception? inner)
    {
        if (refused.Find(key => sftp.HostKeys.Contains(Fingerprint(key))) is { } weak)
        {
            return new DeliveryRefusedException(
                $"The host key {Fingerprint(weak)} of {sftp.Host}:{sftp.Port} has {weak.KeyLength} bits, which can be forged, so nothing was sent. "
                + $"Ask the receiver for a key of {SftpAlgorithms.ShortestRsaKey} bits or more.", inner!);
        }

        var further = refused.Count == 1 ? "" : $" (further keys: {string.Join(", ", refused.Skip(1).Select(Fingerprint))})";
        return new DeliveryRefusedException(
            $"The host key {Fingerprint(refused[0])} of {sftp.Host}:{sftp.Port} is not one of {sftp.Section}.hostKeys, so nothing was sent{further}. "
            + "Ask the receiver whether the key is theirs; if so, add the fingerprint.", inner!);
    }

    /// <summary>What the library says of it is made of names of algorithms.</summary>
    [Told]
    private static DeliveryRefusedException NothingInCommon(ISftpServer sftp, SshConnectionException e) => new(
        $"{sftp.Host}:{sftp.Port} offers nothing that counts as safe any more, so nothing was sent: {e.Message.TrimEnd('.')}. Ask the receiver to update the server.", e);

    private static string Fingerprint(HostKeyEventArgs key) => $"SHA256:{key.FingerPrintSHA256}";

    private static bool IsShort(HostKeyEventArgs key) => SftpAlgorithms.KindOf(key.HostKeyName) == "rsa" && key.KeyLength < SftpAlgorithms.ShortestRsaKey;
}
