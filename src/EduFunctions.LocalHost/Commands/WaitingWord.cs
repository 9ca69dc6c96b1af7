namespace EduFunctions.LocalHost.Commands;

/// <summary>A word for whoever waits for a command that waits for somebody else.</summary>
internal static class WaitingWord
{
    /// <param name="what">Is waited for.</param>
    /// <param name="patience">How long at most; said is it after a third of that.</param>
    public static async Task<T> SayingAsync<T>(Task<T> work, string what, TimeSpan patience)
    {
        if (await Task.WhenAny(work, Task.Delay(patience / 3)) != work)
        {
            await Console.Error.WriteLineAsync($"Waiting for {what}, {patience.TotalSeconds:0} seconds at most …");
        }

        return await work;
    }
}
