using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Blobs;

/// <summary>The calls, and what answers to them mean; their own words hold addresses with signatures and are not repeated.</summary>
internal sealed class BlobPut(HttpClient http, BlobSettings settings, CallLimits limits)
{
    private const string NotThere = "ContainerNotFound";

    /// <summary>Files go in pieces, so that a storage that no longer moves can be told from a file that is large.</summary>
    private const int Piece = 4 << 20;

    /// <summary>Answers of somebody who knows the caller, and lets nobody look: who only puts need not.</summary>
    private static readonly string[] MayNotLook = ["AuthorizationPermissionMismatch", "AuthorizationResourceTypeMismatch", "AuthorizationServiceMismatch"];

    private readonly BlobContainerClient _container = Open(http, settings, limits);

    /// <exception cref="IOException">The storage cannot be reached, or asks to come later.</exception>
    /// <exception cref="DeliveryRefusedException">It will not take the file.</exception>
    public Task SendAsync(string name, Stream file, CancellationToken ct) => AskAsync(
        () => _container.GetBlobClient(settings.NameOf(name)).UploadAsync(
            file,
            new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = name.EndsWith(".zip", StringComparison.Ordinal) ? "application/zip" : "text/csv" },
                TransferOptions = new StorageTransferOptions { InitialTransferSize = Piece, MaximumTransferSize = Piece, MaximumConcurrency = 1 },
            },
            ct),
        ct);

    /// <returns>Why nothing can be sent; null when nothing speaks against it.</returns>
    public async Task<string?> FindObstacleAsync(CancellationToken ct)
    {
        try
        {
            await AskAsync(() => _container.GetPropertiesAsync(cancellationToken: ct), ct);
            return null;
        }
        catch (Exception e) when (e is DeliveryRefusedException or IOException)
        {
            return e.InnerException is RequestFailedException answer && MayNotLook.Contains(answer.ErrorCode) ? null : e.Message;
        }
    }

    private static BlobContainerClient Open(HttpClient http, BlobSettings settings, CallLimits limits)
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(http) };

        // The export is repeated as a whole.
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = limits.Idle;
        options.Diagnostics.IsLoggingEnabled = false;
        return settings.Sas is null ? new BlobContainerClient(settings.Address, new DefaultAzureCredential(), options) : new BlobContainerClient(settings.Address, options);
    }

    [Told]
    private async Task AskAsync(Func<Task> call, CancellationToken ct)
    {
        try
        {
            await call();
        }
        catch (RequestFailedException e)
        {
            throw Judged(e);
        }
        catch (AuthenticationFailedException e)
        {
            throw new DeliveryRefusedException("The app has no identity that can sign in to the storage. Give it one, or use delivery.sas.", e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"{_container.Uri.Authority} gave no answer within {limits.Idle.TotalSeconds:0} seconds. Check the container's address, and what is between.", e);
        }
        catch (AggregateException e) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"{_container.Uri.Authority} cannot be reached, or broke off.", e);
        }
    }

    [Told]
    private Exception Judged(RequestFailedException answer) => answer.Status switch
    {
        401 or 403 => new DeliveryRefusedException(
            $"{_container.Uri.Authority} refused the container {_container.Name} ({answer.Status}, {answer.ErrorCode}). "
            + (settings.Sas is { } sas
                ? $"Check that the signature in the secret \"{sas.Name}\" has not expired and may create and write blobs."
                : "Give the app's identity the role Storage Blob Data Contributor there."),
            answer),
        404 when answer.ErrorCode == NotThere => new DeliveryRefusedException(
            $"There is no container {_container.Name} at {_container.Uri.Authority}. Check the address, or have the receiver create it.", answer),
        0 => new IOException($"{_container.Uri.Authority} cannot be reached. Check the container's address.", answer),
        408 or 429 or >= 500 => new IOException($"{_container.Uri.Authority} answered {answer.Status} ({answer.ErrorCode}), and is asked again.", answer),
        _ => new DeliveryRefusedException($"{_container.Uri.Authority} answered {answer.Status} ({answer.ErrorCode}). Check the container and its policies.", answer),
    };
}
