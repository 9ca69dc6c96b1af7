using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Local;

/// <summary>A sync of one tenant as it ended.</summary>
/// <param name="IsRefused">Whether the tenant's file or secrets were not as they should be.</param>
public sealed record SyncResult(RunRecord Run, bool IsRefused)
{
    internal int ExitCode =>
        IsRefused ? ExitCodes.BadConfiguration
        : Run.State == RunState.Failed ? ExitCodes.Failed
        : Run.State == RunState.Held ? ExitCodes.Held
        : ExitCodes.Good;
}

/// <summary>Runs tenants from start to receipt, side by side.</summary>
public sealed class SyncRunner(RosterPipeline pipeline, StartStage plan, RunStore runs, BlobStorage blobs, InlinePump pump)
{
    private const int SideBySide = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<SyncResult>> RunAsync(IReadOnlyList<string> tenants, RunRequest request, CancellationToken ct)
    {
        // A tenant that only waits for its source or its target lends its slot: those that never answer keep nobody else waiting.
        var slots = new WorkSlots(SideBySide, TimeProvider.System);
        return await Task.WhenAll(tenants.Select(async tenant =>
        {
            using var slot = await slots.TakeAsync(tenant, ct);
            return await slot.RunAsync(() => RunAsync(tenant, request, ct));
        }));
    }

    /// <summary>Tonight for every tenant that has not had one. What was begun and interrupted is gone on with, and what is in a night's way carried to its end.</summary>
    public async Task<IReadOnlyList<SyncResult>> NightAsync(CancellationToken ct)
    {
        var ended = new List<SyncResult>();
        while (true)
        {
            var started = await pipeline.StartNightsAsync(resume: true, ct);
            var refused = started.Where(run => run is { IsNew: true, Problem: not null }).ToList();
            ended.AddRange(refused.Select(run => new SyncResult(run.Run, IsRefused: true)));
            ended.AddRange(await CarryAsync(started.Except(refused).Select(run => (run.Run.Tenant, run.Run.Run, run.Next)), ct));
            if (!started.Any(run => run.IsAnother))
            {
                return ended;
            }

            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>Carries runs to their ends, side by side.</summary>
    public async Task<IReadOnlyList<SyncResult>> CarryAsync(IEnumerable<(string Tenant, string Run, NextMessages Next)> begun, CancellationToken ct)
    {
        var slots = new WorkSlots(SideBySide, TimeProvider.System);
        return await Task.WhenAll(begun.Select(async run =>
        {
            using var slot = await slots.TakeAsync(run.Tenant, ct);
            return await slot.RunAsync(async () =>
            {
                await pump.RunAsync(run.Next, ct);
                return new SyncResult((await runs.ShowAsync(run.Tenant, run.Run, ct))!, IsRefused: false);
            });
        }));
    }

    /// <summary>Writes the run and, unless it was held, the findings under <c>folder/{tenant}</c>, and the feeds' files but for what waits as a whole.</summary>
    public async Task WriteAsync(RunRecord run, DirectoryInfo folder, CancellationToken ct)
    {
        var target = PrivateFiles.Folder(PrivateFiles.Folder(folder.FullName), run.Tenant);
        var record = await blobs.ReadAsync(Containers.Runs, $"{run.Tenant}/{run.Run}.json", ct);
        await PrivateFiles.WriteAsync(Path.Combine(target, "run.json"), record!.Content, ct);
        if (run.State != RunState.Held && await blobs.ReadAsync(Containers.Rosters, RosterPath.Findings(run.Tenant, run.Run), ct) is { } findings)
        {
            await PrivateFiles.WriteAsync(Path.Combine(target, "findings.json"), findings.Content, ct);
        }

        foreach (var feed in run.Feeds)
        {
            var files = Path.Combine(target, feed.Name);
            if (Directory.Exists(files))
            {
                Directory.Delete(files, recursive: true);
            }

            foreach (var file in feed.IsWaiting ? [] : feed.Files)
            {
                var blob = await blobs.ReadAsync(Containers.Feeds, $"{run.Tenant}/{run.Run}/{feed.Name}/{file.Name}", ct);
                await PrivateFiles.WriteAsync(Path.Combine(PrivateFiles.Folder(files), file.Name), blob!.Content, ct);
            }
        }
    }

    private async Task<SyncResult> RunAsync(string tenant, RunRequest request, CancellationToken ct)
    {
        try
        {
            var started = await pipeline.StartAsync(tenant, request, ct);
            await pump.RunAsync(started.Next, ct);
            while (started.IsAnother)
            {
                // Another host may be at it, or have died in it: it is carried to its end, never taken the place of.
                started = await pipeline.StartAsync(tenant, request, ct);
                await pump.RunAsync(started.Next, ct);
                await Task.Delay(started.IsAnother ? Pause : TimeSpan.Zero, ct);
            }

            return new SyncResult((await runs.FindAsync(tenant, started.Run.Run, ct))!, false);
        }
        catch (TenantRefusedException e)
        {
            return new SyncResult((await plan.RefuseAsync(tenant, request, e.Message, ct)).Run, true);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // One tenant's trouble, of whatever kind, is not the others'.
            return new SyncResult((await plan.RefuseAsync(tenant, request, Problem.Describe(e), ct)).Run, false);
        }
    }
}
