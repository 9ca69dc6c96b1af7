using Azure;
using Azure.Identity;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http;

/// <param name="Problem">Null when it is good.</param>
public sealed record HealthCheck(string Name, string? Problem);

/// <param name="Status"><c>ready</c>, or <c>notReady</c> when a check has a problem.</param>
/// <param name="Moving">When each of the host's loops last got on; none where the platform takes the messages off the queues.</param>
public sealed record HealthReport(string Status, string Version, IReadOnlyList<HealthCheck> Checks, IReadOnlyList<Heartbeat> Moving);

/// <summary>
/// Whether the night would find what it needs: a storage that can be read and written, its queues, a planner that is alive, and loops that move. Tells
/// nothing of tenants. The storage is asked at most every half a minute, whoever calls and however often.
/// </summary>
public sealed class Health(BlobStorage blobs, QueueServiceClient queues, Freshness freshness, Heartbeats beats, TimeProvider time)
{
    private const string Probe = "health.probe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptWhenGood = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeptWhenBad = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<HealthCheck>>? _asked;
    private DateTimeOffset _until;

    public async Task<ApiAnswer> AnswerAsync(CancellationToken ct)
    {
        // What is known already would be answered to nobody.
        ct.ThrowIfCancellationRequested();
        IReadOnlyList<HealthCheck> checks = [.. await AskedAsync().WaitAsync(ct), .. Loops()];
        var isReady = checks.All(check => check.Problem is null);
        return new ApiAnswer(isReady ? 200 : 503, new HealthReport(isReady ? "ready" : "notReady", Product.Version, checks, beats.All));
    }

    /// <summary>The answer of a moment ago, or the one that is on its way for somebody else already.</summary>
    private Task<IReadOnlyList<HealthCheck>> AskedAsync()
    {
        lock (_gate)
        {
            return _asked is null || (_asked.IsCompleted && time.GetUtcNow() >= _until) ? _asked = AskAsync() : _asked;
        }
    }

    private async Task<IReadOnlyList<HealthCheck>> AskAsync()
    {
        var checks = await Task.WhenAll(TryAsync("storage", StorageAsync), TryAsync("queues", QueuesAsync), TryAsync("planner", PlannerAsync));
        lock (_gate)
        {
            _until = time.GetUtcNow() + (checks.All(check => check.Problem is null) ? KeptWhenGood : KeptWhenBad);
        }

        return checks;
    }

    private async Task<string?> StorageAsync(CancellationToken ct)
    {
        await blobs.WriteAsync(Containers.State, Probe, "probe"u8.ToArray(), ct);
        return await blobs.ReadAsync(Containers.State, Probe, ct) is null ? "What was written cannot be read." : null;
    }

    private async Task<string?> QueuesAsync(CancellationToken ct)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var queue in queues.GetQueuesAsync(cancellationToken: ct))
        {
            there.Add(queue.Name);
        }

        return Queues.WithPoison.FirstOrDefault(queue => !there.Contains(queue)) is { } missing
            ? $"The queue {missing} does not exist."
            : null;
    }

    private async Task<string?> PlannerAsync(CancellationToken ct)
    {
        var planner = await freshness.OfPlannerAsync(ct);
        return planner.State == FreshnessState.Stale ? $"No night was planned for {planner.AgeHours:0} hours. Look at the timer." : null;
    }

    private IEnumerable<HealthCheck> Loops() => beats.All.Count == 0 ? [] :
    [
        new HealthCheck("loops", beats.Silent() is { Count: > 0 } silent ? $"{string.Join(", ", silent)} got no answer for a while. Look at the log." : null),
    ];

    private static async Task<HealthCheck> TryAsync(string name, Func<CancellationToken, Task<string?>> check)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return new HealthCheck(name, await check(patience.Token));
        }
        catch (Exception e)
        {
            return new HealthCheck(name, e switch
            {
                RefusedBlobException { InnerException: RequestFailedException { Status: > 0 } refused } => $"It answers {refused.Status} {refused.ErrorCode}.",
                RequestFailedException { Status: > 0 } failed => $"It answers {failed.Status} {failed.ErrorCode}.",
                AuthenticationFailedException => Problem.Describe(e),
                _ => "It does not answer.",
            });
        }
    }
}
