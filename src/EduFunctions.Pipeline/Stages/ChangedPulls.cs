using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Pulls of what has changed: what they are applied to, whether there may be any, and their proof by the next full pull.</summary>
public sealed class ChangedPulls(BlobStorage blobs, LastPullStore lastPulls, ChangesStore changes, Catalog<ISource> sources, TimeProvider time)
{
    /// <summary>A day, and as long as a night takes: from then on a full pull is missing, and faults would add up.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(26);

    /// <summary>Clocks of registers differ by minutes, or by a zone that somebody set wrongly. One that is further behind is none.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromDays(1);

    /// <summary>Why there can be no pull of changes now, with what to do; null when there can.</summary>
    public async Task<string?> FindObstacleAsync(StoredTenant stored, CancellationToken ct) => (await FindAsync(stored, mayBeOff: false, ct)).Obstacle;

    /// <summary>The snapshot to which changes are applied.</summary>
    /// <exception cref="RunHeldException">There is none, or nobody asks for changes any more.</exception>
    internal async Task<Snapshot> RequireAsync(RunRecord run, StoredTenant stored, CancellationToken ct)
    {
        var (basis, obstacle) = await FindAsync(stored, run.AcceptMisses, ct);
        if (basis is not null && run is { AcceptMisses: true, DryRun: false } && await changes.FindAsync(run.Tenant, ct) is { Off: not null } state)
        {
            await changes.SaveAsync(run.Tenant, state with { Off = null }, ct);
        }

        return basis ?? throw new RunHeldException(obstacle!);
    }

    /// <summary>Pulls what has changed, or everything; true when the pull is complete.</summary>
    internal async Task<bool> ExtractAsync(RunRecord run, StoredTenant stored, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var (source, pull) = (sources[stored.Tenant.Source.Type], new Pull(stored.Tenant, run.Run, run.Trigger));
        (snapshot.Settings, snapshot.Date) = (stored.SourceHash, run.Date);
        if (run.Changed)
        {
            var basis = await RequireAsync(run, stored, ct);
            snapshot.FindEarlierAsync = _ => Task.FromResult<Snapshot?>(basis);
            snapshot.Basis = new PullBasis(basis.Manifest.Run, basis.Manifest.Basis?.Full ?? basis.Manifest.Run, basis.Manifest.Horizon);
            return await ((IChangesSource)source).ExtractChangesAsync(pull, basis, snapshot, sliceEnds, ct);
        }

        snapshot.FindEarlierAsync = stop => FindEarlierAsync(stored, stop);
        if (!await source.ExtractAsync(pull, snapshot, sliceEnds, ct))
        {
            return false;
        }

        if (stored.Tenant.Source.Changes && await FindLatestAsync(stored, ct) is { } latest)
        {
            await ((IChangesSource)source).ProveAsync(pull, latest, snapshot, ct);
        }

        return true;
    }

    /// <summary>The last pull that was not held, whole or of changes.</summary>
    private async Task<Snapshot?> FindEarlierAsync(StoredTenant stored, CancellationToken ct) =>
        (stored.Tenant.Source.Changes ? await FindLatestAsync(stored, ct) : null) ?? await FindFullAsync(stored.Tenant.Id, ct);

    /// <summary>Once a full pull has found that changes were missed, nobody asks for changes until a person does. As often as one likes.</summary>
    internal async Task HeedAsync(RunRecord run, IReadOnlyList<PullNote> notes, CancellationToken ct)
    {
        if (!run.DryRun && notes.Any(note => note.Code == PullNote.ChangesMissed))
        {
            await changes.SaveAsync(run.Tenant, new ChangesState(Off: new ChangesOff(run.Run, time.GetUtcNow())), ct);
        }
    }

    /// <summary>Sees what <see cref="KeepAsync"/> writes over, before it is proven that nobody has gone on since.</summary>
    internal Task LookAsync(string tenant, CancellationToken ct) => lastPulls.LookAsync(tenant, ct);

