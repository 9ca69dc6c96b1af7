using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Reads the snapshot, decides on everybody in it, writes the roster, the ledger of decisions and the findings, and plans what each feed changes.</summary>
public sealed class TransformStage(
    BlobStorage blobs, TenantStore tenants, Freezing freezing, RunStore runs, ChangedPulls changes, Deciding deciding, FeedPlanning planning, Resending resending,
    Rebuilding rebuilding, Retaining retention, TargetRecords targets, LeftTargets leftTargets, Discretion discretion, FindingCatalog kinds, RunProgress progress, TimeProvider time)
{
    public const string Name = "transform";

    public async Task<NextMessages> RunAsync(TransformMessage message, IFence fence, CancellationToken ct)
    {
        var record = await runs.UpdateAsync(
            message.Tenant, message.Run, r => r.Take(RunState.Transforming, Name, time.GetUtcNow()), ct);
        if (record.State == RunState.Transforming)
        {
            record = record.Resends is null ? await TransformAsync(record, fence, ct) : await ResendAsync(record, ct);
        }

        return NextMessages.Of(record.Feeds
            .Where(feed => feed.State is null)
            .Select(feed => new ExportMessage(message.Tenant, message.Run, feed.Name)));
    }

    /// <summary>The roster is there already; its feeds are planned by their exports, as they come.</summary>
    private async Task<RunRecord> ResendAsync(RunRecord run, CancellationToken ct)
    {
        await targets.PutInPlaceAsync((await tenants.ReadAsync(run.Tenant, ct)).Tenant, ct);
        if (await runs.FindAsync(run.Tenant, run.Resends!, ct) is { } earlier)
        {
            await rebuilding.RebuildAsync(earlier, ct);
        }

        var counts = Summary.Of(await resending.PrepareAsync(run, ct));
        return await runs.UpdateAsync(run.Tenant, run.Run, r => Finish(r.Still(run) with { Counts = counts }), ct);
    }

    [Told]
    private async Task<Snapshot> PullOfAsync(RunRecord run, CancellationToken ct) =>
        await Snapshot.FindAsync(blobs, run.Tenant, run.Run, ct)
            ?? throw new RunHeldException("The pull of this run is not complete, so nothing is decided on it. Repeat the run.");

    private async Task<RunRecord> TransformAsync(RunRecord run, IFence fence, CancellationToken ct)
    {
        var tenant = await freezing.ApplyAsync((await tenants.ReadAsync(run.Tenant, ct)).Tenant, ct);
        var former = await targets.PutInPlaceAsync(tenant, ct);
        var snapshot = await PullOfAsync(run, ct);

        // Whoever is overtaken remembers nothing any more, either.
        await fence.ProveAsync(ct);
        var (summarising, failing, decided, files) = await DecideAsync(run, tenant, snapshot, ct);
        run = run with { WaitingUnprotected = decided.Waiting };
        await Task.WhenAll(files, planning.PlanAsync(run, tenant, decided.Feeds, files, ct));
        Notice[] notices = [.. Notices(decided.Cut), .. await leftTargets.FindAsync(tenant, former, decided.Protected, ct)];
        var summary = await summarising;
        if (!run.DryRun)
        {
            PipelineMetrics.BytesIn.Add(snapshot.Manifest.Bytes, new KeyValuePair<string, object?>("tenant", run.Tenant));

            if (!run.Changed)
            {
                // Before the pull is kept: the next night takes it that this one has deleted what was its part.
                await retention.ApplyAsync(run.Tenant, tenant.Privacy, run.Run, snapshot.Manifest.Previous?.Run, ct);
            }

            await changes.LookAsync(run.Tenant, ct);
            await fence.ProveAsync(ct);
            await changes.KeepAsync(snapshot.Manifest, failing, ct);
        }

        progress.Report(
            run.Tenant, run.Run, Name, $"{summary.Counts.Students} students, {summary.Counts.Staff} staff, {summary.Counts.Sections} sections");
        return await runs.UpdateAsync(run.Tenant, run.Run, r => Finish(r.Still(run) with
        {
            Pull = summary.Pull,
            Counts = summary.Counts,
            Exclusions = summary.Exclusions,
            Findings = summary.Findings,
            WaitingUnprotected = run.WaitingUnprotected,
            Notices = notices.Length == 0 ? null : notices,
        }), ct);
    }

    /// <summary>
    /// Decides, and begins to write down what was decided. What that was decided on is many times larger than the rosters that are left, and is gone when
    /// it is written.
    /// </summary>
    private async Task<(Task<Summary> Summary, IReadOnlyList<string> Failing, Lasting Decided, Task Files)> DecideAsync(
        RunRecord run, Tenant tenant, Snapshot snapshot, CancellationToken ct)
    {
        // One that is no longer in the tenant's file is told so when its turn comes.
        var feeds = run.Feeds.Select(feed => tenant.FindFeed(feed.Name)).OfType<FeedSetup>();
        var decided = await deciding.DecideAsync(snapshot, Occasion.Of(run, tenant, snapshot.Manifest), feeds, ct);
        if (snapshot.Manifest.Previous is { Failing: { } failedBefore } previous && !run.AcceptShrink)
        {
            RuleSurprise.Require(decided.Decisions, failedBefore, previous.Run);
        }

        var failing = RuleSurprise.Failing(decided.Decisions);
        discretion.Learn(run.Tenant, run.Run, decided.Protected);
        var summary = Task.Run(() => Summary.Of(decided.Decisions, decided.Roster, snapshot.Manifest), ct);
        var files = DecidedFiles.Of(run.Tenant, run.Run, decided, discretion, kinds, Language.Of(tenant.Language))
            .Select(file => Task.Run(() => blobs.WriteAsync(Containers.Rosters, file.Path, file.Write, ct), ct));
        var written = StageMemory.RecycleAfterAsync(Task.WhenAll([summary, .. files]), decided.Roster.Persons.Count);
        return (summary, failing, new Lasting(decided.Feeds, decided.Waiting, decided.Roster.Protected.Rows.ToArray().ToHashSet(), decided.Cut), written);
    }

    [Told]
    private static IEnumerable<Notice> Notices(CutChain? cut) => cut is null ? [] :
    [
        new Notice(
            NoticeCode.SealsLost,
            $"The sealed chain is not the one that run {cut.Run} saw: it had {cut.Seen} entries then and has {cut.Left} now, so what was sealed cannot be proven any more. "
            + "Find out who changed seal.jsonl in the container of the state, and keep what is left of it: verify says what it does not prove."),
    ];

    [Told]
    private RunRecord Finish(RunRecord decided)
    {
        var now = time.GetUtcNow();
        return decided.Feeds.Count == 0
            ? decided.Leave(Name, now).End(decided.DryRun ? RunState.DryRun : RunState.Delivered, "The tenant has no feeds.", now)
            : decided.Leave(Name, now).Enter(RunState.Exporting, ExportStage.Name, now);
    }

    /// <summary>What of the decisions outlives that on which they were made.</summary>
    private sealed record Lasting(IReadOnlyList<ChosenFeed> Feeds, int Waiting, IReadOnlySet<EntityId> Protected, CutChain? Cut);
}
