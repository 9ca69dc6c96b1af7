using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What is the same around every stage.</summary>
public sealed class StageRunner(
    BlobStorage blobs, RunStore runs, FeedFailure failure, RefusedRun refused, Discretion discretion, PipelineOptions options, RunProgress progress, TimeProvider time, ILogger<RosterPipeline> log)
{
    /// <param name="sole">What nobody else may work on meanwhile, within the tenant.</param>
    /// <param name="again">What to return when somebody else still is, or the host ends: the message is not lost, and not counted as failed.</param>
    public async Task<NextMessages> RunAsync(
        string stage, string tenant, string run, string sole, string? feed, Func<IFence, CancellationToken, Task<NextMessages>> work, NextMessages again,
        CancellationToken ct)
    {
        if (!IStageMessage.IsRun(tenant, run))
        {
            log.LogError("A message of {Stage} names no run; nothing is done", stage);
            return NextMessages.None;
        }

        try
        {
            return await RunOnceAsync(stage, tenant, run, sole, feed, work, again, ct);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // Thrown, it would count as a failed try; five hosts that are taken away, one after the other, would be poison.
            log.LogInformation("{Stage} {Tenant} {Run}: the host ends, the message goes back", stage, tenant, run);
            return again;
        }
        catch (BlobTroubleException e)
        {
            var failed = await NotedAsync(stage, tenant, run, feed, e);

            // The host may have been told to end meanwhile.
            return ct.IsCancellationRequested ? again : throw failed;
        }
    }

    private async Task<NextMessages> RunOnceAsync(
        string stage, string tenant, string run, string sole, string? feed, Func<IFence, CancellationToken, Task<NextMessages>> work, NextMessages again,
        CancellationToken ct)
    {
        await using var mine = await WorkSlot.WaitAsync(() => Lease.TakeAsync(blobs, $"{tenant}/{sole}.turn", options.LeasePatience, time, ct));
        if (mine is null)
        {
            log.LogInformation("{Stage} {Tenant} {Run}: another host is at work, the message goes back", stage, tenant, run);
            return again;
        }

        if (await runs.FindBegunAsync(tenant, run, ct) is not { IsFinal: false } record)
        {
            log.LogInformation("{Stage} {Tenant} {Run}: the run is over", stage, tenant, run);
            return NextMessages.None;
        }

        if (!IsDue(record, stage, feed))
        {
            log.LogWarning("{Stage} {Tenant} {Run}: the run does not wait for this, so nothing is done", stage, tenant, run);
            return NextMessages.None;
        }

        using var span = RunTrace.Continue(stage, record, feed);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct, mine.Lost);
        var started = time.GetTimestamp();
        try
        {
            var next = await new OwnTurn(mine, OwnOf(tenant, run, feed)).RunAsync(() => WorkAsync(work, new RunFence(runs, record, mine), mine, bound.Token));
            log.LogInformation("{Stage} {Tenant} {Run}: done in {Seconds:0.0} s", stage, tenant, run, time.GetElapsedTime(started).TotalSeconds);
            return next;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && (e is FencedOffException || mine.Lost.IsCancellationRequested))
        {
            // Whoever took the turn does the work. The message asks once more, to see that it was done.
            log.LogWarning("{Stage} {Tenant} {Run}: {Problem} Nothing more is done here.", stage, tenant, run, (e as FencedOffException)?.Message ?? "The lease was lost.");
            if (e is FencedOffException { IsForGood: true })
            {
                await EndAsync(tenant, run, RunState.Failed, e.Message);
            }

            return mine.Lost.IsCancellationRequested ? again : NextMessages.None;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is RunHeldException or UnreadableBlobException && record.Feeds.FirstOrDefault(each => each.Name == feed) is { } own)
        {
            // What is one feed's is not the others' concern.
            var state = e is RunHeldException ? ReceiptState.Held : ReceiptState.Failed;
            await new OwnTurn(mine, OwnOf(tenant, run, feed)).RunAsync(() => failure.EndAsync(record, own, poison: null, state, discretion.Tell(tenant, e.Message), CancellationToken.None));
            progress.Report(tenant, run, own.Name, $"{state}");
            span?.SetStatus(ActivityStatusCode.Error, $"{state}");
        }
        catch (RunHeldException e) when (!ct.IsCancellationRequested)
        {
            if (await TryLeaveAsync(record, e.Message, bound.Token) is { } leaving)
            {
                return leaving;
            }

            await EndAsync(tenant, run, RunState.Held, e.Message);
            span?.SetStatus(ActivityStatusCode.Error, "held");
        }
        catch (Exception e) when (!ct.IsCancellationRequested && (e is TenantRefusedException or UnreadableBlobException))
        {
            await EndAsync(tenant, run, RunState.Failed, e.Message);
            span?.SetStatus(ActivityStatusCode.Error, "failed");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, Impersonal.Of(discretion.Tell(tenant, Problem.Describe(e))));
            throw await NotedAsync(stage, tenant, run, feed, e);
        }

        return NextMessages.None;
    }

    /// <summary>Says what went wrong in the log, and on record for the case that it was the last try.</summary>
    private async Task<StageFailedException> NotedAsync(string stage, string tenant, string run, string? feed, Exception e)
    {
        var problem = discretion.Tell(tenant, Problem.Describe(e));
        log.LogWarning("{Stage} {Tenant} {Run}: {Problem} It is tried again.", stage, tenant, run, problem);
        try
        {
            await runs.UpdateAsync(tenant, run, r => r.IsFinal ? r : r.WithError(feed, problem), CancellationToken.None);
        }
        catch (Exception further) when (further is BlobTroubleException or InvalidOperationException)
        {
            log.LogWarning("{Stage} {Tenant} {Run}: the run's record cannot say so: {Problem}", stage, tenant, run, discretion.Tell(tenant, further.Message));
        }

        return new StageFailedException($"{stage} {tenant} {run}: {problem}");
    }

    /// <summary>What would end the run is not said by a host that has lost its turn: another one may have come further.</summary>
    private static async Task<NextMessages> WorkAsync(
        Func<IFence, CancellationToken, Task<NextMessages>> work, IFence fence, Lease mine, CancellationToken ct)
    {
        try
        {
            return await work(fence, ct);
        }
        catch (Exception e) when (e is RunHeldException or TenantRefusedException or UnreadableBlobException)
        {
            await mine.ProveAnewAsync(ct);
            throw;
        }
    }

    /// <summary>What nobody else writes meanwhile: of a run what it leaves and what the next one goes on with, of a feed its own part of both.</summary>
    private static IReadOnlyList<string> OwnOf(string tenant, string run, string? feed) => feed is null
        ? [SnapshotPath.Folder(tenant, run), MemoryStore.Name(tenant), LastPullStore.Name(tenant)]
        : [FeedPath.Sent(tenant, run, feed, ""), FeedPath.State(tenant, feed, "")];

    /// <summary>Messages come again, and so after their time; one that comes before it, or for a feed that the run has not, was written by hand.</summary>
    private static bool IsDue(RunRecord run, string stage, string? feed) => stage switch
    {
        TransformStage.Name => run.State >= RunState.Transforming || run.Resends is not null,
        ExportStage.Name => run.State == RunState.Exporting && run.Feeds.Any(each => each.Name == feed),
        _ => true,
    };

    public async Task PoisonAsync(string queue, string message, CancellationToken ct)
    {
        var (tenant, run, feed) = Names(message);
        if (tenant is null || run is null)
        {
            log.LogError("A message on {Queue} names no run; it is kept under unreadable", queue);
        }

        PipelineMetrics.Poison.Add(1, new("tenant", tenant ?? "unreadable"), new("queue", queue));
        await KeepAsync(PoisonStore.Name(tenant, run, queue, feed, message, time.GetUtcNow()), message, ct);
        if (tenant is not null && run is not null)
        {
            await EndPoisonedAsync(queue, tenant, run, feed, ct);
        }
    }

    /// <summary>Without the message the run cannot be taken up again, and ends all the same.</summary>
    private async Task KeepAsync(string name, string message, CancellationToken ct)
    {
        try
        {
            await blobs.WriteAsync(Containers.State, name, Encoding.UTF8.GetBytes(message), ct);
        }
        catch (RefusedBlobException e) when (e.IsLasting)
        {
            log.LogError("A message that failed for good cannot be kept: {Problem}", e.Message);
        }
    }

    private async Task EndPoisonedAsync(string queue, string tenant, string run, string? feed, CancellationToken ct)
    {
        try
        {
            if (await runs.FindBegunAsync(tenant, run, ct) is { IsFinal: false } record)
            {
                await EndPoisonedAsync(queue, record, queue == ExportStage.Name ? record.Feeds.FirstOrDefault(each => each.Name == feed) : null, ct);
            }
        }
        catch (UnreadableBlobException e)
        {
            // The message is kept and nothing can be noted in the record: to ask again would keep the messages behind this one waiting.
            log.LogError("{Tenant} {Run}: {Problem}", tenant, run, e.Message);
        }
    }

    [Told]
    private static string FailedTooOften(string queue) => $"The stage {queue} failed too often.";

    private async Task EndPoisonedAsync(string queue, RunRecord run, FeedRun? feed, CancellationToken ct)
    {
        var reason = string.Join(' ', ((string?[])[FailedTooOften(queue), feed?.LastError ?? run.LastError]).OfType<string>());
        if (feed is null && IsPast(run, queue))
        {
            log.LogWarning("{Stage} {Tenant} {Run}: a message failed for good, and the run has gone on without it", queue, run.Tenant, run.Run);
        }
        else if (feed is null)
        {
            await EndAsync(run.Tenant, run.Run, RunState.Failed, reason, poison: queue);
        }
        else
        {
            // The others are not concerned: the run ends when they have.
            var told = discretion.Tell(run.Tenant, reason);
            await new OwnTurn(lease: null, OwnOf(run.Tenant, run.Run, feed.Name)).RunAsync(() => failure.EndAsync(run, feed, queue, ReceiptState.Failed, told, ct));
            progress.Report(run.Tenant, run.Run, feed.Name, "failed");
        }
    }

    /// <summary>A run that is held before its exports takes out who is protected all the same; where even that fails, it ends as it would have.</summary>
    private async Task<NextMessages?> TryLeaveAsync(RunRecord run, string problem, CancellationToken ct)
    {
        try
        {
            return await refused.TryBeginAsync(run, discretion.Tell(run.Tenant, problem), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(
                "{Tenant} {Run}: whether somebody protected is in what targets were given last cannot be told: {Problem}", run.Tenant, run.Run,
                discretion.Tell(run.Tenant, Problem.Describe(e)));
            return null;
        }
    }

    /// <summary>A message that came twice may fail the second time, when the first has long done its work.</summary>
    private static bool IsPast(RunRecord run, string queue) =>
        (queue == ExtractStage.Name && run.State > RunState.Extracting) || (queue == TransformStage.Name && run.State > RunState.Transforming);

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
            return names is null || !IStageMessage.IsRun(names.Tenant, names.Run) ? (null, null, null)
                : (names.Tenant, names.Run, ((IStageMessage)names).NamesRun ? names.Feed : null);
        }
        catch (JsonException)
        {
            return (null, null, null);
        }
    }
}
