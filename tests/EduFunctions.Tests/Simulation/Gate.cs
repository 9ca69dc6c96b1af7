using System.Text.RegularExpressions;

namespace EduFunctions.Tests.Simulation;

/// <summary>
/// Where all that hosts do to storage, sources and targets waits until it is let through: one at a time, and only when nobody computes any more, so that
/// the order is the simulation's alone, however many threads there are.
/// </summary>
internal sealed partial class Gate : IDisposable
{
    private const int Patience = 60_000;
    private const int LooksInARow = 40;

    private readonly Lock _lock = new();
    private readonly List<Call> _calls = [];
    private readonly AutoResetEvent _asks = new(initialState: false);

    public Task<T> PerformAsync<T>(SimulatedHost host, OperationKind kind, string key, Func<T> act, CancellationToken ct)
    {
        // What comes of an answer is computed by the thread that lets it through: to wake another one for each would take longer than to compute it.
        var done = new TaskCompletionSource<T>();
        if (host.IsDead)
        {
            return done.Task;
        }

        var registration = ct.Register(() => done.TrySetCanceled(ct));
        lock (_lock)
        {
            _calls.Add(new Call(host, kind, Chance().Replace(key, "$1"), Errand.Number, Perform, e => Kept(() => done.TrySetException(e)), () => done.Task.IsCompleted));
        }

        _asks.Set();
        _ = done.Task.ContinueWith(_ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return done.Task;

        Action Perform(Exception? lost)
        {
            try
            {
                var result = act();
                return Kept(() => _ = lost is null ? done.TrySetResult(result) : done.TrySetException(lost));
            }
            catch (Exception e)
            {
                return Kept(() => done.TrySetException(e));
            }
        }

        // Whoever has been answered can no longer give up.
        Action Kept(Action tell)
        {
            registration.Dispose();
            return tell;
        }
    }

    /// <summary>All that waits, in an order that does not depend on who was quicker.</summary>
    public IReadOnlyList<Parked> Waiting()
    {
        lock (_lock)
        {
            return
            [
                .. _calls.GroupBy(call => (Host: call.Host.Number, call.Key, call.Errand, call.Arrives, call.IsStale, IsAnswered: call.IsAnswered()))
                    .OrderBy(alike => alike.Key.Host).ThenBy(alike => alike.Key.Key, StringComparer.Ordinal).ThenBy(alike => alike.Key.Errand)
                    .ThenBy(alike => alike.Key.Arrives).ThenBy(alike => alike.Key.IsStale).ThenBy(alike => alike.Key.IsAnswered)
                    .Select(alike => new Parked([.. alike])),
            ];
        }
    }

    public void Take(Parked parked)
    {
        lock (_lock)
        {
            _calls.RemoveAll(parked.Alike.Contains);
        }
    }

    /// <summary>A dead host's wishes are nobody's any more: they are never answered.</summary>
    public void Forget(SimulatedHost host)
    {
        lock (_lock)
        {
            _calls.RemoveAll(call => call.Host == host);
        }
    }

    /// <summary>Waits until no thread of the pool has anything to do: all that can be computed has been.</summary>
    public void Settle()
    {
        var (looks, began) = (0, Environment.TickCount64);
        while (ThreadPool.PendingWorkItemCount > 0 || IsBusy() || ThreadPool.PendingWorkItemCount > 0)
        {
            // Whoever has asked for something is mostly done a moment later; what is computed for longer needs the processor.
            if (looks++ % LooksInARow == 0)
            {
                _asks.WaitOne(1);
            }
            else
            {
                Thread.SpinWait(20);
            }

            if (Environment.TickCount64 - began > Patience)
            {
                throw new TimeoutException($"The pool never comes to rest, {ThreadPool.PendingWorkItemCount} pieces of work wait.");
            }
        }
    }

    public void Dispose() => _asks.Dispose();

    private static bool IsBusy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most > free;
    }

    /// <summary>The end of a run's name.</summary>
    [GeneratedRegex("([0-9]{8}T[0-9]{6}Z)-[0-9a-f]{4}")]
    internal static partial Regex Chance();
}
