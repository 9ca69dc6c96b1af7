using System.Collections.Concurrent;

namespace EduFunctions.FunctionsHost.Workers;

/// <summary>Keeps a worker alive: when one ends without having been asked to, another is started.</summary>
internal sealed class WorkerKeeper(
    HostOptions options, Uri address, ConcurrentDictionary<string, WorkerStream> streams, Action<string> log) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private volatile TaskCompletionSource<Worker> _current = New();
    private Task _keeping = Task.CompletedTask;

    /// <summary>The worker that is there, or the next one as soon as it is.</summary>
    public Task<Worker> CurrentAsync(CancellationToken ct) => _current.Task.WaitAsync(ct);

    public async Task<Worker> StartAsync(CancellationToken ct)
    {
        var worker = await Worker.StartAsync(options, address, streams, log, ct);
        _current.SetResult(worker);
        _keeping = KeepAsync(worker);
        return worker;
    }

    public async Task StopAsync(TimeSpan grace)
    {
        await _stopping.CancelAsync();
        await _keeping;
        if (_current.Task is { IsCompletedSuccessfully: true, Result: var worker })
        {
            await worker.StopAsync(grace);
            worker.Dispose();
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task KeepAsync(Worker worker)
    {
        var stopping = Task.Delay(Timeout.Infinite, _stopping.Token);
        while (await Task.WhenAny(worker.Ended, stopping) != stopping)
        {
            var next = New();
            _current = next;
            log($"Worker {worker.Process.Id} has ended; another is started.");
            try
            {
                worker.Dispose();
                worker = await Worker.StartAsync(options, address, streams, log, _stopping.Token);
                next.SetResult(worker);
            }
            catch (Exception e)
            {
                // Whoever waits for a worker is told that there will be none.
                log($"No other worker starts: {e}");
                next.SetException(e);
                return;
            }
        }
    }

    private static TaskCompletionSource<Worker> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
