using Azure.Identity;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http;

/// <summary>Tenants as they stand, for lists of all of them: what is wrong with one is told with it, keeps no other from being told, and nobody waiting for long.</summary>
public sealed class TenantStatuses(TenantStore tenants, RunStore runs, PoisonStore poison, Freshness freshness, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A tenant as it stands; also one whose file is refused, or of which the storage does not give a blob.</summary>
    public async Task<TenantStatus> OfAsync(string id, CancellationToken ct)
    {
        var status = new TenantStatus(id, id, false, "UTC", null, null, []);
        try
        {
            return await InTimeAsync(ReadAsync, ct);
        }
        catch (Exception e) when (IsOfOne(e, ct))
        {
            return status with { Problem = Problem.Describe(e), IsUnreadable = e is not TenantRefusedException, IsRunnable = false };
        }

        async Task<TenantStatus> ReadAsync(CancellationToken stop)
        {
            // What is known by the time something cannot be read is told.
            status = status with { LatestRun = await runs.FindNewestAsync(id, stop) is { } newest ? await runs.ShowAsync(id, newest, stop) : null };
            status = status with { StandingRun = await runs.FindStandingAsync(status.LatestRun, stop) };
            var (tenant, problem, missing) = await tenants.ShowAsync(id, stop);
            status = status with { Name = tenant.Name, Enabled = tenant.Enabled, TimeZone = tenant.TimeZone, Problem = problem, MissingSecrets = missing, IsRunnable = missing.Count == 0 };
            return status with { Feeds = await freshness.OfAsync(tenant, stop) };
        }
    }

    /// <summary>The tenant's messages that failed for good; none of one whose trouble its status tells.</summary>
    public Task<IReadOnlyList<PoisonMessage>> PoisonOfAsync(string id, CancellationToken ct) => BesidesAsync(stop => poison.ListAsync(id, stop), [], ct);

    /// <summary>What a list tells of a tenant besides, or what stands in its place when that cannot be read.</summary>
    internal async Task<T> BesidesAsync<T>(Func<CancellationToken, Task<T>> ask, T otherwise, CancellationToken ct)
    {
        try
        {
            return await InTimeAsync(ask, ct);
        }
        catch (Exception e) when (IsOfOne(e, ct))
        {
            return otherwise;
        }
    }

    /// <summary>Whether it may be one tenant's alone. Without a token nobody's blobs are read.</summary>
    private static bool IsOfOne(Exception e, CancellationToken ct) => !ct.IsCancellationRequested && e is not AuthenticationFailedException;

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await ask(patience.Token);
        }
        catch (Exception) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException($"The storage has not answered within {Patience.TotalSeconds:0} seconds. Try again in a minute.");
        }
    }
}
