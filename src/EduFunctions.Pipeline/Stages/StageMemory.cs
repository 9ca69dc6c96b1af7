namespace EduFunctions.Pipeline.Stages;

/// <summary>Gives back what a step of a stage has outgrown or done with.</summary>
internal static class StageMemory
{
    /// <summary>
    /// The stages hold a few very large arrays, which the collector hurries to look at only when memory runs short. At the points where many of
    /// them have just died, asking costs some milliseconds and halves the peak (docs/performance.md).
    /// </summary>
    public static void Release() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
