using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Pulls from the source into the snapshot, slice by slice; the manifest, written last, says that all is there.</summary>
public sealed class ExtractStage(
    BlobStorage blobs, TenantStore tenants, RunStore runs, BaselineStore baselines, Seals seals, Catalog<ISource> sources, PipelineOptions options,
    RunProgress progress, TimeProvider time)
{
    public const string Name = "extract";

    public async Task<NextMessages> RunAsync(ExtractMessage message, CancellationToken ct)
    {
        var (tenant, run) = (message.Tenant, message.Run);
        var record = await runs.UpdateAsync(tenant, run, r => r.Enter(RunState.Extracting, Name, time.GetUtcNow()), ct);
        var snapshot = await Snapshot.FindAsync(blobs, tenant, run, ct);
        if (snapshot is null && await PullAsync(record, ct))
        {
            snapshot = await Snapshot.FindAsync(blobs, tenant, run, ct);
        }

        if (snapshot is null)
        {
            return NextMessages.Of(message with { Slice = message.Slice + 1 });
        }

        var seal = await seals.SealAsync(tenant, [(Containers.Snapshots, SnapshotPath.Manifest(tenant, run))], ct);
        await runs.UpdateAsync(tenant, run, r => r.Leave(Name, time.GetUtcNow()).WithSeal(seal) with { PullNotes = snapshot.Manifest.Notes }, ct);
        return NextMessages.Of(new TransformMessage(tenant, run));
    }

    /// <summary>One slice; true when the pull is complete and sealed.</summary>
    private async Task<bool> PullAsync(RunRecord run, CancellationToken ct)
    {
        var tenant = (await tenants.ReadAsync(run.Tenant, ct)).Tenant;
        var source = sources[tenant.Source.Type];
        var snapshot = await SnapshotWriter.OpenAsync(
            blobs, run.Tenant, run.Run, source.PageExtension,
            (collection, pages, rows) => progress.Report(run.Tenant, run.Run, collection, $"{rows} rows, {pages} pages"), ct);
        using var slice = new CancellationTokenSource(options.SliceLength, time);
        if (!await source.ExtractAsync(new Pull(tenant, run.Run, run.Trigger), snapshot, slice.Token, ct))
        {
            return false;
        }

        await snapshot.SealAsync(source.Type, run.Started, time.GetUtcNow(), await baselines.FindAsync(run.Tenant, ct), ct);
        return true;
    }
}
