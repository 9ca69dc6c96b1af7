using Azure.Storage.Queues;
using Azure;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http;

/// <param name="Problem">Null when it is good.</param>
public sealed record HealthCheck(string Name, string? Problem);

/// <param name="Status"><c>ready</c>, or <c>notReady</c> when a check has a problem.</param>
public sealed record HealthReport(string Status, string Version, IReadOnlyList<HealthCheck> Checks);

/// <summary>Whether the night would find what it needs: a storage that can be read and written, its queues, and a planner that is alive. Tells nothing of tenants.</summary>
public sealed class Health(BlobStorage blobs, QueueServiceClient queues, TenantStore tenants, Freshness freshness)
{
    private const string Probe = "health.probe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<ApiAnswer> AnswerAsync(CancellationToken ct)
    {
        var checks = await Task.WhenAll(
            TryAsync("storage", StorageAsync, ct),
            TryAsync("queues", QueuesAsync, ct),
            TryAsync("planner", PlannerAsync, ct));
        var isReady = checks.All(check => check.Problem is null);
        return new ApiAnswer(isReady ? 200 : 503, new HealthReport(isReady ? "ready" : "notReady", Product.Version, checks));
    }

    private async Task<string?> StorageAsync(CancellationToken ct)
    {
        await tenants.ListAsync(ct);
        await blobs.WriteAsync(Containers.State, Probe, "probe"u8.ToArray(), ct);
        return await blobs.ReadAsync(Containers.State, Probe, ct) is null ? "What was written cannot be read." : null;
    }

    private async Task<string?> QueuesAsync(CancellationToken ct)
    {
        foreach (var queue in Queues.WithPoison)
        {
            if (!await queues.GetQueueClient(queue).ExistsAsync(ct))
            {
                return $"The queue {queue} does not exist.";
            }
        }

        return null;
    }

    private async Task<string?> PlannerAsync(CancellationToken ct)
    {
        var planner = await freshness.OfPlannerAsync(ct);
        return planner.State == FreshnessState.Stale ? $"No night was planned for {planner.AgeHours:0} hours. Look at the timer." : null;
    }

    private static async Task<HealthCheck> TryAsync(string name, Func<CancellationToken, Task<string?>> check, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return new HealthCheck(name, await check(patience.Token));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return new HealthCheck(name, e is RequestFailedException { Status: > 0 } failed ? $"It answers {failed.Status} {failed.ErrorCode}." : "It does not answer.");
        }
    }
}
