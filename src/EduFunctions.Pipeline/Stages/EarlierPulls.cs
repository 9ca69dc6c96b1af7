using System.Runtime.CompilerServices;
using Azure;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// What earlier pulls say of people who have become protected, as far back as they are kept, and rosters of the nights before. A register that makes a record
/// unreadable together with the marking hands out nothing more by which somebody would be recognised, and rosters have only what feeds need: no preferred name,
/// number, address or second login.
/// </summary>
public sealed class EarlierPulls(BlobStorage blobs, RosterStore rosters, TenantStore tenants, Catalog<ISource> sources)
{
    private const int DaysOfWeek = 7;

    /// <summary>Adds it to what tonight's pull says of them; a pull that cannot be read any more says nothing.</summary>
    internal async Task AddAsync(SnapshotManifest tonight, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct)
    {
        // Pulls of changes have most pages of the night before them, and so have nights on which little has changed.
        var seen = new HashSet<string>();
        foreach (var run in people.Count == 0 ? [] : await PullsAsync(tonight, ct))
        {
            await ReadAsync(
                () => FindAsync(tonight, run, ct),
                async (source, earlier) =>
                {
                    await source.ReadPeopleAsync(earlier.Without(seen), people, data, ct);
                    seen.UnionWith(earlier.PageNames);
                });
        }
    }

    /// <summary>Of nights of which no pull is kept any more, the last roster of each week: names are changed less often, and what a group is called lasts longer.</summary>
    internal async IAsyncEnumerable<Roster> RostersAsync(SnapshotManifest tonight, [EnumeratorCancellation] CancellationToken ct)
    {
        var oldest = (await PullsAsync(tonight, ct)).Append(tonight.Run).Min(StringComparer.Ordinal);
        var nights = (await blobs.FoldersAsync(Containers.Rosters, $"{tonight.Tenant}/", ct)).Where(run => RunId.IsValid(run) && string.CompareOrdinal(run, oldest) < 0);
        foreach (var week in nights.GroupBy(run => RunId.DayOf(run).DayNumber / DaysOfWeek))
        {
            if (await rosters.TryFindAsync(RosterPath.Roster(tonight.Tenant, week.Max(StringComparer.Ordinal)!), ct) is { } roster)
            {
                yield return roster;
            }
        }
    }

    /// <summary>Newest first, also those that came to nothing.</summary>
    private async Task<IReadOnlyList<string>> PullsAsync(SnapshotManifest tonight, CancellationToken ct) =>
        [.. (await blobs.FoldersAsync(Containers.Snapshots, $"{tonight.Tenant}/", ct)).Where(run => RunId.IsValid(run) && run != tonight.Run).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Of a pull that broke off, what it had stored by then.</summary>
    private async Task<Snapshot?> FindAsync(SnapshotManifest tonight, string run, CancellationToken ct)
    {
        if (await Snapshot.FindAsync(blobs, tonight.Tenant, run, ct) is { } whole)
        {
            return whole;
        }

        var stored = await SnapshotWriter.OpenAsync(blobs, tonight.Tenant, run, sources[tonight.Source].PageExtension, static (_, _, _) => { }, ct);
        return stored.Incomplete(tonight.Source, tonight.Started, tonight.Finished);
    }

    /// <summary>Whom a pull has marked; of one that cannot be read nobody.</summary>
    internal async Task<HashSet<EntityId>> MarkedAsync(string tenant, string run, CancellationToken ct)
    {
        var marked = new HashSet<EntityId>();
        await ReadAsync(
            () => Snapshot.FindAsync(blobs, tenant, run, ct),
            async (source, earlier) =>
            {
                var data = await source.ReadAsync(earlier, (await tenants.ReadAsync(tenant, ct)).Tenant, ct);
                marked.UnionWith(data.ProtectedIds.Except(data.StandIns));
            });
        return marked;
    }

    private async Task ReadAsync(Func<Task<Snapshot?>> findAsync, Func<ISource, Snapshot, Task> read)
    {
        try
        {
            if (await findAsync() is { } earlier)
            {
                await read(sources[earlier.Manifest.Source], earlier);
            }
        }
        catch (Exception e) when (!IsOfStorage(e))
        {
            // Retention may take its pages meanwhile, and what a pull was refused for stands in it still: what was read before that counts.
        }
    }

    /// <summary>Whether the storage did not give the pull this time, which says nothing of what the pull says.</summary>
    private static bool IsOfStorage(Exception e) => !RosterStore.IsUnreadable(e)
        && e is IOException or TimeoutException or OperationCanceledException or RequestFailedException or AggregateException or BlobTroubleException;
}
