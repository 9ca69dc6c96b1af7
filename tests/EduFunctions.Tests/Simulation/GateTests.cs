using System.Threading.Channels;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Simulation;

/// <summary>What waits at one moment is put in order by who waits: a seed whose threads were quicker or slower gives the same nights.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class GateTests : IDisposable
{
    private const string Renewal = "PUT state/tenant0/run.turn lease  renew";

    private readonly SimulatedWorld _world = new(seed: 1, nights: 2, tenants: 1);
    private readonly SimulatedHost _host;
    private readonly List<string> _happened = [];

    public GateTests() => _host = new SimulatedHost(1, _world);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Of_two_that_ask_the_same_the_work_that_began_first_comes_first_however_late_it_asks()
    {
        await AskAsync(2);
        await AskAsync(1);

        Assert.Equal([1, 2], _world.Gate.Waiting().Select(parked => Assert.Single(parked.Alike).Errand));
    }

    [Fact]
    public async Task What_one_piece_of_work_asks_for_alike_has_one_fate_though_the_first_to_hear_of_it_gives_up_the_others()
    {
        using var others = new CancellationTokenSource();
        await AskAsync(1, others.Cancel, others.Token);
        await AskAsync(1, others.Cancel, others.Token);

        var parked = Assert.Single(_world.Gate.Waiting());
        parked.Perform(lost: null);

        Assert.Equal(["done", "done", "told RanToCompletion", "told RanToCompletion"], _happened);
    }

    [Fact]
    public async Task Clocks_that_are_due_at_one_moment_wake_one_piece_of_work_after_the_other()
    {
        var (woken, wait) = (Channel.CreateUnbounded<int>(), TimeSpan.FromSeconds(5));
        foreach (var errand in new[] { 3, 1, 2, 1 })
        {
            await Errand.Begin(
                errand, () => Task.FromResult(_host.Clock.CreateTimer(_ => woken.Writer.TryWrite(errand), null, wait, Timeout.InfiniteTimeSpan)));
        }

        Assert.Equal("1 1", await NextAsync(2));
        Assert.Equal("2", await NextAsync(1));
        Assert.Equal("3", await NextAsync(1));
        Assert.Null(_world.Time.Due);

        async Task<string> NextAsync(int number)
        {
            _world.Time.MoveTo(_world.Time.Due!.Value);
            return string.Join(' ', await woken.Reader.ReadAllAsync().Take(number).ToArrayAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }
    }

    /// <summary>A thread of that piece of work, which asks for something and then does that.</summary>
    private Task<bool> AskAsync(int errand, Action? then = null, CancellationToken ct = default)
    {
        return Errand.Begin(errand, () =>
        {
            _ = HearAsync(_world.Gate.PerformAsync(_host, OperationKind.Storage, Renewal, Do, ct));
            return Task.FromResult(true);
        });

        bool Do()
        {
            _happened.Add("done");
            return true;
        }

        async Task HearAsync(Task asked)
        {
            await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _happened.Add($"told {asked.Status}");
            then?.Invoke();
        }
    }
}
