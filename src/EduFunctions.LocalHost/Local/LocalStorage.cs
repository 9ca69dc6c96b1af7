using Azure;
using Azure.Identity;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Azurite;

namespace EduFunctions.LocalHost.Local;

/// <summary>
/// The storage a command works on: the account that is named, by a connection string or by its address and the signed-in identity; else Azurite, started
/// for the command when none answers.
/// </summary>
/// <param name="settings">What tells the pipeline where it is.</param>
internal sealed class LocalStorage(IReadOnlyDictionary<string, string?> settings, AzuriteServer? azurite) : IAsyncDisposable
{
    public const string Development = "UseDevelopmentStorage=true";

    private const string ConnectionSetting = "AzureWebJobsStorage";
    private const string BlobsSetting = "AzureWebJobsStorage:blobServiceUri";
    private const string QueuesSetting = "AzureWebJobsStorage:queueServiceUri";
    private const string DataFolder = ".azurite";

    public IReadOnlyDictionary<string, string?> Settings { get; } = settings;

    public static async Task<LocalStorage> OpenAsync(string? named, CancellationToken ct)
    {
        var configured = LocalSettings.Read();
        var place = named ?? configured[BlobsSetting] ?? configured[ConnectionSetting];
        if (Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal))
        {
            return new LocalStorage(SignedIn(address, named is null ? configured[QueuesSetting] : null), null);
        }

        var connection = string.IsNullOrEmpty(place) ? Development : place;
        if (connection != Development || await AzuriteServer.AnswersAsync(connection))
        {
            return Connected(connection, null);
        }

        await Console.Error.WriteLineAsync($"No storage answers; starting Azurite over {Path.GetFullPath(DataFolder)}");
        try
        {
            var azurite = await AzuriteServer.StartAsync(DataFolder, usualPorts: true, Console.Error.WriteLine, ct);
            return Connected(azurite.ConnectionString, azurite);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"Azurite could not be started: {e.Message}");
        }
    }

    /// <summary>The first call to the storage, so that a wrong one is told here. Makes the containers where there are none.</summary>
    public async Task PrepareAsync(BlobStorage blobs, CancellationToken ct)
    {
        try
        {
            if (Settings[ConnectionSetting] is null && await HasContainersAsync(blobs, ct))
            {
                return;
            }

            await blobs.CreateContainersAsync(ct);
        }
        catch (AuthenticationFailedException)
        {
            throw new CommandException(ExitCodes.Failed, "Nobody is signed in whom the storage would know: az login, or run it where there is a managed identity.");
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            var cause = e is RequestFailedException { Status: > 0 } failed ? $"{failed.Status} {failed.ErrorCode}" : "no answer";
            throw new CommandException(ExitCodes.Failed, $"The storage cannot be used ({cause}). Check --storage or AzureWebJobsStorage{Roles(e)}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }

    /// <summary>Whoever may only read cannot ask for containers to be made.</summary>
    private static async Task<bool> HasContainersAsync(BlobStorage blobs, CancellationToken ct)
    {
        try
        {
            await blobs.AnyAsync(Containers.Runs, "", ct);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    private static string Roles(Exception e) =>
        e is RequestFailedException { Status: 403 } ? ", and the role of whoever is signed in (docs/azure.md)" : "";

    private static LocalStorage Connected(string connection, AzuriteServer? azurite) =>
        new(new Dictionary<string, string?> { [ConnectionSetting] = connection, [BlobsSetting] = null, [QueuesSetting] = null }, azurite);

    /// <param name="queues">The address of the queues; null where it follows from that of the blobs.</param>
    private static Dictionary<string, string?> SignedIn(Uri blobs, string? queues) => new()
    {
        [ConnectionSetting] = null,
        [BlobsSetting] = blobs.ToString(),
        [QueuesSetting] = queues ?? new UriBuilder(blobs) { Host = blobs.Host.Replace(".blob.", ".queue.", StringComparison.OrdinalIgnoreCase) }.Uri.ToString(),
    };
}
