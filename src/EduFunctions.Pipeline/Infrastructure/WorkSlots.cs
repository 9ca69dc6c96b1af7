namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>
/// How much a host works on at once. Slots are given to tenants in turn, and one whose holder only waits for somebody else's answer is lent to the next:
/// neighbours that never answer cost nobody but themselves.
/// </summary>
public sealed class WorkSlots(int most, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiting = [];
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _served = new(StringComparer.Ordinal);
    private int _busy;
    private int _lent;
    private long _turn;

    /// <summary>How many are lent, so that as many more may be at work.</summary>
    public int Lent
    {
        get
        {
            lock (_gate)
            {
                return _lent;
            }
        }
    }

    /// <summary>Waits for a slot, which is the caller's until it is disposed of.</summary>
    public async Task<WorkSlot> TakeAsync(string tenant, CancellationToken ct)
    {
        var waiter = new Waiter(tenant);
        lock (_gate)
        {
            _waiting.Add(waiter);
            Give();
        }

        await using var cancelled = ct.Register(() => Forget(waiter, ct));
        await waiter.Given.Task;
        return new WorkSlot(this, tenant, time);
    }

    internal void Lend()
    {
        lock (_gate)
        {
            _busy--;
            _lent++;
            Give();
        }
    }

    /// <summary>At once, and if need be one too many: the work is under way, and what is under way is not stopped.</summary>
    internal void TakeBack()
    {
        lock (_gate)
        {
            _busy++;
            _lent--;
        }
    }

    internal void Return(string tenant)
    {
        lock (_gate)
        {
            _busy--;
            _taken[tenant]--;
            Give();
        }
    }

    private void Forget(Waiter waiter, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_waiting.Remove(waiter))
            {
                waiter.Given.SetCanceled(ct);
            }
        }
    }

    /// <summary>To the tenant that holds fewest; of several, to the one that was served longest ago.</summary>
    private void Give()
    {
        while (_busy < most && _waiting.Count > 0)
        {
            var next = _waiting.MinBy(waiter => (_taken.GetValueOrDefault(waiter.Tenant), _served.GetValueOrDefault(waiter.Tenant)))!;
            _waiting.Remove(next);
            _taken[next.Tenant] = _taken.GetValueOrDefault(next.Tenant) + 1;
            _served[next.Tenant] = ++_turn;
            _busy++;
            next.Given.SetResult();
        }
    }

    private sealed class Waiter(string tenant)
    {
        public string Tenant => tenant;

        public TaskCompletionSource Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
