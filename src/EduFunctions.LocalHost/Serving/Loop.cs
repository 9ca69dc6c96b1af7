namespace EduFunctions.LocalHost.Serving;

/// <summary>Keeps a loop going: whatever it throws is logged, and after a pause it begins anew. Only the host's end ends it.</summary>
internal static class Loop
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static async Task KeepAsync(string name, Func<CancellationToken, Task> loop, ILogger log, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await loop(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError("{Loop} failed and begins anew in {Seconds} s ({Problem})", name, Pause.TotalSeconds, Trouble.Of(e));
                await Task.Delay(Pause, ct).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            catch (Exception)
            {
                // The host ends.
                return;
            }
        }
    }
}
