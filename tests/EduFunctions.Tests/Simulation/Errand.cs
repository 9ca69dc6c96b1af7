namespace EduFunctions.Tests.Simulation;

/// <summary>
/// Which piece of a host's work somebody does. All that begins within it belongs to it, on whatever thread, so that what comes of two that are done at one
/// moment is put in order by who they are and not by who was quicker.
/// </summary>
internal static class Errand
{
    private static readonly AsyncLocal<int> Mine = new();

    /// <summary>0 for whoever does none.</summary>
    public static int Number => Mine.Value;

    public static Task<T> Begin<T>(int number, Func<Task<T>> work) => Task.Run(() =>
    {
        Mine.Value = number;
        return work();
    });
}
