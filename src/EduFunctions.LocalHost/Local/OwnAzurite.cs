using System.Diagnostics;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Simulators.Node;
using EduFunctions.Simulators.Starting;

namespace EduFunctions.LocalHost.Local;

/// <summary>
/// The Azurite of a folder, which the commands given there share. Who starts it holds the folder's lock meanwhile, and the system frees the lock of whoever
/// dies: so none that was left behind is joined, and no two write to one folder.
/// </summary>
/// <param name="started">Null where another command has started it.</param>
internal sealed class OwnAzurite(string connection, string folder, AzuriteServer? started, IDisposable? taken) : IAsyncDisposable
{
    private const string LockFile = "edufunctions.lock";

    /// <summary>Where it listens and what opens it, for other commands of the same user while it runs.</summary>
    private const string ConnectionFile = "edufunctions.connection";

    private const string OtherStays = ". The storage at port 10000 is left alone; --storage UseDevelopmentStorage=true would take that one.";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartingTime = Patience.Of(TimeSpan.FromMinutes(2));
    private static readonly TimeSpan EndingTime = Patience.Of(TimeSpan.FromSeconds(15));

    public string Connection { get; } = connection;

    public string Folder => folder;

    /// <summary>Whether a command has stored in this folder before.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, LockFile));

    /// <param name="usualPorts">Whether it has to be where <c>UseDevelopmentStorage=true</c> looks; whatever answers there is meant then.</param>
    public static async Task<OwnAzurite> OpenAsync(string folder, bool usualPorts, CancellationToken ct)
    {
        var path = Path.GetFullPath(folder);
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < StartingTime; await Task.Delay(Pause, ct))
        {
            if (usualPorts && await AzuriteServer.AnswersAsync(LocalStorage.Development))
            {
                return new OwnAzurite(LocalStorage.Development, path, started: null, taken: null);
            }

            if (FileLock.TryTake(Path.Combine(PrivateFiles.Folder(path), LockFile)) is { } own)
            {
                return await StartAsync(path, own, usualPorts, ct);
            }

            if (await FindAsync(path, ct) is { } running)
            {
                return usualPorts
                    ? throw Refused(path, "is used by another command, on ports of its own: leave UseDevelopmentStorage=true out, or end that")
                    : new OwnAzurite(running, path, started: null, taken: null);
            }
        }

        throw Refused(path, "is taken by another command, whose Azurite does not answer: end that");
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
        {
            File.Delete(Path.Combine(folder, ConnectionFile));
            await started.DisposeAsync();
            taken!.Dispose();
        }
    }

    private static async Task<OwnAzurite> StartAsync(string folder, FileStream taken, bool usualPorts, CancellationToken ct)
    {
        try
        {
            await NodeTools.InstallAsync(Console.Error.WriteLine, ct);
            var isElsewhere = !usualPorts && await AzuriteServer.AnswersAsync(LocalStorage.Development);
            await Console.Error.WriteLineAsync($"Starting Azurite over {folder}{(isElsewhere ? OtherStays : "")}");
            await SeeEndedAsync(folder, ct);
            var azurite = await (usualPorts ? AzuriteServer.StartOnUsualPortsAsync(folder, ct) : AzuriteServer.StartOwnAsync(folder, ct));
            await TellAsync(folder, azurite.ConnectionString, ct);
            return new OwnAzurite(azurite.ConnectionString, folder, azurite, taken);
        }
        catch (Exception e)
        {
            await taken.DisposeAsync();
            throw e is InvalidOperationException ? new CommandException(ExitCodes.BadConfiguration, $"Azurite could not be started: {e.Message}") : e;
        }
    }

    /// <summary>One that a killed command has left ends by itself within seconds.</summary>
    private static async Task SeeEndedAsync(string folder, CancellationToken ct)
    {
        for (var waiting = Stopwatch.StartNew(); await FindAsync(folder, ct) is not null; await Task.Delay(Pause, ct))
        {
            if (waiting.Elapsed > EndingTime)
            {
                throw Refused(folder, "is used by the Azurite of a command that was killed: end that (a process of node)");
            }
        }

        File.Delete(Path.Combine(folder, ConnectionFile));
    }

    /// <summary>What answers with the folder's own key; null when nobody does.</summary>
    private static async Task<string?> FindAsync(string folder, CancellationToken ct)
    {
        try
        {
            var connection = await File.ReadAllTextAsync(Path.Combine(folder, ConnectionFile), ct);
            var once = new BlobClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(2) } };
            await new BlobServiceClient(connection, once).GetPropertiesAsync(ct);
            return connection;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or RequestFailedException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Whole from the first moment on that it can be read.</summary>
    private static async Task TellAsync(string folder, string connection, CancellationToken ct)
    {
        var file = Path.Combine(folder, ConnectionFile);
        await PrivateFiles.WriteAsync($"{file}.new", Encoding.UTF8.GetBytes(connection), ct);
        File.Move($"{file}.new", file, overwrite: true);
    }

    private static CommandException Refused(string folder, string why) => new(ExitCodes.BadConfiguration, $"The storage in {folder} {why}.");
}
