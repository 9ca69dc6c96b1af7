using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.OpenPgp;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// Puts files into a folder over SFTP. The receiver may be a drop box that takes a file away the moment it is closed: nothing is
/// looked at, renamed or set after the put.
/// </summary>
public sealed class SftpDelivery(CallLimits limits, TimeProvider time) : IDelivery, IConnectionTest
{
    public string Type => "sftp";

    public Type Settings => typeof(SftpSettings);

    public string Target(DeliverySettings settings)
    {
        var sftp = (SftpSettings)settings;
        return $"sftp://{sftp.Username}@{sftp.Host}:{sftp.Port}/{Folder(sftp)}";
    }

    public void Wrap(FeedFiles files, DeliverySettings settings)
    {
        if (((SftpSettings)settings).OpenPgp is not { } openPgp)
        {
            return;
        }

        var message = new OpenPgpMessage(openPgp);
        foreach (var name in files.Names)
        {
            files.Replace(name, name + openPgp.Ending, (plain, encrypted) => message.Write(name, plain, encrypted));
        }
    }

    public async Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
    {
        var sftp = (SftpSettings)setup.Delivery;
        using var authentication = Authentication(sftp);
        var client = Client(sftp, authentication);
        await using var watch = Watch(client, sftp);
        await ConnectAsync(client, sftp, watch, ct);
        foreach (var name in files.Names)
        {
            await PutAsync(
                name, () => watch.PutAsync(files.Open(name), (content, stop) => PutAsync(client, sftp, name, content, stop), ct), progress);
        }

        return new DeliveryResult(ReceiptState.Sent);
    }

    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var sftp = (SftpSettings)settings;
        Login? login = null;
        var loaded = await TryAsync("login", () => Task.FromResult(login = Authentication(sftp)));
        if (loaded.Problem is not null)
        {
            yield return loaded;
            yield break;
        }

