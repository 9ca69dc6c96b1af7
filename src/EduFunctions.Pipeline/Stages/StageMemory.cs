using System.Globalization;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Gives back what a step of a stage has outgrown or done with.</summary>
internal static class StageMemory
{
    /// <summary>
    /// Below this the collector does well by itself, and a pause would be felt by other tenants' stages. A process that holds as much of its own, as that of
    /// tests does, says so in its runtimeconfig.json: else every stage of the smallest tenant would have all of it collected.
    /// </summary>
    private static readonly long Worthwhile = (AppContext.GetData("EduFunctions.WorthwhileMegabytes") is string megabytes ? long.Parse(megabytes, CultureInfo.InvariantCulture) : 96) << 20;

    /// <summary>From here on steps that hold much are taken one after the other, below it at once.</summary>
    private const long Scarce = 256 << 20;

    private static bool IsWorthwhile => GC.GetTotalMemory(forceFullCollection: false) > Worthwhile;

    /// <summary>
    /// A large tenant's stage holds a few very large arrays. Where some of them have just died, the next ones take their memory: new memory would be
    /// dearer than what is done with it (docs/performance.md).
    /// </summary>
    public static void Recycle()
    {
        if (IsWorthwhile)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }

    /// <summary>Where most have died, their memory goes back to the system: what comes next is as large, and would find no room between the others.</summary>
    public static void Release()
    {
        if (IsWorthwhile)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>The step, and what it held being there for others.</summary>
    public static async Task RecycleAfterAsync(Task step)
    {
        await step;

        // What goes on at once does so within the end of the step, where its arguments still live.
        await Task.Yield();
        Recycle();
    }

    /// <summary>Has a large tenant's stage wait for a step that holds much.</summary>
    public static Task AwaitIfScarceAsync(Task step) => GC.GetTotalMemory(forceFullCollection: false) > Scarce ? step : Task.CompletedTask;
}
