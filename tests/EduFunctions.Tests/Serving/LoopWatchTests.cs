using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>A loop that is dead ends its host; one that only gets no answer does not.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LoopWatchTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 17, 30, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_ends_the_host_when_a_loop_does_not_even_try(bool isTrying)
    {
        var (beats, host) = (new Heartbeats(_time), new Lifetime());
        using var watch = new LoopWatch(beats, host, _time, NullLogger<LoopWatch>.Instance);
        beats.Expect("export");
        await watch.StartAsync(CancellationToken.None);

        for (var minutes = 0; minutes < 60 && watch.Death is null; minutes++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            if (isTrying)
            {
                beats.Try("export");
            }

            await Task.Delay(10);
        }

        Assert.Equal(!isTrying, watch.Death?.StartsWith("export have not even tried", StringComparison.Ordinal) == true);
        Assert.Equal(!isTrying, host.IsStopped);
        await watch.StopAsync(CancellationToken.None);
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public bool IsStopped { get; private set; }

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => IsStopped = true;
    }
}
