using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Whether a stored memory is the last one that was written. An older one, put back from a backup or by somebody, is whole and good in itself: that it is
/// older is said by the sealed chain, by the newest run, which knows how far the chain had come, and by who was protected in the latest roster.
/// </summary>
public sealed class MemoryHistory(BlobStorage blobs, RunStore runs, Seals seals)
{
    private const int NightsBack = 10;

    /// <summary>Whether it may be believed.</summary>
    internal async Task<bool> IsLatestAsync(string tenant, string run, StoredMemory stored, CancellationToken ct)
    {
        var chain = await seals.ReadAsync(tenant, ct);
        var earlier = (await runs.ListAsync(tenant, ct)).Where(name => name != run).ToList();
        if (earlier.Count > 0 && await runs.ShowAsync(tenant, earlier[0], ct) is { Seal: { } seal } && !chain.Has(seal))
        {
            // The chain itself is older than that run, or gone.
            return false;
        }

        var hash = SealChain.Hash(stored.Content.Span);
        var known = Hashes(chain, tenant);
        return known.Contains(hash) ? known[^1] == hash : await HasAllOfLatestAsync(tenant, earlier, stored.Memory!, ct);
    }

    /// <summary>Whether there ever was one, as far as the chain tells.</summary>
    internal async Task<bool> HasBeenAsync(string tenant, CancellationToken ct) => Hashes(await seals.ReadAsync(tenant, ct), tenant).Count > 0;

    private static List<string> Hashes(SealChain chain, string tenant)
    {
        var blob = $"{Containers.State}/{MemoryStore.Name(tenant)}";
        return [.. chain.Entries.Where(entry => entry.Blob == blob).Select(entry => entry.Sha256)];
    }

    /// <summary>One that is not sealed, because its host died: it has whoever was protected in the latest roster that was decided on. Dry runs remember nothing.</summary>
    private async Task<bool> HasAllOfLatestAsync(string tenant, IEnumerable<string> earlier, ProtectionMemory memory, CancellationToken ct)
    {
        foreach (var name in earlier.Take(NightsBack))
        {
            if (await runs.ShowAsync(tenant, name, ct) is { DryRun: false, Resends: null }
                && await ProtectedTable.FindAsync(blobs, RosterPath.Roster(tenant, name), ct) is { } found)
            {
                return found.All(memory.Has);
            }
        }

        return true;
    }
}
