using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>Fetches files as they lie on a server, on which nothing is changed.</summary>
internal sealed class SftpFetch(ISftpServer server, CallLimits limits)
{
    private readonly string _server = $"{server.Host}:{server.Port}";

    /// <summary>The file at the path; where it is a folder, those of its files that are wanted, in upper or lower case.</summary>
    /// <exception cref="DeliveryRefusedException">What is there cannot be had, and trying again does not help.</exception>
    public async Task<FetchedFiles> RunAsync(string path, IReadOnlyList<string> wanted, long mostBytes, CancellationToken ct)
    {
        var files = new FetchedFiles();
        try
        {
            using var login = new SftpLogin(server);
            await using var connection = await SftpConnection.OpenAsync(server, login, limits, ct);
            var place = await LookAsync(connection, path, ct);
            var found = place.IsDirectory ? await FindAsync(connection, path, wanted, ct) : [(Name: path.Split('/')[^1], Path: path)];
            files.IsFolder = place.IsDirectory;
            foreach (var (name, from) in found)
            {
                await TakeAsync(connection, from, files.Add(name), mostBytes, ct);
            }

            return files;
        }
        catch (Exception e)
        {
            files.Dispose();
            throw e switch
            {
                SftpPathNotFoundException => Refused($"there is no {path}, or it was taken away while it was read", e),
                SftpPermissionDeniedException => Refused($"user \"{server.Username}\" may not read {path}", e),
                SshException => new IOException($"{_server} does not hand out {path} (SFTP: {e.Message.TrimEnd('.')}).", e),
                InvalidDataException => Refused($"a file at {path} has {e.Message}", e),
                _ => e,
            };
        }
    }

    private static async Task<SftpFileAttributes> LookAsync(SftpConnection connection, string path, CancellationToken ct)
    {
        SftpFileAttributes? found = null;
        await connection.Watch.AskAsync(async stop => found = await connection.Client.GetAttributesAsync(path, stop), ct);
        return found!;
    }

    private static async Task<IReadOnlyList<(string Name, string Path)>> FindAsync(
        SftpConnection connection, string folder, IReadOnlyList<string> wanted, CancellationToken ct)
    {
        var names = new HashSet<string>();
        await connection.Watch.AskAsync(
            async stop =>
            {
                await foreach (var file in connection.Client.ListDirectoryAsync(folder, stop))
                {
                    names.Add(file.Name);
                }
            },
            ct);
        return [.. names.Where(name => wanted.Contains(name, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Select(name => (name, $"{folder.TrimEnd('/')}/{name}"))];
    }

    /// <summary>A file that grows or is replaced while it is read is no file yet.</summary>
    private async Task TakeAsync(SftpConnection connection, string path, Stream file, long mostBytes, CancellationToken ct)
    {
        var before = await LookAsync(connection, path, ct);
        await connection.Watch.TakeAsync(file, mostBytes, (content, stop) => connection.Client.DownloadFileAsync(path, content, stop), ct);
        var after = await LookAsync(connection, path, ct);
        if (before.Size != after.Size || before.LastWriteTimeUtc != after.LastWriteTimeUtc || file.Length != after.Size)
        {
            throw Refused($"{path} was written while it was read. Run again when the sender has finished", inner: null);
        }

        file.Position = 0;
    }

    private DeliveryRefusedException Refused(string why, Exception? inner) =>
        new($"On {_server} {why}. Check {server.Section} and the path, or ask who keeps the server.", inner!);
}

/// <summary>Files on their way, without a name on this machine.</summary>
internal sealed class FetchedFiles : IDisposable
{
    private readonly Dictionary<string, Stream> _files = [];

    /// <summary>Whether they lay in the folder that was asked for.</summary>
    public bool IsFolder { get; set; }

    public IReadOnlyDictionary<string, Stream> ByName => _files;

    public Stream Add(string name) => _files[name] = TemporaryFile.Create();

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }
}
