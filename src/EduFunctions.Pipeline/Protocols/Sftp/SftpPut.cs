using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// One file's way into the folder. The same answer means different things to different questions: "no such file" to the opening is a folder that is
/// not there, to the closing it is a receiver who has the file already.
/// </summary>
internal sealed class SftpPut(SftpSession session, SftpSettings sftp, string name)
{
    private readonly string _path = SftpDelivery.Folder(sftp) is { Length: > 0 } folder ? $"{folder}/{name}" : name;
    private readonly string _server = $"{sftp.Host}:{sftp.Port}";

    private SftpWatch Watch => session.Connection.Watch;

    /// <returns>What the receiver should be asked of a file that is there; null where there is nothing.</returns>
    public async Task<string?> SendAsync(Stream file, CancellationToken ct)
    {
        try
        {
            return await TryAsync(file, ct);
        }
        catch (Exception e) when (session.HasServed && IsBroken(e))
        {
            // Some servers end the connection after every file.
            var mayBeWhole = Watch.IsAllGiven;
            await session.RenewAsync(ct);
            if (mayBeWhole && await SizeAsync(ct) == file.Length)
            {
                return Whole(e);
            }

            file.Position = 0;
            return await TryAsync(file, ct);
        }
    }

    private bool IsBroken(Exception e) => SftpTrouble.IsBroken(e) || (SftpTrouble.Is(e) && !session.Connection.Client.IsConnected);

    private async Task<string?> TryAsync(Stream file, CancellationToken ct)
    {
        string? note = null;
        var acknowledged = new Acknowledged();
        try
        {
            await Watch.PutAsync(file, (content, stop) => session.Connection.Client.UploadFileAsync(content, _path, acknowledged, stop), ct);
        }
        catch (SftpPathNotFoundException) when (Watch.IsAllGiven)
        {
            // All of it was acknowledged before the close: it was taken away under our hands.
        }
        catch (Exception e) when (session.HasServed && IsBroken(e) && !(Watch.IsAllGiven && acknowledged.Has(file.Length)))
        {
            throw;
        }
        catch (Exception e) when (Watch.IsAllGiven && SftpTrouble.Is(e))
        {
            if (!await acknowledged.ReachesAsync(file.Length))
            {
                throw SftpTrouble.OfWriting(e, sftp, _path);
            }

            note = await LookAtEndAsync(e, file.Length, ct);
        }
        catch (SftpException e) when (!Watch.IsBegun)
        {
            throw await ExplainAsync(e, ct);
        }
        catch (Exception e) when (SftpTrouble.Is(e))
        {
            throw SftpTrouble.OfWriting(e, sftp, _path);
        }

        session.HasServed = true;
        return note;
    }

    [Told]
    private string Whole(Exception refusal) =>
        $"{_server} {SftpTrouble.Answer(refusal)} at the end of {_path}, but the file lies there whole. Ask the receiver whether it was taken";

    /// <summary>All was given, and its end was not acknowledged: whether it is there is seen, where that may be seen.</summary>
    [Told]
    private async Task<string> LookAtEndAsync(Exception refusal, long length, CancellationToken ct)
    {
        var answer = SftpTrouble.Answer(refusal);
        var isBroken = IsBroken(refusal);
        if (isBroken)
        {
            await session.RenewAsync(ct);
        }

        var size = await SizeAsync(ct);
        if (size == length)
        {
            return Whole(refusal);
        }

        var found = size is not { } other ? "it is not to be seen there, so that nobody knows whether the receiver has it"
            : other < length ? $"only {other} of {length} bytes lie there"
            : $"{other} bytes lie there instead of {length}";
        var sentence = $"{_server} {answer} at the end of {_path}, and {found}. Ask the receiver what became of the file, and whether there is room left.";
        throw isBroken ? new IOException(sentence, refusal) : new DeliveryRefusedException(sentence, refusal) { MayBeThere = true };
    }

    /// <summary>Why the file could not be opened. Looking is no harm here: nothing was put.</summary>
    [Told]
    private async Task<Exception> ExplainAsync(SftpException refusal, CancellationToken ct) =>
        refusal is SftpPathNotFoundException ? new DeliveryRefusedException(
            $"The folder \"{sftp.Directory}\" does not exist on {_server}, so {name} was not put. Check delivery.directory, or have the receiver create it.", refusal)
        : await SizeAsync(ct) is not null ? new DeliveryRefusedException(
            $"A file {_path} lies on {_server} already and may not be overwritten. Have the receiver fetch it or take it away, or allow user \"{sftp.Username}\" to replace it.", refusal)
        : refusal is SftpPermissionDeniedException ? new DeliveryRefusedException(
            SftpTrouble.Words(refusal) is { Length: > 0 } words
                ? $"User \"{sftp.Username}\" may not write {_path} on {_server}, which denies it{words}. Check delivery.directory and the receiver's rights."
                : $"User \"{sftp.Username}\" may not write {_path} on {_server}. Check delivery.directory and the receiver's rights.", refusal)
        : new IOException($"{_server} does not open {_path} ({refusal.StatusCode}){SftpTrouble.Words(refusal)}. Ask the receiver whether there is room left, and whether the server is well.", refusal);

    /// <summary>How much of a file the server has said that it has: what is given runs ahead of that, so that a refusal at the end may be one of the middle.</summary>
    private sealed class Acknowledged : IProgress<UploadFileProgressReport>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
        private const int Pauses = 10;

        private ulong _bytes;

        public void Report(UploadFileProgressReport value) => Volatile.Write(ref _bytes, Math.Max(Volatile.Read(ref _bytes), value.TotalBytesUploaded));

        public bool Has(long length) => Volatile.Read(ref _bytes) >= (ulong)length;

        /// <summary>What was acknowledged last may be told a moment later than the refusal.</summary>
        public async Task<bool> ReachesAsync(long length)
        {
            for (var pause = 0; !Has(length) && pause < Pauses; pause++)
            {
                await Task.Delay(Pause);
            }

            return Has(length);
        }
    }

    /// <summary>How large the file is that lies there; null where none is seen.</summary>
    private async Task<long?> SizeAsync(CancellationToken ct)
    {
        long? size = null;
        try
        {
            await Watch.AskAsync(
                async stop => size = await session.Connection.Client.GetAttributesAsync(_path, stop) is { IsRegularFile: true } found ? found.Size : null, ct);
        }
        catch (Exception e) when (SftpTrouble.Is(e))
        {
            // Whoever lets nobody look has not said that there is one.
        }

        return size;
    }
}
