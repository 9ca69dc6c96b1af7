namespace EduFunctions.Pipeline.Stages;

/// <summary>Gives back what a step of a stage has outgrown or done with.</summary>
internal static class StageMemory
{
    /// <summary>Below this the collector does well by itself, and a pause would be felt by other tenants' stages.</summary>
    private const long Worthwhile = 48 << 20;

    /// <summary>From here on steps that hold much are taken one after the other, below it at once.</summary>
    private const long Scarce = 256 << 20;

    /// <summary>
    /// Those of fewer persons hold a few megabytes, whatever the others in the process hold. Nothing of theirs is worth looking through all of it, as
    /// often as they are many.
    /// </summary>
    private const int ManyPersons = 50_000;

    /// <summary>
    /// A large tenant's stage holds a few very large arrays. Where some of them have just died, the next ones take their memory: new memory would be
    /// dearer than what is done with it (docs/performance.md).
    /// </summary>
    /// <param name="persons">How many the stage is about.</param>
    public static void Recycle(int persons)
    {
        if (IsWorthwhile(persons, Held))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }

    /// <summary>Where most have died, their memory goes back to the system: what comes next is as large, and would find no room between the others.</summary>
    public static void Release(int persons)
    {
        if (IsWorthwhile(persons, Held))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>The step, and what it held being there for others.</summary>
    public static async Task RecycleAfterAsync(Task step, int persons)
    {
        await step;

        // What goes on at once does so within the end of the step, where its arguments still live.
        await Task.Yield();
        Recycle(persons);
    }

    /// <summary>Has a large tenant's stage wait for a step that holds much.</summary>
    public static Task AwaitIfScarceAsync(Task step, int persons) => persons >= ManyPersons && Held > Scarce ? step : Task.CompletedTask;

    internal static bool IsWorthwhile(int persons, long held) => persons >= ManyPersons && held > Worthwhile;

    private static long Held => GC.GetTotalMemory(forceFullCollection: false);
}
