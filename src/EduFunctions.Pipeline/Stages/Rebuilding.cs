using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Decides once more what a run decided, on its sealed snapshot and with the tenant file it began with, where a table of it is gone, damaged or of a
/// version that nobody reads any more. What can be read stays as it is.
/// </summary>
public sealed class Rebuilding(
    BlobStorage blobs, RunStore runs, KeptConfigurations configurations, Seals seals, Deciding deciding, Resending resending, Discretion discretion,
    FindingCatalog kinds, ILogger<Rebuilding> log) : IRunRebuilding
{
    public async Task<bool> RebuildAsync(RunRecord run, CancellationToken ct)
    {
        try
        {
            var damaged = await FindDamagedAsync(run, ct);
            return damaged.Count == 0 || await RebuildAsync(run, damaged, ct);
        }
        catch (Exception e) when (e is RunHeldException or TenantRefusedException || RosterStore.IsUnreadable(e))
        {
            log.LogWarning("{Tenant} {Run}: what it decided cannot be made anew: {Problem}", run.Tenant, run.Run, discretion.Tell(run.Tenant, Problem.Describe(e)));
            return false;
        }
    }

    /// <summary>The tenant as the run began with it.</summary>
    public Task<Tenant> RulesOfAsync(RunRecord run, CancellationToken ct) => configurations.FindAsync(run.Tenant, run.Configuration, ct);

    private async Task<bool> RebuildAsync(RunRecord run, IReadOnlyList<string> damaged, CancellationToken ct)
    {
        if (run.Resends is { } resent)
        {
            // It decided nothing itself: who is in it follows from the run it sent again.
            return await runs.FindAsync(run.Tenant, resent, ct) is { } earlier && await RebuildAsync(earlier, ct) && await resending.PrepareAsync(run, ct) is not null;
        }

        if (await FindSnapshotAsync(run, ct) is not { } snapshot)
        {
            return false;
        }

        var tenant = await RulesOfAsync(run, ct);
        var feeds = tenant.Feeds.Where(feed => run.Feeds.Any(each => each.Name == feed.Name));
        var decided = await deciding.DecideAsync(snapshot, Occasion.WithoutEffect(tenant, run.Run, run.Date, isKept: false), feeds, ct);
        foreach (var (path, write) in DecidedFiles.Of(run.Tenant, run.Run, decided, discretion, kinds, Language.Of(tenant.Language)).Where(file => damaged.Contains(file.Path)))
        {
            await blobs.WriteAsync(Containers.Rosters, path, write, ct);
            log.LogInformation("{Tenant} {Run}: {Blob} could not be read and was made anew from the snapshot", run.Tenant, run.Run, path);
        }

        return (await FindDamagedAsync(run, ct)).Count == 0;
    }

    /// <summary>Null for one that is not complete, or not the one that was sealed.</summary>
    private async Task<Snapshot?> FindSnapshotAsync(RunRecord run, CancellationToken ct)
    {
        var name = SnapshotPath.Manifest(run.Tenant, run.Run);
        var chain = await seals.ReadAsync(run.Tenant, ct);
        return await blobs.ReadAsync(Containers.Snapshots, name, ct) is { } manifest
            && chain.Find($"{Containers.Snapshots}/{name}", SealChain.Hash(manifest.Content)) is not null
                ? await Snapshot.FindAsync(blobs, run.Tenant, run.Run, ct)
                : null;
    }

    private async Task<IReadOnlyList<string>> FindDamagedAsync(RunRecord run, CancellationToken ct)
    {
        var (tenant, name, owner) = (run.Tenant, run.Run, RosterPath.OwnerOf(RosterPath.Roster(run.Tenant, run.Run)));
        List<(string Path, Func<Stream, Task> Read)> files =
        [
            (RosterPath.Roster(tenant, name), stream => RosterFile.ReadAsync(stream, owner, ct)),
            (RosterPath.Protected(tenant, name), stream => ProtectedValuesFile.ReadAsync(stream, ct)),
        ];
        if (run.Resends is null)
        {
            files.Add((RosterPath.Ledger(tenant, name), stream => LedgerFile.ReadAsync(stream, ct)));
            var rules = await RulesOfAsync(run, ct);
            var ownRosters = rules.Feeds.Where(feed => feed.Settings.Pseudonymise is not null && run.Feeds.Any(each => each.Name == feed.Name));
            files.AddRange(ownRosters.Select(feed => (RosterPath.Roster(tenant, name, feed.Name), (Func<Stream, Task>)(stream => RosterFile.ReadAsync(stream, owner, ct)))));
        }

        var damaged = new List<string>();
        foreach (var (path, read) in files)
        {
            if (!await IsReadableAsync(path, read, ct))
            {
                damaged.Add(path);
            }
        }

        return damaged;
    }

    private async Task<bool> IsReadableAsync(string path, Func<Stream, Task> read, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(Containers.Rosters, path, ct);
        try
        {
            await (stored is null ? Task.FromException(new EndOfStreamException()) : read(stored));
            return true;
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return false;
        }
    }
}
