using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Stages;

internal static class Emptiness
{
    // Without these there is no school; a source that hands out none has lost them.
    private static readonly string[] NeverEmpty = ["organisations", "persons"];

    public static void Refuse(SnapshotManifest manifest)
    {
        foreach (var collection in NeverEmpty)
        {
            if (!manifest.Collections.TryGetValue(collection, out var pages) || pages.Rows == 0)
            {
                throw new RunHeldException(
                    $"The source handed out no {collection}, so nothing is handed on. Ask the customer whether the key pair still sees its schools.");
            }
        }
    }
}
