using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Asks what is gone and what has changed since another pull, and applies it to that one's pages.</summary>
internal sealed class ChangesPull(Snapshot basis, SnapshotWriter snapshot, PullIds ids)
{
    /// <summary>True when all collections are complete, false when the slice is over.</summary>
    public async Task<bool> RunAsync(CollectionPull pull, IReadOnlyList<string> wanted, CancellationToken sliceEnds, CancellationToken ct)
    {
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

    private async Task<bool> MergeAsync(string collection, DeletedIds gone, CancellationToken sliceEnds, CancellationToken ct)
    {
        var changes = await ChangeSet.ReadAsync(snapshot, collection, gone[collection], basis.Manifest.Horizon, basis.Rows(collection), ct);
        return await new ChangesMerge(basis, snapshot, changes, ids[collection]).RunAsync(sliceEnds, ct);
    }
}
