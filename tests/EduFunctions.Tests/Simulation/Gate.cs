using System.Text.RegularExpressions;

namespace EduFunctions.Tests.Simulation;

internal enum OperationKind
{
    Storage,
    Source,
    Target,
}

/// <summary>Something that a host wants of the world, and waits for.</summary>
/// <param name="Key">What it is; the same in every play of a seed.</param>
/// <param name="Number">In the order of asking; decides between two that ask the same.</param>
/// <param name="Perform">Does it, and tells how it came out; or, given an exception, tells that instead.</param>
/// <param name="Fail">Does nothing, and tells of the exception.</param>
/// <param name="IsAnswered">Whether nobody waits for it any more.</param>
internal sealed record Parked(
    SimulatedHost Host, OperationKind Kind, string Key, long Number, Action<Exception?> Perform, Action<Exception> Fail, Func<bool> IsAnswered)
{
    /// <summary>It is under way until then; null when it has not set out.</summary>
    public DateTimeOffset? Arrives { get; set; }

    /// <summary>The host stood still while it was to set out or under way.</summary>
    public bool IsStale { get; set; }
}

/// <summary>
/// Where all that hosts do to storage, sources and targets waits until it is let through: one at a time, and only when nobody computes any more, so that
/// the order is the simulation's alone, however many threads there are.
/// </summary>
internal sealed partial class Gate : IDisposable
{
    private const int Patience = 60_000;
    private const int LooksInARow = 40;

    private readonly Lock _lock = new();
    private readonly List<Parked> _parked = [];
    private readonly AutoResetEvent _asks = new(initialState: false);
    private long _asked;

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
            _parked.Add(new Parked(
                host, kind, Chance().Replace(key, "$1"), ++_asked, lost => Carry(done, act, lost), e => done.TrySetException(e), () => done.Task.IsCompleted));
        }

        _asks.Set();
        _ = done.Task.ContinueWith(_ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return done.Task;
    }

    private static void Carry<T>(TaskCompletionSource<T> done, Func<T> act, Exception? lost)
    {
        try
        {
            var result = act();
            _ = lost is null ? done.TrySetResult(result) : done.TrySetException(lost);
        }
        catch (Exception e)
        {
            done.TrySetException(e);
        }
    }

    /// <summary>All that waits, in an order that does not depend on who was quicker.</summary>
    public IReadOnlyList<Parked> Waiting()
    {
        lock (_lock)
        {
            return [.. _parked.OrderBy(parked => parked.Host.Number).ThenBy(parked => parked.Key, StringComparer.Ordinal).ThenBy(parked => parked.Number)];
        }
    }

    public void Take(Parked parked)
    {
        lock (_lock)
        {
            _parked.Remove(parked);
        }
    }

    /// <summary>A dead host's wishes are nobody's any more: they are never answered.</summary>
    public void Forget(SimulatedHost host)
    {
        lock (_lock)
        {
            _parked.RemoveAll(parked => parked.Host == host);
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
