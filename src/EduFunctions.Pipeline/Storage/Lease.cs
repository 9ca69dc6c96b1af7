using Azure;
using Azure.Storage.Blobs.Specialized;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// The sole right to work on something, a blob lease that is kept alive while there is work. A host that dies loses it within
/// <see cref="Length"/>, so that another can go on. A host that was only frozen notices with the next proof, or by the token, that it has lost it.
/// </summary>
public sealed class Lease : IAsyncDisposable
{
    /// <summary>The shortest lease there is.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    /// <summary>What is left of a lease must be enough for the step that it is proven for.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private const int MostProofs = 5;

    private readonly BlobLeaseClient _lease;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;
    private long _renewed;

    /// <param name="asked">When it was asked for: from then on the storage counts, at the latest.</param>
    private Lease(BlobLeaseClient lease, string name, long asked, TimeProvider time)
    {
        (_lease, _name, _renewed, _time) = (lease, name, asked, time);
        _renewing = RenewAsync();
    }

    /// <summary>Cancelled when somebody else may have it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Waits for the lease; null when it is still another's after the patience.</summary>
    public static async Task<Lease?> TakeAsync(BlobStorage blobs, string name, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        var lease = blobs.Lease(Containers.State, name);
        var waited = TimeSpan.Zero;
        while (true)
        {
            try
            {
                var asked = time.GetTimestamp();
                await lease.AcquireAsync(Length, cancellationToken: ct);
                return new Lease(lease, name, asked, time);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // Only the first lease ever has to make its blob.
                await blobs.TryWriteAsync(Containers.State, name, ReadOnlyMemory<byte>.Empty, expected: null, ct);
                continue;
            }
            catch (RequestFailedException e) when (e.Status == 409 && e.ErrorCode?.StartsWith("Lease", StringComparison.Ordinal) != false)
            {
                if (waited >= patience)
                {
                    return null;
                }
            }
            catch (Exception e) when (RefusedBlobException.IsOne(e, ct))
            {
                throw RefusedBlobException.Of(Containers.State, name, e);
            }

            var pause = TimeSpan.FromSeconds(1);
            await Task.Delay(pause, time, ct);
            waited += pause;
        }
    }

    /// <summary>Makes sure that it is not lost: by when it was renewed, which also counts for a process that stood still, and else by the storage.</summary>
    /// <exception cref="FencedOffException">It is lost.</exception>
    public Task ProveAsync(CancellationToken ct) => ProveAsync(static () => Task.CompletedTask, ct);

    /// <summary>The same, and of something else, so that both hold at one moment: what was answered before a host stood still may be over since.</summary>
    /// <param name="other">Throws where it does not hold.</param>
    /// <exception cref="FencedOffException">It is lost.</exception>
    public Task ProveAsync(Func<Task> other, CancellationToken ct) => InTimeAsync(async () =>
    {
        await other();
        if (_time.GetElapsedTime(Interlocked.Read(ref _renewed)) > Length - Rest)
        {
            await TryRenewAsync(ct);
        }
    });

    /// <summary>The same, by the storage alone: it may have given the lease to another also before its time.</summary>
    /// <exception cref="FencedOffException">It is lost.</exception>
    public Task ProveAnewAsync(CancellationToken ct) => InTimeAsync(() => TryRenewAsync(ct));

    /// <summary>Asks once more where the answer came so late that it may be over.</summary>
    private async Task InTimeAsync(Func<Task> ask)
    {
        for (var tries = 0; tries < MostProofs; tries++)
        {
            var asked = _time.GetTimestamp();
            await ask();
            ThrowIfLost();
            if (_time.GetElapsedTime(asked) <= Length - Rest)
            {
                return;
            }
        }

        throw RefusedBlobException.Late(Containers.State, _name);
    }

    private void ThrowIfLost()
    {
        if (_lost.IsCancellationRequested)
        {
            throw new FencedOffException("The lease was lost: another host is at work.");
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

        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        using var renewals = new PeriodicTimer(Renewal, _time);
        try
        {
            while (!_lost.IsCancellationRequested && await renewals.WaitForNextTickAsync(_ended.Token))
            {
                try
                {
                    await TryRenewAsync(_ended.Token);
                }
                catch (Exception) when (!_ended.IsCancellationRequested)
                {
                    // A storage that does not answer may do so the next time; whether the lease outlasts it, it says then.
                }
            }
        }
        catch (Exception) when (_ended.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    private async Task TryRenewAsync(CancellationToken ct)
    {
        var asked = _time.GetTimestamp();
        try
        {
            await _lease.RenewAsync(cancellationToken: ct);
            Interlocked.Exchange(ref _renewed, asked);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            await _lost.CancelAsync();
        }
        catch (Exception e) when (RefusedBlobException.IsOne(e, ct))
        {
            throw RefusedBlobException.Of(Containers.State, _name, e);
        }
    }
}
