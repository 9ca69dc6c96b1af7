using Azure;
using Azure.Storage.Blobs.Specialized;

namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// The sole right to work on something, held as a blob lease and kept alive while held. A host that dies loses it within
/// <see cref="Length"/>, so that another can go on; two that are alive never work on the same thing.
/// </summary>
public sealed class Lease : IAsyncDisposable
{
    /// <summary>The shortest lease there is.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;

    private Lease(BlobLeaseClient lease)
    {
        _lease = lease;
        _renewing = RenewAsync();
    }

    /// <summary>Waits for the lease; null when it is still another's after the patience.</summary>
    public static async Task<Lease?> TakeAsync(BlobStorage blobs, string name, TimeSpan patience, CancellationToken ct)
    {
        var lease = blobs.Lease(Containers.State, name);
        var waited = TimeSpan.Zero;
        while (true)
        {
            try
            {
                await lease.AcquireAsync(Length, cancellationToken: ct);
                return new Lease(lease);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // Only the first lease ever has to make its blob.
                await blobs.TryWriteAsync(Containers.State, name, ReadOnlyMemory<byte>.Empty, expected: null, ct);
                continue;
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                if (waited >= patience)
                {
                    return null;
                }
            }

            var pause = TimeSpan.FromSeconds(1);
            await Task.Delay(pause, ct);
            waited += pause;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        _ended.Dispose();
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (Exception)
        {
            // Lost or storage gone: it ends by itself.
        }
    }

    private async Task RenewAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Renewal, _ended.Token);
                await _lease.RenewAsync(cancellationToken: _ended.Token);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                // A lost lease is noticed by whoever takes it next; every stage may run twice.
                return;
            }
            catch (Exception)
            {
                // The work is done, or the storage does not answer: the next renewal may come in time.
            }
        }
    }
}
