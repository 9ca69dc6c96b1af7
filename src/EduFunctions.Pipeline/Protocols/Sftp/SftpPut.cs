using EduFunctions.Pipeline.Contracts;
using Renci.SshNet.Common;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// One file's way into the folder. The same answer means different things to different questions: "no such file" to the opening is a folder that is
/// not there, to the closing it is a receiver who has the file already.
/// </summary>
internal sealed class SftpPut(SftpConnection connection, SftpSettings sftp, string name)
{
    private readonly string _path = SftpDelivery.Folder(sftp) is { Length: > 0 } folder ? $"{folder}/{name}" : name;
    private readonly string _server = $"{sftp.Host}:{sftp.Port}";

    public async Task SendAsync(Stream file, CancellationToken ct)
    {
        try
        {
            await connection.Watch.PutAsync(file, (content, stop) => connection.Client.UploadFileAsync(content, _path, stop), ct);
        }
        catch (SftpPathNotFoundException) when (connection.Watch.IsAllGiven)
        {
            // All of it was acknowledged before the close: it was taken away under our hands.
        }
        catch (SftpException e) when (!connection.Watch.IsBegun)
        {
            throw await ExplainAsync(e, ct);
        }
        catch (SftpPermissionDeniedException e)
        {
            throw new DeliveryRefusedException(
                $"{_server} took {_path} only in part and then denied it to user \"{sftp.Username}\". Ask the receiver what became of the file.", e);
        }
    }

    /// <summary>Why the file could not be opened. Looking is no harm here: nothing was put.</summary>
    private async Task<Exception> ExplainAsync(SftpException refusal, CancellationToken ct) =>
        refusal is SftpPathNotFoundException ? new DeliveryRefusedException(
            $"The folder \"{sftp.Directory}\" does not exist on {_server}, so {name} was not put. Check delivery.directory, or have the receiver create it.", refusal)
        : await IsThereAsync(ct) ? new DeliveryRefusedException(
            $"A file {_path} lies on {_server} already and may not be overwritten. Have the receiver fetch it or take it away, or allow user \"{sftp.Username}\" to replace it.", refusal)
        : refusal is SftpPermissionDeniedException ? new DeliveryRefusedException(
            $"User \"{sftp.Username}\" may not write {_path} on {_server}. Check delivery.directory and the receiver's rights.", refusal)
        : new IOException($"{_server} does not open {_path} ({refusal.StatusCode}).", refusal);

    private async Task<bool> IsThereAsync(CancellationToken ct)
    {
        var isThere = false;
        try
        {
            await connection.Watch.AskAsync(async stop => isThere = (await connection.Client.GetAttributesAsync(_path, stop)).IsRegularFile, ct);
        }
        catch (SshException)
        {
            // Whoever lets nobody look has not said that there is one.
        }

        return isThere;
    }
}
