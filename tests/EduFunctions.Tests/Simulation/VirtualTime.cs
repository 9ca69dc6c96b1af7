namespace EduFunctions.Tests.Simulation;

/// <summary>The time of the world: it stands until it is moved on, and then wakes one who waits, in the order of time.</summary>
internal sealed class VirtualTime(DateTimeOffset begins)
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = begins;
    private long _made;

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>When the next one that waits is due; null when nobody waits. A host that stands still hears no clock.</summary>
    public DateTimeOffset? Due
    {
        get
        {
            lock (_gate)
            {
                var due = _timers.Where(timer => timer.Host.IsWell).Select(timer => (DateTimeOffset?)timer.Due).Min();
                return due < _now ? _now : due;
            }
        }
    }

    /// <summary>The clock of one host.</summary>
    public TimeProvider ClockOf(SimulatedHost host) => new Clock(this, host);

    /// <summary>Moves on, at most to the first that waits, and wakes it.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        Timer? woken;
        lock (_gate)
        {
            woken = _timers.Where(timer => timer.Host.IsWell && timer.Due <= moment)
                .OrderBy(timer => timer.Due).ThenBy(timer => timer.Host.Number).ThenBy(timer => timer.Number).FirstOrDefault();
            var next = woken?.Due ?? moment;
            _now = next > _now ? next : _now;
            if (woken is not null && !woken.TryRepeat(_now))
            {
                _timers.Remove(woken);
            }
        }

        // Whoever is woken goes on on the pool, as everybody does.
        if (woken is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), woken, preferLocal: false);
        }
    }

    public void Forget(SimulatedHost host)
    {
        lock (_gate)
        {
            _timers.RemoveAll(timer => timer.Host == host);
        }
    }

    private sealed class Clock(VirtualTime time, SimulatedHost host) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => time.Now;

        public override long GetTimestamp() => time.Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(time, host, () => callback(state), Interlocked.Increment(ref time._made));
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class Timer(VirtualTime time, SimulatedHost host, Action fire, long number) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public SimulatedHost Host => host;

        public DateTimeOffset Due { get; private set; }

        public long Number => number;

        public void Fire() => fire();

        public bool TryRepeat(DateTimeOffset now)
        {
            Due = _period > TimeSpan.Zero ? now + _period : Due;
            return _period > TimeSpan.Zero;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan && !host.IsDead)
                {
                    (Due, _period) = (time._now + dueTime, period);
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
