namespace EduFunctions.Tests.Simulation;

/// <summary>The time of the world: it stands until it is moved on, and then wakes those who wait, in the order of time.</summary>
internal sealed class VirtualTime(DateTimeOffset begins)
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = begins;

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

    /// <summary>
    /// Moves on, at most to the first that waits, and wakes it. Several clocks are due at one moment where a host wakes up; which of them was wound up first is
    /// chance, so that they go by the piece of work that waits. What one and the same piece of work waits for wakes together.
    /// </summary>
    public void MoveTo(DateTimeOffset moment)
    {
        List<Timer> woken;
        lock (_gate)
        {
            woken = _timers.Where(timer => timer.Host.IsWell && timer.Due <= moment).GroupBy(timer => (timer.Due, Host: timer.Host.Number, timer.Errand))
                .MinBy(alike => alike.Key)?.ToList() ?? [];
            var next = woken.Count > 0 ? woken[0].Due : moment;
            _now = next > _now ? next : _now;
            _timers.RemoveAll(timer => woken.Contains(timer) && !timer.TryRepeat(_now));
        }

        // Whoever is woken goes on on the pool, as everybody does.
        woken.ForEach(timer => ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), timer, preferLocal: false));
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
            var timer = new Timer(time, host, () => callback(state), Errand.Number);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class Timer(VirtualTime time, SimulatedHost host, Action fire, int errand) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public SimulatedHost Host => host;

        public DateTimeOffset Due { get; private set; }

        public int Errand => errand;

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
