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
/// What earlier pulls say of people who have become protected. A register that makes a record unreadable together with the marking hands out nothing more by
/// which somebody would be recognised, and rosters have only what feeds need: no preferred name, number, address or second login.
/// </summary>
public sealed class EarlierPulls(BlobStorage blobs, RunStore runs, TenantStore tenants, Catalog<ISource> sources)
{
    /// <summary>What is older stands in nothing that a target was given lately.</summary>
    private const int Most = 14;

    /// <summary>Adds it to what tonight's pull says of them; a pull that cannot be read any more says nothing.</summary>
    internal async Task AddAsync(SnapshotManifest tonight, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct)
    {
        if (people.Count == 0)
        {
            return;
        }

        // Pulls of changes have most pages of the night before them, and are no nights themselves.
        var (seen, nights) = (new HashSet<string>(), 0);
        foreach (var run in (await runs.ListAsync(tonight.Tenant, ct)).Where(run => run != tonight.Run).TakeWhile(_ => nights < Most))
        {
            bool? isNight = null;
            await ReadAsync(
                tonight.Tenant,
                run,
                async (source, earlier) =>
                {
                    isNight = earlier.Manifest.Basis is null;
                    await source.ReadPeopleAsync(earlier.Without(seen), people, data, ct);
                    seen.UnionWith(earlier.PageNames);
                },
                ct);
            nights += isNight ?? await runs.ShowAsync(tonight.Tenant, run, ct) is not { Changed: true } ? 1 : 0;
        }
    }

    /// <summary>Whom a pull has marked; of one that cannot be read nobody.</summary>
    internal async Task<HashSet<EntityId>> MarkedAsync(string tenant, string run, CancellationToken ct)
    {
        var marked = new HashSet<EntityId>();
        await ReadAsync(
            tenant,
            run,
            async (source, earlier) =>
            {
                var data = await source.ReadAsync(earlier, (await tenants.ReadAsync(tenant, ct)).Tenant, ct);
                marked.UnionWith(data.ProtectedIds.Except(data.StandIns));
            },
            ct);
        return marked;
    }

    private async Task ReadAsync(string tenant, string run, Func<ISource, Snapshot, Task> read, CancellationToken ct)
    {
        try
        {
            if (await Snapshot.FindAsync(blobs, tenant, run, ct) is { } earlier)
            {
                await read(sources[earlier.Manifest.Source], earlier);
            }
        }
        catch (Exception e) when (e is RunHeldException || RosterStore.IsUnreadable(e))
        {
            // Retention may take its pages meanwhile.
        }
    }
}
