namespace EduFunctions.Tests.Harness;

/// <summary>A clock that skips pauses: whoever waits a minute or less goes on at once, and it is that much later. Longer ones are limits, and what comes back is a habit: they stay real.</summary>
public sealed class SkippingTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private long _skipped;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skipped;

    /// <summary>How much was skipped so far.</summary>
    public TimeSpan Skipped => TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

    /// <summary>Lets hours go by at once.</summary>
    public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime > LongestPause || period != Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Interlocked.Add(ref _skipped, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
