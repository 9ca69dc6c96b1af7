using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Holds a pull that is complete by its pages and cannot be true all the same: empty, or much smaller than the one before.</summary>
internal static class Plausibility
{
    /// <summary>Why nothing can be decided on the pull, with the figures; null when nothing speaks against it.</summary>
    public static RunHeldException? Find(SnapshotManifest manifest, SourceSettings source, bool acceptShrink)
    {
        try
        {
            Require(manifest, source, acceptShrink);
            return null;
        }
        catch (RunHeldException e)
        {
            return e;
        }
    }

    [Told]
    private static void Require(SnapshotManifest manifest, SourceSettings source, bool acceptShrink)
    {
        foreach (var collection in source.NeverEmpty.Where(collection => Rows(manifest, collection) == 0))
        {
            throw new RunHeldException(
                $"The source handed out no {collection}, so nothing is handed on. Ask the customer whether the key pair still sees its schools.");
        }

        if (manifest.Collections.Values.All(collection => collection.Rows == 0))
        {
            throw new RunHeldException("The source handed out nobody at all, so nothing is handed on. Ask the customer what became of its schools.");
        }

        if (manifest.Previous is not null && !acceptShrink)
        {
            RequireSize(manifest, manifest.Previous, source);
        }
    }

    [Told]
    private static void RequireSize(SnapshotManifest manifest, LastPull previous, SourceSettings source)
    {
        foreach (var (collection, before) in previous.Rows.Where(entry => !SnapshotManifest.IsAside(entry.Key) && !manifest.Skips(entry.Key) && entry.Value > 0))
        {
            var now = Rows(manifest, collection);
            if (now == 0 || (before - now) * 100L > (long)before * source.MaxShrinkPercent)
            {
                throw new RunHeldException(
                    $"The collection {collection} has {now} rows and had {before} in run {previous.Run} (limit: {source.MaxShrinkPercent} % fewer), so nothing is "
                    + "handed on. Ask the customer; if it is right, run again with --accept-shrink, or raise source.maxShrinkPercent.");
            }
        }
    }

    private static int Rows(SnapshotManifest manifest, string collection) => manifest.Collections.GetValueOrDefault(collection)?.Rows ?? 0;
}
