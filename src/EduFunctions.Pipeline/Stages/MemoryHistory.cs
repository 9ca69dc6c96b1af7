using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Whether a stored memory is the last one that was written. An older one, put back from a backup or by somebody, is whole and good in itself: that it is
/// older is said by the sealed chain, by the newest run, which knows how far the chain had come, by who was protected in the latest roster, and by whatever
/// is left of a run that neither the records nor the chain know: records, chain and memory may be of the same earlier day.
/// </summary>
public sealed class MemoryHistory(BlobStorage blobs, RunStore runs, LeftRuns left, Seals seals)
{
    private const int NightsBack = 10;

    /// <summary>Whether it may be believed.</summary>
    internal async Task<MemoryStanding> JudgeAsync(string tenant, string run, StoredMemory stored, CancellationToken ct)
    {
        var chain = await seals.ReadAsync(tenant, ct);
        var earlier = (await runs.ListAsync(tenant, ct)).Where(name => name != run).ToList();
        if (earlier.Count > 0 && await runs.ShowAsync(tenant, earlier[0], ct) is { Seal: { } seal } && !chain.Has(seal))
        {
            return new MemoryStanding(IsLatest: false, new CutChain(earlier[0], seal.Sequence, chain.Count));
        }

        var hash = SealChain.Hash(stored.Content.Span);
        var known = MemoryStore.HashesIn(chain, tenant).ToList();
        var isLatest = (known.Contains(hash) ? known[^1] == hash : await HasAllOfLatestAsync(tenant, earlier, stored.Memory!, ct))
            && (await left.FindAsync(tenant, ct)).Except(earlier).All(name => name == run || stored.Memory!.Unrecorded.Contains(name) || Knows(chain, name));
        return new MemoryStanding(isLatest, null);
    }

    internal async Task<bool> IsLatestAsync(string tenant, string run, StoredMemory stored, CancellationToken ct) =>
        (await JudgeAsync(tenant, run, stored, ct)).IsLatest;

    private static bool Knows(SealChain chain, string run) => chain.Entries.Any(entry => entry.Blob.Split('/') is [_, _, var of, ..] && of == run);

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

/// <param name="IsLatest">Whether the memory is the last one that was written.</param>
/// <param name="Cut">What is wrong with the sealed chain; null when nothing is.</param>
internal sealed record MemoryStanding(bool IsLatest, CutChain? Cut);

/// <summary>The sealed chain is shorter than a run has seen it, gone, or another one.</summary>
/// <param name="Run">Which has seen more of it.</param>
/// <param name="Seen">How many entries it saw.</param>
/// <param name="Left">How many there are.</param>
internal sealed record CutChain(string Run, int Seen, int Left);
