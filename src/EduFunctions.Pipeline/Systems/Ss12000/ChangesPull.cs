using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Asks what is gone and what has changed since another pull, and applies it to that one's pages.</summary>
/// <param name="later">Asks what has been deleted since a time that is not yet.</param>
/// <param name="own">Properties that the tenant file reads beside those of the standard.</param>
internal sealed class ChangesPull(
    Snapshot basis, SnapshotWriter snapshot, PullIds ids, PageFetcher later, IReadOnlyList<string> own, int mostPercent)
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
        if (!gone.IsEmpty)
        {
            await RequireFilterAsync(later, ct);
        }

        if (!await RegisterSource.EachAsync(wanted, (collection, stop) => MergeAsync(collection, gone, sliceEnds, stop), ct))
        {
            return false;
        }

        foreach (var note in basis.Manifest.Notes.Where(note => note.Code is PullNote.Unstable or PullNote.Repeated))
        {
            // What the basis was not sure of, its changes do not make sure.
            snapshot.Notes.Add(note);
        }

        return true;
    }

    private async Task<bool> MergeAsync(string collection, DeletedIds gone, CancellationToken sliceEnds, CancellationToken ct)
    {
        var changes = await ChangeSet.ReadAsync(snapshot, collection, gone[collection], basis.Manifest.Horizon, basis.Rows(collection), ct);
        return await new ChangesMerge(basis, snapshot, changes, ids[collection], new WholeRows(collection, own, mostPercent)).RunAsync(sliceEnds, ct);
    }

    /// <summary>
    /// Deletions have no dates. A source that names some although none can have happened yet names them whatever it is asked: among them may be what has come back
    /// long since.
    /// </summary>
    [Told]
    public static async Task RequireFilterAsync(PageFetcher later, CancellationToken ct)
    {
        var answer = await later.FetchAsync(SnapshotManifest.Deletions, 0, asked: null, new DeletedIds(), ct);
        if (answer.Page.Manifest.Rows > 0)
        {
            throw new RunHeldException(
                $"Asked for what was deleted later than the day after tomorrow, the source names {answer.Page.Manifest.Rows} entities (deletedEntities): it passes the filter "
                + "over, and what it says is deleted may be there again. Take source.changes out of the tenant file, or have deletedEntities mended.");
        }
    }
}
