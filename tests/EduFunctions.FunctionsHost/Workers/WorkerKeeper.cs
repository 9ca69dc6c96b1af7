using System.Collections.Concurrent;

namespace EduFunctions.FunctionsHost.Workers;

/// <summary>Keeps a worker alive: when one ends without having been asked to, another is started.</summary>
internal sealed class WorkerKeeper(
    HostOptions options, Uri address, ConcurrentDictionary<string, WorkerStream> streams, Action<string> log) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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
            worker.Dispose();
            if (await TryStartAsync() is not { } started)
            {
                next.SetException(new InvalidOperationException("There is no worker any more."));
                return;
            }

            worker = started;
            next.SetResult(worker);
        }
    }

    /// <summary>As long as nobody stops it: whoever waits for a worker has a message in hand.</summary>
    private async Task<Worker?> TryStartAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                return await Worker.StartAsync(options, address, streams, log, _stopping.Token);
            }
            catch (Exception e)
            {
                log($"No other worker starts, it is tried again: {e.Message}");
                await Task.WhenAny(Task.Delay(Pause, _stopping.Token));
            }
        }

        return null;
    }

    private static TaskCompletionSource<Worker> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