        using var authentication = login!;
        var client = Client(sftp, authentication);
        await using var watch = Watch(client, sftp);
        var connected = await TryAsync("host key and login", () => ConnectAsync(client, sftp, watch, ct));
        yield return connected;
        if (connected.Problem is null)
        {
            yield return await TryAsync("folder", () => watch.AskAsync(stop => LookAsync(client, sftp, stop), ct));
        }
    }

    private static async Task<ConnectionCheck> TryAsync(string subject, Func<Task> attempt)
    {
        try
        {
            await attempt();
            return new ConnectionCheck(subject);
        }
        catch (Exception e) when (e is DeliveryRefusedException or IOException or TimeoutException)
        {
            return new ConnectionCheck(subject, e.Message);
        }
        catch (SshException e)
        {
            return new ConnectionCheck(subject, $"SFTP: {e.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Whether the folder is there; a receiver that lets nobody look proves nothing either way.</summary>
    private static async Task LookAsync(SftpClient client, SftpSettings sftp, CancellationToken ct)
    {
        try
        {
            if (!(await client.GetAttributesAsync(Folder(sftp) is { Length: > 0 } folder ? folder : ".", ct)).IsDirectory)
            {
                throw new DeliveryRefusedException($"\"{sftp.Directory}\" on {sftp.Host}:{sftp.Port} is no folder. Check delivery.directory.");
            }
        }
        catch (SftpPathNotFoundException e)
        {
            throw new DeliveryRefusedException(
                $"The folder \"{sftp.Directory}\" does not exist on {sftp.Host}:{sftp.Port}. Check delivery.directory, or have the receiver create it.", e);
        }
        catch (SftpPermissionDeniedException)
        {
            // Drop boxes may hide what they hold; only a put could tell, and that would be a delivery.
        }
    }

    private static SftpClient Client(SftpSettings sftp, Login login) => new(new ConnectionInfo(sftp.Host, sftp.Port, sftp.Username, login.Method));

    private SftpWatch Watch(SftpClient client, SftpSettings sftp) => new(client, $"{sftp.Host}:{sftp.Port}", limits);

    private static async Task ConnectAsync(SftpClient client, SftpSettings sftp, SftpWatch watch, CancellationToken ct)
    {
        string? refused = null;
        client.HostKeyReceived += (_, key) =>
        {
            var fingerprint = $"SHA256:{key.FingerPrintSHA256}";
            key.CanTrust = sftp.HostKeys.Contains(fingerprint);
            refused = key.CanTrust ? null : fingerprint;
        };
        try
        {
            await watch.ConnectAsync(client.ConnectAsync, ct);
        }
        catch (SshConnectionException e) when (refused is not null)
        {
            throw new DeliveryRefusedException(
                $"The host key {refused} of {sftp.Host}:{sftp.Port} is not one of delivery.hostKeys, so nothing was sent. "
                + "Ask the receiver whether the key is theirs; if so, add the fingerprint.", e);
        }
        catch (SshAuthenticationException e)
        {
            throw new DeliveryRefusedException(
                $"{sftp.Host}:{sftp.Port} refused user \"{sftp.Username}\". Check delivery.username and the secret "
                + $"\"{(sftp.Password ?? sftp.PrivateKey)!.Name}\".", e);
        }
        catch (SshOperationTimeoutException e)
        {
            throw new TimeoutException($"{sftp.Host}:{sftp.Port} let nobody in: it did not answer in time. Ask the receiver whether the server is well.", e);
        }
        catch (SocketException e)
        {
            throw new IOException($"{sftp.Host}:{sftp.Port} cannot be reached ({e.SocketErrorCode}). Check delivery.host and delivery.port.", e);
        }
    }

    /// <summary>From here until the server's answer nobody knows whether the receiver has the file.</summary>
    private async Task PutAsync(string name, Func<Task> put, DeliveryProgress progress)
    {
        var isFirst = progress.Find(name) is null;
        await progress.SetAsync(new FileProgress(name, ReceiptState.Sent, time.GetUtcNow()));
        try
        {
            await put();
        }
        catch (DeliveryRefusedException) when (isFirst)
        {
            await progress.ForgetAsync(name);
            throw;
        }
    }

    private static async Task PutAsync(SftpClient client, SftpSettings sftp, string name, Stream content, CancellationToken ct)
    {
        var path = Folder(sftp) is { Length: > 0 } folder ? $"{folder}/{name}" : name;
        try
        {
            await client.UploadFileAsync(content, path, ct);
        }
        catch (SftpPathNotFoundException e)
        {
            throw new DeliveryRefusedException(
                $"The folder \"{sftp.Directory}\" does not exist on {sftp.Host}:{sftp.Port}, so {name} was not put. "
                + "Check delivery.directory, or have the receiver create it.", e);
        }
        catch (SftpPermissionDeniedException e)
        {
            throw new DeliveryRefusedException(
                $"User \"{sftp.Username}\" may not write {path} on {sftp.Host}:{sftp.Port}. Check delivery.directory and the receiver's rights.", e);
        }
    }

    private static string Folder(SftpSettings sftp) => sftp.Directory.TrimEnd('/');

    private static Login Authentication(SftpSettings sftp)
    {
        if (sftp.Password is { } password)
        {
            return new Login(new PasswordAuthenticationMethod(sftp.Username, password.Reveal()), null);
        }

        try
        {
            var text = new MemoryStream(Encoding.UTF8.GetBytes(sftp.PrivateKey!.Reveal().ReplaceLineEndings("\n").TrimEnd('\n') + "\n"));
            var key = new PrivateKeyFile(text, sftp.Passphrase?.Reveal());
            return new Login(new PrivateKeyAuthenticationMethod(sftp.Username, key), key);
        }
        catch (SshException e)
        {
            throw new DeliveryRefusedException(
                $"The secret \"{sftp.PrivateKey!.Name}\" is no private key that can be used. Check it, and delivery.passphrase.", e);
        }
    }

    private sealed record Login(AuthenticationMethod Method, PrivateKeyFile? Key) : IDisposable
    {
        public void Dispose()
        {
            (Method as IDisposable)?.Dispose();
            Key?.Dispose();
        }
    }
}
