using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Asks what is gone and what has changed since another pull, and applies it to that one's pages.</summary>
internal sealed class ChangesPull(Snapshot basis, SnapshotWriter snapshot, PullIds ids)
{
    /// <summary>What clocks may differ by and still tell since when changes are wanted.</summary>
    private static readonly TimeSpan Wrong = TimeSpan.FromDays(1);

    /// <summary>True when all collections are complete, false when the slice is over.</summary>
    public async Task<bool> RunAsync(CollectionPull pull, IReadOnlyList<string> wanted, CancellationToken sliceEnds, CancellationToken ct)
    {
        RequireClock();
        // What is gone first: who is deleted between the two questions has only changed, for now.
        if (!await pull.RunAsync(SnapshotManifest.Deletions, sliceEnds, ct)
            || !await RegisterSource.EachAsync([.. wanted.Select(SnapshotManifest.ChangesOf)], (changes, stop) => pull.RunAsync(changes, sliceEnds, stop), ct))
        {
            return false;
        }

        var gone = (DeletedIds)ids[SnapshotManifest.Deletions];
        if (!await RegisterSource.EachAsync(wanted, (collection, stop) => MergeAsync(collection, gone, sliceEnds, stop), ct))
        {
            return false;
        }

        foreach (var note in basis.Manifest.Notes.Where(note => note.Code == PullNote.Unstable))
        {
            // What the basis was not sure of, its changes do not make sure.
            snapshot.Notes.Add(note);
        }

        return true;
    }

    /// <exception cref="RunHeldException">By the source's clock nobody can ask for what has changed since a pull.</exception>
    [Told]
    private void RequireClock()
    {
        if (basis.Manifest.Clock is { } clock && clock < basis.Manifest.Started - Wrong)
        {
            throw new RunHeldException(
                $"The source's clock (its header Date) said {clock.UtcDateTime:yyyy-MM-dd} when it was {basis.Manifest.Started.UtcDateTime:yyyy-MM-dd}, so nobody can ask "
                + "it for what has changed since then. Have its clock set right, then sync without --changed.");
        }
    }

    private async Task<bool> MergeAsync(string collection, DeletedIds gone, CancellationToken sliceEnds, CancellationToken ct)
    {
        var changes = await ChangeSet.ReadAsync(snapshot, collection, gone[collection], basis.Manifest.Horizon, basis.Rows(collection), ct);
        return await new ChangesMerge(basis, snapshot, changes, ids[collection]).RunAsync(sliceEnds, ct);
    }
}
