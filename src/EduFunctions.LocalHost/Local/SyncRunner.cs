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
    /// <summary>Good is what has come to a good end, and nothing else.</summary>
    internal int ExitCode =>
        IsRefused ? ExitCodes.BadConfiguration
        : Run.State == RunState.Held ? ExitCodes.Held
        : Run.State is RunState.Delivered or RunState.DeliveredWithErrors or RunState.DryRun ? ExitCodes.Good
        : ExitCodes.Failed;
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
        var ended = new Dictionary<string, SyncResult>(StringComparer.Ordinal);
        while (true)
        {
            var started = await pipeline.StartNightsAsync(resume: true, ct);
            var refused = started.Where(run => run is { IsAnother: false, Problem: not null }).ToList();
            var carried = await CarryAsync(started.Except(refused).Select(run => (run.Run.Tenant, run.Run.Run, run.Next)), ct);
            foreach (var result in refused.Select(run => new SyncResult(run.Run, run.IsRefused)).Concat(carried))
            {
                // What is refused is refused as often as it is asked for.
                ended[$"{result.Run.Tenant}/{(result.Run.Configuration.Length == 0 ? "" : result.Run.Run)}"] = result;
            }

            if (!started.Any(run => run.IsAnother))
            {
                return [.. ended.Values];
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
            return await slot.RunAsync(() => CarryAsync(run.Tenant, run.Run, run.Next, ct));
        }));
    }

    private async Task<SyncResult> CarryAsync(string tenant, string run, NextMessages next, CancellationToken ct)
    {
        try
        {
            await pump.RunAsync(next, ct);
            return await EndedAsync(tenant, run, problem: null, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return await EndedAsync(tenant, run, Problem.Describe(e), ct);
        }
    }

    /// <summary>A run as it ended; of one that has not what keeps it from that, which its record may be unable to say.</summary>
    private async Task<SyncResult> EndedAsync(string tenant, string run, string? problem, CancellationToken ct)
    {
        var record = await runs.ShowAsync(tenant, run, ct) ?? RunRecord.Unreadable(tenant, run, problem ?? "The run's record is gone. Sync again.");
        return new SyncResult(
            record.IsFinal ? record : record with { StateReason = $"The run has not come to its end. {problem ?? record.LastError ?? "Another host may be at it."} Sync again: it goes on." },
            IsRefused: false);
    }

    /// <summary>Writes the run and, unless it was held, the findings under <c>folder/{tenant}</c>, and the feeds' files but for what waits as a whole.</summary>
    public async Task WriteAsync(RunRecord run, DirectoryInfo folder, CancellationToken ct)
    {
        var target = PrivateFiles.Folder(PrivateFiles.Folder(folder.FullName), run.Tenant);
        var record = await blobs.ReadAsync(Containers.Runs, $"{run.Tenant}/{run.Run}.json", ct);
        if (record is null)
        {
            // The storage has not taken it: all there is of it is what was said.
            return;
        }

        await PrivateFiles.WriteAsync(Path.Combine(target, "run.json"), record.Content, ct);
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
        StartedRun? started = null;
        try
        {
            started = await pipeline.StartAsync(tenant, request, ct);
            await pump.RunAsync(started.Next, ct);
            while (started.IsAnother)
            {
                // Another host may be at it, or have died in it: it is carried to its end, never taken the place of.
                started = await pipeline.StartAsync(tenant, request, ct);
                await pump.RunAsync(started.Next, ct);
                await Task.Delay(started.IsAnother ? Pause : TimeSpan.Zero, ct);
            }

            return await EndedAsync(tenant, started.Run.Run, problem: null, ct);
        }
        catch (TenantRefusedException e)
        {
            return new SyncResult((await plan.RefuseAsync(tenant, request, e.Message, ct)).Run, true);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // One tenant's trouble, of whatever kind, is not the others'.
            return started is { IsAnother: false }
                ? await EndedAsync(tenant, started.Run.Run, Problem.Describe(e), ct)
                : new SyncResult((await plan.RefuseAsync(tenant, request, Problem.Describe(e), ct)).Run, false);
        }
    }
}
