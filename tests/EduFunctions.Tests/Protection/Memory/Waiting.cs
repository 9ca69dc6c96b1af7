namespace EduFunctions.Tests.Protection.Memory;

internal static class Waiting
{
    /// <summary>True as soon as it is so; for the places in which a simulator cannot await.</summary>
    public static bool For(Func<Task<bool>> isSo)
    {
        while (!isSo().GetAwaiter().GetResult())
        {
            Thread.Sleep(20);
        }

        return true;
    }
}
