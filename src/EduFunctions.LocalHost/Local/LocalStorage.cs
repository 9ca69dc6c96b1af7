using Azure;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Azurite;

namespace EduFunctions.LocalHost.Local;

/// <summary>The storage a command works on: the one that is named, or Azurite, started for the command when none answers.</summary>
internal sealed class LocalStorage(string connection, AzuriteServer? azurite) : IAsyncDisposable
{
    public const string Development = "UseDevelopmentStorage=true";
    private const string DataFolder = ".azurite";

    public string Connection { get; } = connection;

    public static async Task<LocalStorage> OpenAsync(string? named, CancellationToken ct)
    {
        var connection = named ?? LocalSettings.Read()["AzureWebJobsStorage"];
        if (string.IsNullOrEmpty(connection))
        {
            connection = Development;
        }

        if (connection != Development || await AzuriteServer.AnswersAsync(connection))
        {
            return new LocalStorage(connection, null);
        }

        await Console.Error.WriteLineAsync($"No storage answers; starting Azurite over {Path.GetFullPath(DataFolder)}");
        try
        {
            var azurite = await AzuriteServer.StartAsync(DataFolder, usualPorts: true, Console.Error.WriteLine, ct);
            return new LocalStorage(azurite.ConnectionString, azurite);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"Azurite could not be started: {e.Message}");
        }
    }

    /// <summary>Makes the containers; the first call to the storage, so that a wrong connection is told here.</summary>
    public static async Task PrepareAsync(BlobStorage blobs, CancellationToken ct)
    {
        try
        {
            await blobs.CreateContainersAsync(ct);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            var cause = e is RequestFailedException { Status: > 0 } failed ? $"{failed.Status} {failed.ErrorCode}" : "no answer";
            throw new CommandException(ExitCodes.Failed, $"The storage cannot be used ({cause}). Check --storage or AzureWebJobsStorage.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }
}
