using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Verifying;

/// <summary>What became of a tenant's records since they were sealed.</summary>
/// <param name="Head">SHA-256 of the last entry. Kept elsewhere, it proves later that nothing up to here was taken away.</param>
/// <param name="Purged">What is gone because its time was over.</param>
/// <param name="Problems">What was changed or removed.</param>
public sealed record VerificationResult(
    string Tenant, int Entries, string? Head, int Checked, IReadOnlyList<string> Purged, IReadOnlyList<string> Problems);

/// <summary>Proves that a tenant's manifests, plans and receipts, and the pages and files they list, are those that were sealed, and all of them.</summary>
public sealed class Verification(BlobStorage blobs, Seals seals, RunStore runs, TimeProvider time)
{
    /// <param name="privacy">Says after how many days the source's answers, and the files made of them, may be gone.</param>
    /// <param name="head">The head of an earlier verification; null for none.</param>
    public async Task<VerificationResult> RunAsync(string tenant, PrivacySettings privacy, string? head, CancellationToken ct)
    {
        var chain = await seals.ReadAsync(tenant, ct);
        var blobCheck = new SealedBlobs(blobs, KeptSince.Of(privacy, time.GetUtcNow()), await SealedPurges.ReadAsync(blobs, chain, ct), await FindUnderWayAsync(tenant, ct));
        foreach (var entry in chain.Entries.GroupBy(entry => entry.Blob).Select(record => record.Last()))
        {
            await blobCheck.CheckAsync(entry, ct);
        }

        List<string> problems =
        [
            .. chain.Breaks().Select(entry => $"Entry {entry} of the chain does not follow on the one before."),
            .. head is null || chain.Has(head) ? [] : new[] { $"No entry of the chain has the hash {head}." },
            .. await CompareWithRunsAsync(tenant, chain, ct),
            .. blobCheck.Problems,
        ];
        return new VerificationResult(tenant, chain.Count, chain.Head?.Sha256, blobCheck.Checked, blobCheck.Purged, problems);
    }

    private async Task<RunRecord?> FindUnderWayAsync(string tenant, CancellationToken ct) =>
        await runs.FindNewestAsync(tenant, ct) is { } newest && await runs.ShowAsync(tenant, newest, ct) is { IsFinal: false } run ? run : null;

    /// <summary>The runs know how far the chain had come, and what there must be: so neither its end nor a run can be taken away alone.</summary>
    private async Task<IReadOnlyList<string>> CompareWithRunsAsync(string tenant, SealChain chain, CancellationToken ct)
    {
        var problems = new List<string>();
        var names = (await runs.ListAsync(tenant, ct)).Reverse().ToList();
        var sealedBlobs = chain.Entries.Select(entry => entry.Blob).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (await runs.ShowAsync(tenant, name, ct) is { IsFinal: true } run)
            {
                problems.AddRange(run.IsUnreadable ? [run.StateReason!] : Missing(run, chain, sealedBlobs));
            }
        }

        var known = names.ToHashSet(StringComparer.Ordinal);
        var strangers = chain.Entries
            .Where(entry => !SealedPurges.IsPurge(entry) && !ActLog.IsAct(entry.Blob) && !IsMemory(entry))
            .Select(entry => entry.Blob.Split('/')[2])
            .Distinct(StringComparer.Ordinal)
            .Where(run => !known.Contains(run));
        return [.. problems, .. strangers.Select(run => $"The record of run {run} is gone.")];
    }

    /// <summary>Of the tenant, not of one run.</summary>
    private static bool IsMemory(SealEntry entry) => entry.Blob.Split('/') is [Containers.State, _, MemoryStore.FileName];

    private static IEnumerable<string> Missing(RunRecord run, SealChain chain, HashSet<string> sealedBlobs)
    {
        if (run.Seal is { } seal && !chain.Has(seal))
        {
            yield return seal.Sequence > chain.Count
                ? $"Run {run.Run} saw {seal.Sequence} entries in the chain, of which {chain.Count} are left."
                : $"Run {run.Run} saw another entry {seal.Sequence} in the chain.";
        }

        string[] expected =
        [
            // A roster that was sent again was pulled by the run it comes from.
            .. run.Counts is null || run.Resends is not null ? [] : new[] { $"{Containers.Snapshots}/{SnapshotPath.Manifest(run.Tenant, run.Run)}" },
            .. run.Feeds.Where(feed => feed.Plan is not null).Select(feed => $"{Containers.Rosters}/{RosterPath.Plan(run.Tenant, run.Run, feed.Name)}"),
            .. run.Feeds.Where(feed => feed.State is not null).Select(feed => $"{Containers.Feeds}/{ReceiptStore.Name(run.Tenant, run.Run, feed.Name)}"),
        ];
        foreach (var blob in expected.Where(blob => !sealedBlobs.Contains(blob)))
        {
            yield return $"{blob} is not in the chain.";
        }
    }
}
