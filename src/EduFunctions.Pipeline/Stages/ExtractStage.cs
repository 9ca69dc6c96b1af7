using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Pulls from the source into the snapshot, slice by slice; the manifest, written last, says that all is there.</summary>
public sealed class ExtractStage(
    BlobStorage blobs, TenantStore tenants, RunStore runs, LastPullStore lastPulls, Seals seals, Catalog<ISource> sources, ChangedPulls changes,
    Deciding deciding, PipelineOptions options, RunProgress progress, TimeProvider time)
{
    public const string Name = "extract";

    public async Task<NextMessages> RunAsync(ExtractMessage message, IFence fence, CancellationToken ct)
    {
        var (tenant, run) = (message.Tenant, message.Run);
        var isNew = false;
        var record = await runs.UpdateAsync(
            tenant, run,
            r =>
            {
                isNew = r.State < RunState.Extracting;
                return r.Take(RunState.Extracting, Name, time.GetUtcNow());
            },
            ct);
        if (record.State > RunState.Transforming)
        {
            // What kept it from going on is on record, and its exports have begun.
            return RefusedRun.Exports(record);
        }

        var manifest = (isNew ? null : await FindManifestAsync(tenant, run, ct)) ?? await PullAsync(record, isNew, fence, ct);
        if (manifest is null)
        {
            return NextMessages.Of(message with { Slice = message.Slice + 1 });
        }

        var (seal, notes) = (await seals.SealAsync(tenant, [manifest], ct), NotesOf(manifest));
        await changes.HeedAsync(record, notes, ct);
        await runs.UpdateAsync(tenant, run, r => Finish(r.Still(record).WithSeal(seal) with { PullNotes = notes }), ct);
        return NextMessages.Of(new TransformMessage(tenant, run));
    }

    private RunRecord Finish(RunRecord pulled)
    {
        var now = time.GetUtcNow();
        return pulled.Leave(Name, now).Enter(RunState.Transforming, TransformStage.Name, now);
    }

    /// <summary>What an earlier slice has written at its end, perhaps without being able to say so.</summary>
    private async Task<StoredRecord?> FindManifestAsync(string tenant, string run, CancellationToken ct)
    {
        var name = SnapshotPath.Manifest(tenant, run);
        return await blobs.ReadAsync(Containers.Snapshots, name, ct) is { } blob ? new StoredRecord(Containers.Snapshots, name, blob.Content) : null;
    }

    /// <summary>One slice; the manifest when the pull is complete.</summary>
    private async Task<StoredRecord?> PullAsync(RunRecord run, bool isNew, IFence fence, CancellationToken ct)
    {
        var stored = await tenants.ReadAsync(run.Tenant, ct);
        var tenant = stored.Tenant;
        var source = sources[tenant.Source.Type];
        var snapshot = isNew
            ? new SnapshotWriter(blobs, run.Tenant, run.Run, source.PageExtension, Tell)
            : await SnapshotWriter.OpenAsync(blobs, run.Tenant, run.Run, source.PageExtension, Tell, ct);
        (snapshot.Last, var problem) = await lastPulls.LookAsync(run.Tenant, ct);
        using var slice = new CancellationTokenSource(options.SliceLength, time);
        try
        {
            if (!await changes.ExtractAsync(run, stored, snapshot, slice.Token, ct))
            {
                return null;
            }

            if (problem is not null && run is { AcceptShrink: false, Changed: false })
            {
                // Not before all is pulled: who is marked in it has to be known.
                throw new RunHeldException(problem.Message);
            }
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            await RememberAsync(run, tenant, snapshot.Incomplete(source.Type, run.Started, time.GetUtcNow()), fence, ct);
            throw;
        }

        await fence.ProveAsync(ct);
        return await snapshot.SealAsync(source.Type, run.Started, time.GetUtcNow(), snapshot.Last, ct);

        void Tell(string collection, int pages, int rows) => progress.Report(run.Tenant, run.Run, collection, $"{rows} rows, {pages} pages");
    }

    /// <summary>Who is marked on the pages that came is protected from now on, although nothing else is decided on them.</summary>
    private async Task RememberAsync(RunRecord run, Tenant tenant, Snapshot incomplete, IFence fence, CancellationToken ct)
    {
        try
        {
            await fence.ProveAsync(ct);
            await deciding.RememberAsync(incomplete, Occasion.WithoutEffect(tenant, run.Run, run.Date, isKept: !run.DryRun), ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            // What kept the pull from becoming complete is to be told, not what came of it here.
        }
    }

    private static IReadOnlyList<PullNote> NotesOf(StoredRecord manifest) =>
        SnapshotManifest.Parse(manifest.Name, manifest.Content).Notes;
}
