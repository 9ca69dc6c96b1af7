using Azure;
using Azure.Identity;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.LocalHost.Local;

/// <summary>
/// The storage a command works on: the account that is named, by a connection string or by its address and the signed-in identity; else the Azurite of the
/// folder that the command is given in.
/// </summary>
/// <param name="settings">What tells the pipeline where it is.</param>
internal sealed class LocalStorage(IReadOnlyDictionary<string, string?> settings, OwnAzurite? azurite) : IAsyncDisposable
{
    public const string Development = "UseDevelopmentStorage=true";
    public const string DataFolder = ".azurite";

    private const string ConnectionSetting = "AzureWebJobsStorage";
    private const string BlobsSetting = "AzureWebJobsStorage:blobServiceUri";
    private const string QueuesSetting = "AzureWebJobsStorage:queueServiceUri";

    public IReadOnlyDictionary<string, string?> Settings { get; } = settings;

    /// <summary>For whoever wants to know where it is.</summary>
    public string NameOf(BlobStorage blobs) => azurite is null ? $"storage account {blobs.Account}" : $"Azurite over {azurite.Folder}";

    /// <param name="folder">Where Azurite stores when nothing is named.</param>
    public static async Task<LocalStorage> OpenAsync(string? named, string folder, CancellationToken ct)
    {
        var configured = LocalSettings.Read();
        var place = named ?? configured[BlobsSetting] ?? configured[ConnectionSetting];
        if (Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal))
        {
            return new LocalStorage(SignedIn(address, named is null ? configured[QueuesSetting] : null), null);
        }

        return place switch
        {
            null or "" => Connected(await OwnAzurite.OpenAsync(folder, usualPorts: false, ct)),
            Development => Connected(await OwnAzurite.OpenAsync(folder, usualPorts: true, ct)),
            _ when Directory.Exists(place) => Connected(await OwnAzurite.OpenAsync(Stored(place), usualPorts: false, ct)),
            _ => new LocalStorage(By(place), null),
        };
    }

    /// <summary>The first calls to the storage, so that a wrong one is told here. Makes the containers where there are none.</summary>
    /// <param name="patience">How long it may take to answer.</param>
    public async Task PrepareAsync(BlobStorage blobs, TimeSpan patience, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stop.CancelAfter(patience);
        try
        {
            await WaitingWord.SayingAsync(MakeContainersAsync(blobs, stop.Token), "the storage", patience);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Failed, $"The storage cannot be used (no answer within {patience.TotalSeconds:0} seconds). Check --storage or AzureWebJobsStorage.");
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

    private async Task<bool> MakeContainersAsync(BlobStorage blobs, CancellationToken ct)
    {
        var isThere = Settings[ConnectionSetting] is null && await HasContainersAsync(blobs, ct);
        if (!isThere)
        {
            await blobs.CreateContainersAsync(ct);
        }

        return !isThere;
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

    private static string Stored(string folder) => OwnAzurite.IsIn(folder)
        ? folder
        : throw new CommandException(ExitCodes.BadConfiguration, $"No command has stored anything in the folder {folder}. Name a storage by --storage, or leave it out.");

    private static LocalStorage Connected(OwnAzurite azurite) => new(By(azurite.Connection), azurite);

    private static Dictionary<string, string?> By(string connection) => new() { [ConnectionSetting] = connection, [BlobsSetting] = null, [QueuesSetting] = null };

    /// <param name="queues">The address of the queues; null where it follows from that of the blobs.</param>
    private static Dictionary<string, string?> SignedIn(Uri blobs, string? queues) => new()
    {
        [ConnectionSetting] = null,
        [BlobsSetting] = blobs.ToString(),
        [QueuesSetting] = queues ?? new UriBuilder(blobs) { Host = blobs.Host.Replace(".blob.", ".queue.", StringComparison.OrdinalIgnoreCase) }.Uri.ToString(),
    };
}
