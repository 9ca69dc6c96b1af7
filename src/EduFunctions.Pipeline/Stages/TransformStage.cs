using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Reads the snapshot, decides on everybody in it, and writes the roster, the ledger of decisions and the findings.</summary>
public sealed class TransformStage(
    BlobStorage blobs, TenantStore tenants, RunStore runs, BaselineStore baselines, Deciding deciding, Resending resending,
    Retaining retention, Discretion discretion, RunProgress progress, TimeProvider time)
{
    public const string Name = "transform";

    public async Task<NextMessages> RunAsync(TransformMessage message, CancellationToken ct)
    {
        var record = await runs.UpdateAsync(
            message.Tenant, message.Run, r => r.Enter(RunState.Transforming, Name, time.GetUtcNow()), ct);
        if (record.State == RunState.Transforming)
        {
            record = record.Resends is null ? await TransformAsync(record, ct) : await ResendAsync(record, ct);
        }

        return NextMessages.Of(record.Feeds
            .Where(feed => feed.State is null)
            .Select(feed => new ExportMessage(message.Tenant, message.Run, feed.Name)));
    }

    private async Task<RunRecord> ResendAsync(RunRecord run, CancellationToken ct)
    {
        var counts = Summary.Of(await resending.PrepareAsync(run, ct));
        return await runs.UpdateAsync(run.Tenant, run.Run, r => Finish(r with { Counts = counts }), ct);
    }

    private async Task<RunRecord> TransformAsync(RunRecord run, CancellationToken ct)
    {
        var tenant = (await tenants.ReadAsync(run.Tenant, ct)).Tenant;
        var snapshot = await Snapshot.FindAsync(blobs, run.Tenant, run.Run, ct)
            ?? throw new RunHeldException("The pull of this run is not complete, so nothing is decided on it. Repeat the run.");
        Plausibility.Require(snapshot.Manifest, tenant.Source.MaxShrinkPercent, run.AcceptShrink);

        var decided = await deciding.DecideAsync(snapshot, tenant, run.Date, run.Feeds.Select(feed => feed.Name), ct);
        discretion.Learn(run.Tenant, decided.Protected);
        StageMemory.Release();
        var files = DecidedFiles.Of(run.Tenant, run.Run, decided, discretion);
        await Task.WhenAll(files.Select(file => Task.Run(() => blobs.WriteAsync(Containers.Rosters, file.Path, file.Write, ct), ct)));
        if (!run.DryRun)
        {
            await baselines.SaveAsync(snapshot.Manifest, ct);
            await retention.ApplyAsync(run.Tenant, tenant.Privacy, ct);
        }

        var summary = Summary.Of(decided.Decisions, decided.Roster, snapshot.Manifest);
        progress.Report(
            run.Tenant, run.Run, Name, $"{summary.Counts.Students} students, {summary.Counts.Staff} staff, {summary.Counts.Sections} sections");
        return await runs.UpdateAsync(run.Tenant, run.Run, r => Finish(r with
        {
            Pull = summary.Pull,
            Counts = summary.Counts,
            Exclusions = summary.Exclusions,
            Findings = summary.Findings,
        }), ct);
    }

    private RunRecord Finish(RunRecord decided)
    {
        var now = time.GetUtcNow();
        return decided.Feeds.Count == 0
            ? decided.Leave(Name, now).End(RunState.Delivered, "The tenant has no feeds.", now)
            : decided.Leave(Name, now).Enter(RunState.Exporting, ExportStage.Name, now);
    }
}
