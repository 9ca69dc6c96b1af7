namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>The right to work, of whoever asked for it. Calls to others go through <see cref="WaitAsync{T}"/>, which lends it while they last.</summary>
public sealed class WorkSlot : IDisposable
{
    /// <summary>A call that is answered sooner is work: to lend the slot for it would only let more begin at once than is good.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly AsyncLocal<WorkSlot?> Mine = new();

    private readonly Lock _gate = new();
    private readonly WorkSlots _slots;
    private readonly string _tenant;
    private readonly TimeProvider _time;
    private int _long;

    internal WorkSlot(WorkSlots slots, string tenant, TimeProvider time)
    {
        _slots = slots;
        _tenant = tenant;
        _time = time;
    }

    /// <summary>Does work that holds this slot.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        Mine.Value = this;
        return await work();
    }

    /// <summary>Waits for somebody else. Where nobody counts what is worked on, it only waits.</summary>
    public static async Task<T> WaitAsync<T>(Func<Task<T>> call)
    {
        if (Mine.Value is not { } slot)
        {
            return await call();
        }

        var wait = new Wait(slot);
        await using var grace = slot._time.CreateTimer(_ => wait.Lend(), null, Grace, Timeout.InfiniteTimeSpan);
        try
        {
            return await call();
        }
        finally
        {
            wait.End();
        }
    }

    public void Dispose() => _slots.Return(_tenant);

    /// <summary>Several may wait at once with the same slot; it is lent while at least one of them has for long.</summary>
    private void Change(int by)
    {
        lock (_gate)
        {
            var before = _long;
            _long += by;
            if (before == 0)
            {
                _slots.Lend();
            }
            else if (_long == 0)
            {
                _slots.TakeBack();
            }
        }
    }

    private sealed class Wait(WorkSlot slot)
    {
        private readonly Lock _once = new();
        private bool _isLent;
        private bool _isOver;

        public void Lend()
        {
            lock (_once)
            {
                if (!_isOver)
                {
                    _isLent = true;
                    slot.Change(1);
                }
            }
        }

        public void End()
        {
            lock (_once)
            {
                _isOver = true;
                if (_isLent)
                {
                    slot.Change(-1);
                }
            }
        }
    }
}
