using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What is the same around every stage.</summary>
public sealed class StageRunner(
    BlobStorage blobs, RunStore runs, Discretion discretion, PipelineOptions options, RunProgress progress, TimeProvider time, ILogger<RosterPipeline> log)
{
    /// <param name="sole">What nobody else may work on meanwhile, within the tenant.</param>
    /// <param name="again">What to return when somebody else still is: the message is not lost, and not counted as failed.</param>
    public async Task<NextMessages> RunAsync(
        string stage, string tenant, string run, string sole, string? feed, Func<Task<NextMessages>> work, NextMessages again, CancellationToken ct)
    {
        await using var mine = await WorkSlot.WaitAsync(() => Lease.TakeAsync(blobs, $"{tenant}/{sole}.turn", options.LeasePatience, ct));
        if (mine is null)
        {
            log.LogInformation("{Stage} {Tenant} {Run}: another host is at work, the message goes back", stage, tenant, run);
            return again;
        }

        if (await runs.FindAsync(tenant, run, ct) is not { IsFinal: false } record)
        {
            log.LogInformation("{Stage} {Tenant} {Run}: the run is over", stage, tenant, run);
            return NextMessages.None;
        }

        using var span = RunTrace.Continue(stage, record, feed);
        var started = time.GetTimestamp();
        try
        {
            var next = await work();
            log.LogInformation("{Stage} {Tenant} {Run}: done in {Seconds:0.0} s", stage, tenant, run, time.GetElapsedTime(started).TotalSeconds);
            return next;
        }
        catch (RunHeldException e)
        {
            await EndAsync(tenant, run, RunState.Held, e.Message);
            span?.SetStatus(ActivityStatusCode.Error, "held");
        }
        catch (Exception e) when (e is TenantRefusedException or UnreadableBlobException)
        {
            await EndAsync(tenant, run, RunState.Failed, e.Message);
            span?.SetStatus(ActivityStatusCode.Error, "failed");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var problem = discretion.Tell(tenant, Problem.Describe(e));
            span?.SetStatus(ActivityStatusCode.Error, Impersonal.Of(problem));
            log.LogWarning("{Stage} {Tenant} {Run}: {Problem} It is tried again.", stage, tenant, run, problem);
            await runs.UpdateAsync(tenant, run, r => r with { LastError = problem }, CancellationToken.None);
            throw new StageFailedException($"{stage} {tenant} {run}: {problem}");
        }

        return NextMessages.None;
    }

    public async Task PoisonAsync(string queue, string message, CancellationToken ct)
    {
        var (tenant, run, feed) = Names(message);
        if (tenant is null || run is null)
        {
            log.LogError("A message on {Queue} names no run; it is kept under unreadable", queue);
        }

        PipelineMetrics.Poison.Add(1, new("tenant", tenant ?? "unreadable"), new("queue", queue));
        await blobs.WriteAsync(Containers.State, PoisonStore.Name(tenant, run, queue, feed, message, time.GetUtcNow()), Encoding.UTF8.GetBytes(message), ct);
        if (tenant is not null && run is not null)
        {
            await EndPoisonedAsync(queue, tenant, run, ct);
        }
    }

    private async Task EndPoisonedAsync(string queue, string tenant, string run, CancellationToken ct)
    {
        try
        {
            if (await runs.FindAsync(tenant, run, ct) is { IsFinal: false } record)
            {
                await EndAsync(tenant, run, RunState.Failed, $"The stage {queue} failed too often. {record.LastError}".TrimEnd(), poison: queue);
            }
        }
        catch (UnreadableBlobException e)
        {
            // The message is kept and nothing can be noted in the record: to ask again would keep the messages behind this one waiting.
            log.LogError("{Tenant} {Run}: {Problem}", tenant, run, e.Message);
        }
    }

    private async Task EndAsync(string tenant, string run, RunState state, string problem, string? poison = null)
    {
        var reason = discretion.Tell(tenant, problem);
        await runs.UpdateAsync(tenant, run, r => r.IsFinal ? r : r.End(state, reason, time.GetUtcNow()) with { Poison = poison }, CancellationToken.None);
        progress.Report(tenant, run, state.ToString().ToLowerInvariant(), reason);
    }

    private static (string? Tenant, string? Run, string? Feed) Names(string message)
    {
        try
        {
            var names = JsonSerializer.Deserialize<ExportMessage>(message, Serialization.Compact);
            return names is IStageMessage { NamesRun: true } ? (names.Tenant, names.Run, names.Feed) : (null, null, null);
        }
        catch (JsonException)
        {
            return (null, null, null);
        }
    }
}
