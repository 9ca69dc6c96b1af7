using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.OpenPgp;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// Puts files into a folder over SFTP. The receiver may be a drop box that takes a file away the moment it is closed: nothing is
/// looked at, renamed or set after the put, unless its end was answered otherwise.
/// </summary>
public sealed class SftpDelivery(CallLimits limits, TimeProvider time) : IDelivery, IConnectionTest
{
    public string Type => "sftp";

    public Type Settings => typeof(SftpSettings);

    public string OnlyANightTells => "files may be written to the folder, and what the receiver makes of them";

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
        await using var session = await SftpSession.OpenAsync(sftp, limits, ct);
        var notes = new List<string>();
        var result = await progress.PutAllAsync(files, time, async (name, file) => notes.AddRange(await new SftpPut(session, sftp, name).SendAsync(file, ct) is { } note ? [note] : []));
        return notes.Count == 0 ? result : result with { Reason = $"{string.Join("; ", notes)}." };
    }

    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var sftp = (SftpSettings)settings;
        SftpLogin? login = null;
        var loaded = await TryAsync("login", () => Task.FromResult(login = new SftpLogin(sftp)));
        if (loaded.Problem is not null)
        {
            yield return loaded;
            yield break;
        }

        using var authentication = login!;
        SftpConnection? connection = null;
        yield return await TryAsync("host key and login", async () => connection = await SftpConnection.OpenAsync(sftp, authentication, limits, ct));
        if (connection is not null)
        {
            await using var opened = connection;
            yield return await TryAsync("folder", () => opened.Watch.AskAsync(stop => LookAsync(opened.Client, sftp, stop), ct));
        }
    }

    internal static string Folder(SftpSettings sftp) => sftp.Directory.TrimEnd('/');

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
        catch (Exception e) when (SftpTrouble.Is(e))
        {
            return new ConnectionCheck(subject, $"The server {SftpTrouble.Answer(e)}. Ask the receiver whether it is well.");
        }
    }

    /// <summary>Whether the folder is there; a receiver that lets nobody look proves nothing either way.</summary>
    [Told]
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
}
