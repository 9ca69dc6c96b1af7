using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Compares a full pull with the pull of changes before it. What was changed or deleted since may differ; what differs besides, the pull of changes should
/// have had.
/// </summary>
internal sealed class ChangesProof(Snapshot changed, SnapshotWriter full)
{
    public async Task RunAsync(CollectionPull pull, IReadOnlyList<string> collections, CancellationToken ct)
    {
        var gone = await DeletedSinceAsync(pull, ct);
        var unstable = changed.Manifest.Notes.Concat(full.Notes).Where(note => note.Code == PullNote.Unstable).Select(note => note.Collection).ToHashSet();
        foreach (var collection in collections.Except(unstable))
        {
            var (missing, extra, different) = await CompareAsync(collection, gone?[collection], ct);
            if (missing + extra + different > 0)
            {
                full.Notes.Add(Missed(changed.Manifest.Run, collection, missing, extra, different));
            }
        }
    }

    [Told]
    private static PullNote Missed(string run, string collection, int missing, int extra, int different) => new(
        PullNote.ChangesMissed, collection,
        $"Run {run}, which pulled changes alone, did not have {collection} as they were: {missing} rows missing, {extra} too many, {different} different. "
        + "From now on this tenant is pulled whole. Report it to the source's support; when it is mended, sync --changed --accept-misses begins anew.");

    /// <summary>What was deleted since the pull of changes; null when the source does not say, so that nothing can be held against rows that are gone.</summary>
    private async Task<DeletedIds?> DeletedSinceAsync(CollectionPull pull, CancellationToken ct)
    {
        try
        {
            await pull.RunAsync(SnapshotManifest.Deletions, CancellationToken.None, ct);
            return (DeletedIds)pull.Ids[SnapshotManifest.Deletions];
        }
        catch (RunHeldException)
        {
            // A full pull needs no deletions, and is not held for them. The next pull of changes asks for them, and tells.
            full.Restart(SnapshotManifest.Deletions);
            return null;
        }
    }

    private async Task<(int Missing, int Extra, int Different)> CompareAsync(string collection, IReadOnlySet<EntityId>? gone, CancellationToken ct)
    {
        var (before, now, limit) = (new Dictionary<EntityId, Seen>(), new Dictionary<EntityId, Seen>(), changed.Manifest.Horizon);
        foreach (var page in changed.Pages(collection))
        {
            using var body = await changed.ReadPageAsync(collection, page, ct);
            Note(body, limit, before);
        }

        foreach (var page in full.Pages(collection))
        {
            using var body = await full.ReadAsync(collection, page, ct);
            Note(body, limit, now);
        }

        var old = now.Where(row => row.Value.IsOld).ToList();
        return (
            old.Count(row => !before.ContainsKey(row.Key)),
            gone is null ? 0 : before.Keys.Count(id => !now.ContainsKey(id) && !gone.Contains(id)),
            old.Count(row => before.TryGetValue(row.Key, out var then) && !then.IsCompleted && then.Meaning != row.Value.Meaning));
    }

    private static void Note(RentedBody body, DateTimeOffset limit, Dictionary<EntityId, Seen> seen)
    {
        var json = JsonText.WithoutMark(body.Bytes);
        foreach (var row in PageRow.AllOf(json).Where(row => !row.Id.IsNone))
        {
            var meaning = JsonMeaning.Of(json.Slice(row.Start, row.Length));
            var isOld = row.Modified is not { } modified || modified <= limit;

            // A source may have a row twice, here and there.
            seen[row.Id] = seen.TryGetValue(row.Id, out var other)
                ? new Seen(meaning + other.Meaning, isOld && other.IsOld, row.IsCompleted || other.IsCompleted)
                : new Seen(meaning, isOld, row.IsCompleted);
        }
    }

    /// <param name="IsOld">Whether it was as it is before the pull of changes began.</param>
    /// <param name="IsCompleted">Whether it was known not to be as the source has it.</param>
    private readonly record struct Seen(UInt128 Meaning, bool IsOld, bool IsCompleted);
}
