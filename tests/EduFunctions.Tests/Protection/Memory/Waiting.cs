namespace EduFunctions.Tests.Protection.Memory;

internal static class Waiting
{
    /// <summary>Whoever has stored a page notes that a moment later, and what is not noted when a pull breaks off is not there.</summary>
    private static readonly TimeSpan UntilNoted = TimeSpan.FromMilliseconds(100);

    /// <summary>True as soon as it is so; for the places in which a simulator cannot await.</summary>
    public static bool For(Func<Task<bool>> isSo)
    {
        while (!isSo().GetAwaiter().GetResult())
        {
            Thread.Sleep(20);
        }

        Thread.Sleep(UntilNoted);
        return true;
    }
}
