using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What became of a request for a run.</summary>
/// <param name="IsNew">False when a run was under way already.</param>
/// <param name="Next">What has to be done for it.</param>
public sealed record StartedRun(RunRecord Run, bool IsNew, NextMessages Next)
{
    /// <summary>Whether it is not what was asked for: that can begin when this one has ended.</summary>
    public bool IsAnother { get; init; }

    /// <summary>Whether the tenant's file or a secret is what keeps it from beginning.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Whether the run stands here alone: the storage does not take its record.</summary>
    public bool IsUnkept { get; init; }

    /// <summary>Why what was asked for has not begun; null when it has.</summary>
    public string? Problem => IsAnother ? $"Run {Run.Run} of the tenant is under way. Ask again when it has ended." : Run.State == RunState.Failed ? Run.StateReason : null;
}

/// <summary>Begins runs: one for a tenant, or one for each tenant whose night begins.</summary>
public sealed class StartStage(
    TenantStore tenants, RunStore runs, KeptConfigurations configurations, ActLog acts, NightSettings night, TimeProvider time, ILogger<StartStage> log)
{
    /// <summary>Whether a tenant's night begins now.</summary>
    /// <param name="begun">When its last one began; null when it has had none lately.</param>
    private delegate bool IsNow(TimeZoneInfo zone, DateTimeOffset? begun);

    /// <summary>One run for every enabled tenant whose night begins now (<see cref="Nightfall"/>).</summary>
    /// <param name="looked">When this was last done; null when it never was.</param>
    public Task<IReadOnlyList<StartedRun>> NightAsync(DateTimeOffset? looked, CancellationToken ct) =>
        NightAsync((zone, begun) => Nightfall.IsNow(time.GetUtcNow(), night.Hour, zone, begun, looked), resume: false, ct);

    /// <summary>One run for every enabled tenant that has had no night in the last twelve hours, whatever the hour: somebody else's clock says that it is night.</summary>
    /// <param name="resume">Whether a night that was begun and has not ended is gone on with.</param>
    public Task<IReadOnlyList<StartedRun>> NightAsync(bool resume, CancellationToken ct) =>
        NightAsync((_, begun) => Nightfall.HasHadNone(time.GetUtcNow(), begun), resume, ct);

    /// <summary>A tenant that is refused gets one failed run and is asked again the next hour; the others go on.</summary>
    private async Task<IReadOnlyList<StartedRun>> NightAsync(IsNow isNow, bool resume, CancellationToken ct)
    {
        var started = new List<StartedRun>();
        foreach (var id in await tenants.ListAsync(ct))
        {
            try
            {
                if (await StartEnabledAsync(id, isNow, resume, ct) is { } run)
                {
                    started.Add(run);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // One tenant's trouble, of whatever kind, is not the others'.
                if (await RefuseTonightAsync(id, isNow, e, ct) is { } refused)
                {
                    started.Add(refused with { IsRefused = e is TenantRefusedException });
                }
            }
        }

        return started;
    }

    /// <summary>On record once a night, and told as often as somebody asks; null when the tenant has its night, or none now.</summary>
    private async Task<StartedRun?> RefuseTonightAsync(string tenant, IsNow isNow, Exception cause, CancellationToken ct)
    {
        if (!isNow(night.TimeZone, null))
        {
            return null;
        }

        var (request, reason) = (new RunRequest { Trigger = RunTrigger.Nightly }, Problem.Describe(cause));
        try
        {
            var tonight = await NightsAsync(tenant, await runs.ListAsync(tenant, ct), ct);
            return tonight.Any(IsNight) ? null
                : tonight is [var told, ..] ? new StartedRun(told, false, NextMessages.None)
                : await RefuseAsync(tenant, request, reason, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return Unkept(Refused(tenant, request, reason, newest: null), e);
        }
    }

    /// <exception cref="TenantRefusedException">The tenant's file or a secret is not as it should be.</exception>
    public async Task<StartedRun> RunAsync(string tenant, RunRequest request, CancellationToken ct)
    {
        var stored = await tenants.ReadAsync(tenant, ct);
        var newest = await runs.FindNewestAsync(tenant, ct) is { } run ? await runs.ShowAsync(tenant, run, ct) : null;
        return await RunAsync(stored, request, newest, isEnough: null, ct);
    }

    private async Task<StartedRun> RunAsync(StoredTenant stored, RunRequest request, RunRecord? newest, Predicate<RunRecord>? isEnough, CancellationToken ct)
    {
        using var trace = RunTrace.Begin(stored.Tenant.Id);
        if (newest?.Configuration != stored.Configuration)
        {
            await configurations.KeepAsync(stored, ct);
        }

        var (begun, isNew) = await runs.BeginAsync(stored.Tenant.Id, Make, newest, ct, isEnough);
        RunTrace.Name(trace, begun, isNew);
        if (isNew && IsAsked(request))
        {
            // The run's own record says the same from its first moment on: this one is sealed.
            await acts.WriteAsync(ActOf(begun), ct);
        }

        // A run that is still queued may have lost its message when its host died; a second message does no harm.
        return new StartedRun(begun, isNew, isNew || request.Resume || begun.State == RunState.Queued ? Continue(begun) : NextMessages.None)
        {
            IsAnother = !isNew && !IsSame(begun, Make()),
        };

        RunRecord Make() => New(stored, request, newest?.Run) with { TraceParent = trace?.Id };
    }

    /// <summary>Whether it is somebody's act, and no timer's.</summary>
    private static bool IsAsked(RunRequest request) => request.Trigger == RunTrigger.OnDemand || (request.By ?? request.Reason) is not null;

    private static Act ActOf(RunRecord run) => new()
    {
        Tenant = run.Tenant,
        Kind = run.Resends is null ? ActKind.Sync : ActKind.Resend,
        By = run.By,
        Reason = run.Reason,
        Run = run.Run,
        What =
        [
            .. run.Resends is { } earlier ? [earlier] : Array.Empty<string>(),
            .. new[] { (run.DryRun, "dryRun"), (run.AcceptShrink, "acceptShrink"), (run.Total, "total"), (run.Force, "force") }.Where(wish => wish.Item1).Select(wish => wish.Item2),
        ],
    };

    /// <summary>Leaves a failed run, so that the refusal is seen where runs are looked for; where even that fails, it is told to whoever asks and to the log.</summary>
    public async Task<StartedRun> RefuseAsync(string tenant, RunRequest request, string reason, CancellationToken ct)
    {
        try
        {
            var refused = await runs.SaveRefusedAsync(Refused(tenant, request, reason, await runs.FindNewestAsync(tenant, ct)), ct);
            if (IsAsked(request))
            {
                await acts.RefuseAsync(await acts.WriteAsync(ActOf(refused), ct), reason, ct);
            }

            return new StartedRun(refused, true, NextMessages.None);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return Unkept(Refused(tenant, request, reason, newest: null), e);
        }
    }

    private StartedRun Unkept(RunRecord refused, Exception further)
    {
        log.LogError("A run of {Tenant} does not begin ({Problem}), and no run can say so ({Further})", refused.Tenant, refused.StateReason, Problem.Describe(further));
        return new StartedRun(refused, true, NextMessages.None) { IsUnkept = true };
    }

    private RunRecord Refused(string tenant, RunRequest request, string reason, string? newest)
    {
        var now = time.GetUtcNow();
        return new RunRecord
        {
            Tenant = tenant,
            Run = RunId.New(now, newest),
            Trigger = request.Trigger,
            Date = request.Date ?? DateOnly.FromDateTime(now.UtcDateTime),
            State = RunState.Failed,
            StateReason = reason,
            Started = now,
            Finished = now,
            DryRun = request.DryRun,
            AcceptShrink = request.AcceptShrink,
            Total = request.Total,
            Resends = request.Resends,
            Force = request.Force,
            Reason = request.Reason,
            By = request.By,
            Configuration = "",
            Feeds = [],
        };
    }

    private async Task<StartedRun?> StartEnabledAsync(string id, IsNow isNow, bool resume, CancellationToken ct)
    {
        var stored = await tenants.ReadAsync(id, ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(stored.Tenant.TimeZone);
        if (!stored.Tenant.Enabled || !isNow(zone, null))
        {
            return null;
        }

        var earlier = await runs.ListAsync(id, ct);
        if ((await NightsAsync(id, earlier, ct)).FirstOrDefault(IsNight) is { } begun && !isNow(zone, begun.Started))
        {
            // Its message may have been lost with the host that was to send it; a second one does no harm.
            return begun.State == RunState.Queued || (resume && !begun.IsFinal) ? new StartedRun(begun, false, Continue(begun)) : null;
        }

        var newest = earlier is [var run, ..] ? await runs.ShowAsync(id, run, ct) : null;
        return await RunAsync(stored, new RunRequest { Trigger = RunTrigger.Nightly }, newest, other => IsNight(other) && !isNow(zone, other.Started), ct);
    }

    /// <summary>When the tenant's last night began; null when it has had none lately.</summary>
    /// <param name="latest">Its latest run, which mostly is the answer.</param>
    public async Task<DateTimeOffset?> FindNightAsync(string tenant, RunRecord? latest, CancellationToken ct) => latest is null ? null
        : IsNight(latest) ? latest.Started
        : (await NightsAsync(tenant, await runs.ListAsync(tenant, ct), ct)).FirstOrDefault(IsNight)?.Started;

    /// <summary>The tenant's nightly runs that may be of this night, newest first.</summary>
    private async Task<IReadOnlyList<RunRecord>> NightsAsync(string tenant, IReadOnlyList<string> earlier, CancellationToken ct)
    {
        var oldest = RunId.Of(time.GetUtcNow() - Nightfall.Length);
        var recent = earlier.Where(run => string.CompareOrdinal(run, oldest) >= 0).Select(run => runs.ShowAsync(tenant, run, ct));
        return [.. (await Task.WhenAll(recent)).OfType<RunRecord>().Where(run => run is { Trigger: RunTrigger.Nightly, IsUnreadable: false })];
    }

    /// <summary>A refused tenant's run never began: corrected within the night, the tenant has its night still.</summary>
    private static bool IsNight(RunRecord run) => run is { Trigger: RunTrigger.Nightly, Configuration.Length: > 0 };

    private RunRecord New(StoredTenant stored, RunRequest request, string? newest)
    {
        var now = time.GetUtcNow();
        var tenant = stored.Tenant;
        return new RunRecord
        {
            Tenant = tenant.Id,
            Run = RunId.New(now, newest),
            Trigger = request.Trigger,
            Date = request.Date ?? tenant.DateAt(now),
            State = RunState.Queued,
            Started = now,
            DryRun = request.DryRun,
            AcceptShrink = request.AcceptShrink,
            Changed = request.Changed,
            AcceptMisses = request.AcceptMisses,
            Total = request.Total,
            Resends = request.Resends,
            Force = request.Force,
            Reason = request.Reason,
            By = request.By,
            Configuration = stored.Configuration,
            TenantFileProblem = stored.Problem,
            Feeds =
            [
                .. tenant.Feeds
                    .Where(feed => feed.Enabled && (request.Feeds is null || request.Feeds.Contains(feed.Name)))
                    .Select(feed => new FeedRun(feed.Name, feed.Type)),
            ],
        };
    }

    private static bool IsSame(RunRecord begun, RunRecord wanted) =>
        begun.Trigger == wanted.Trigger
        && begun.Date == wanted.Date
        && begun.DryRun == wanted.DryRun
        && begun.AcceptShrink == wanted.AcceptShrink
        && begun.Changed == wanted.Changed
        && begun.AcceptMisses == wanted.AcceptMisses
        && begun.Total == wanted.Total
        && begun.Resends == wanted.Resends
        && begun.Force == wanted.Force
        && begun.Configuration == wanted.Configuration
        && begun.Feeds.Select(feed => feed.Name).SequenceEqual(wanted.Feeds.Select(feed => feed.Name));

    /// <summary>The message with which a run goes on from where its record says it is.</summary>
    internal static NextMessages Continue(RunRecord run) => run.State switch
    {
        RunState.Queued when run.Resends is not null => NextMessages.Of(new TransformMessage(run.Tenant, run.Run)),
        RunState.Queued or RunState.Extracting => NextMessages.Of(new ExtractMessage(run.Tenant, run.Run)),
        RunState.Transforming => NextMessages.Of(new TransformMessage(run.Tenant, run.Run)),
        RunState.Exporting => NextMessages.Of(run.Feeds.Select(feed => new ExportMessage(run.Tenant, run.Run, feed.Name))),
        _ => NextMessages.None,
    };
}