    /// <summary>The pull was not held: the next changes are applied to it, or, when it was a full one, the next full pull is compared with it.</summary>
    /// <param name="failing">Codes of the rules that somebody failed.</param>
    internal async Task KeepAsync(SnapshotManifest manifest, IReadOnlyList<string> failing, CancellationToken ct)
    {
        if (manifest.Basis is null)
        {
            await lastPulls.SaveAsync(manifest, failing, ct);
        }
        else
        {
            await changes.SaveAsync(manifest.Tenant, await changes.FindAsync(manifest.Tenant, ct) with { Latest = manifest.Run }, ct);
        }
    }

    private async Task<(Snapshot? Basis, string? Obstacle)> FindAsync(StoredTenant stored, bool mayBeOff, CancellationToken ct)
    {
        var tenant = stored.Tenant;
        if (!tenant.Source.Changes)
        {
            return (null, Unable(tenant));
        }

        if (!mayBeOff && (await changes.FindAsync(tenant.Id, ct)).Off is { } off)
        {
            return (null, TurnedOff(off));
        }

        var full = await FindFullAsync(tenant.Id, ct);
        return full is null ? (null, Nothing())
            : time.GetUtcNow() - full.Manifest.Started > Oldest ? (null, TooOld(full.Manifest.Run))
            : full.Manifest.Settings != stored.SourceHash ? (null, Otherwise(full.Manifest.Run))
            : Obstacle(await FindLatestAsync(stored, ct) ?? full);
    }

    private static (Snapshot? Basis, string? Obstacle) Obstacle(Snapshot basis) =>
        basis.Manifest is { Clock: { } clock } manifest && manifest.Started - clock > MostBehind ? (null, Behind(manifest.Run, (manifest.Started - clock).Days)) : (basis, null);

    /// <summary>No pull is kept from beginning by an earlier one that is damaged.</summary>
    private async Task<Snapshot?> FindFullAsync(string tenant, CancellationToken ct) =>
        (await lastPulls.LookAsync(tenant, ct)).Pull is { } last ? await Snapshot.TryFindAsync(blobs, tenant, last.Run, ct) : null;

    /// <summary>The latest pull of changes since the last full one; null where there is none, or only one of a source that was set up otherwise.</summary>
    private async Task<Snapshot?> FindLatestAsync(StoredTenant stored, CancellationToken ct) =>
        (await changes.FindAsync(stored.Tenant.Id, ct)).Latest is { } latest
        && await Snapshot.TryFindAsync(blobs, stored.Tenant.Id, latest, ct) is { Manifest: { Basis: { } basis } manifest } snapshot
        && manifest.Settings == stored.SourceHash
        && (await lastPulls.LookAsync(stored.Tenant.Id, ct)).Pull?.Run == basis.Full
            ? snapshot
            : null;

    [Told]
    internal static string Unable(Tenant tenant) => $"The tenant file of {tenant.Id} does not say that its source tells what has changed (source.changes). Sync without --changed.";

    [Told]
    private static string TurnedOff(ChangesOff off) =>
        $"Run {off.Run} has found that pulls of changes do not have all changes, so there are no more of them. When the source is mended, sync --changed --accept-misses begins anew.";

    [Told]
    private static string Nothing() => "There is no full pull that changes could be applied to. Sync without --changed.";

    [Told]
    private static string Behind(string run, int days) =>
        $"The clock of the source was {days} days behind ours in run {run} (Date of its answers), so nobody can tell since when to ask for changes. Have it set, then "
        + "sync without --changed.";

    [Told]
    private static string TooOld(string run) => $"The last full pull (run {run}) is more than a day old, and changes are applied to none that is older. Sync without --changed.";

    [Told]
    private static string Otherwise(string run) =>
        $"What the tenant file says of the source has changed since the last full pull (run {run}), so changes cannot be applied to it. Sync without --changed.";
}
