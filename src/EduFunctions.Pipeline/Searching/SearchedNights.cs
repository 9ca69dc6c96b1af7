using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Searching;

/// <param name="Pull">What the register answered; null where it is kept and cannot be read.</param>
internal sealed record SearchedNight(string Run, DateOnly Date, Snapshot? Pull);

/// <summary>The nights whose answers are kept and were decided on.</summary>
public sealed class SearchedNights(BlobStorage blobs, RunStore runs)
{
    internal async Task<SearchedNight?> FindAsync(RunRecord run, CancellationToken ct) =>
        await Snapshot.FindAsync(blobs, run.Tenant, run.Run, ct) is { } pull ? new SearchedNight(run.Run, run.Date, pull) : null;

    /// <summary>
    /// Those before a run, newest first. Pulls of changes are no nights: what they had before others changed it stands in the full pull that they began with, or
    /// came and went within a day. A night that was told the same as the one after it is passed over.
    /// </summary>
    internal async IAsyncEnumerable<SearchedNight> BeforeAsync(string tenant, SearchedNight last, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = last.Pull?.Manifest.Sha256;
        foreach (var run in (await runs.ListAsync(tenant, ct)).SkipWhile(run => run != last.Run).Skip(1))
        {
            if (await TryFindAsync(tenant, run, ct) is { } night && (night.Pull is null || night.Pull.Manifest.Sha256 != after))
            {
                after = night.Pull?.Manifest.Sha256 ?? after;
                yield return night;
            }
        }
    }

    private async Task<SearchedNight?> TryFindAsync(string tenant, string run, CancellationToken ct)
    {
        try
        {
            return await Snapshot.FindAsync(blobs, tenant, run, ct) is { Manifest.Basis: null } pull
                && await runs.FindAsync(tenant, run, ct) is { Counts: not null, Resends: null } record
                ? new SearchedNight(run, record.Date, pull)
                : null;
        }
        catch (Exception e) when (e is BlobTroubleException || RosterStore.IsUnreadable(e))
        {
            return new SearchedNight(run, RunId.DayOf(run), Pull: null);
        }
    }
}
