using System.Collections.Concurrent;
using System.Net;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>A stage in whose midst another host has gone on: what is kept from night to night is no longer its own to write.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class OvertakenStagesTests : IDisposable
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 30));
    private readonly InMemoryGround _ground;
    private readonly JumpingTime _time = new();
    private readonly ConcurrentQueue<string> _afterwards = [];
    private Predicate<string> _isMoment = _ => false;
    private Func<string, Task> _happens = _ => Task.CompletedTask;
    private Action _then = () => { };
    private bool _hasHappened;
    private HttpStatusCode? _answer;

    public OvertakenStagesTests() => _ground = new InMemoryGround(CarryAsync);

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("a page is stored", "/persons/", "/manifest.json")]
    [InlineData("the pull is read", "GET snapshots/", "/memory.bin")]
    [InlineData("the plan is written", "/plan.json", "/pull.json")]
    public async Task A_run_that_a_later_one_has_overtaken_leaves_nothing_for_the_next_night(string moment, string asked, string never)
    {
        var (isPulled, isWriting) = (false, !asked.StartsWith("GET", StringComparison.Ordinal));
        _isMoment = key =>
        {
            isPulled |= IsPut(key) && key.EndsWith("/manifest.json", StringComparison.Ordinal);
            return key.Contains(asked, StringComparison.Ordinal) && (isWriting ? IsPut(key) : isPulled);
        };
        _happens = OvertakeAsync;

        var night = await RunAsync();

        Assert.True(_hasHappened, $"There was no moment at which {moment}.");
        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.NotNull(night.Run.Finished);
        Assert.DoesNotContain(_afterwards, key => key.Contains(never, StringComparison.Ordinal));
        Assert.Contains(night.LogLines, line => line.Contains("Nothing more is done here.", StringComparison.Ordinal));
    }

    /// <summary>The host that has begun the later run knew nothing of this one, and has not given it up.</summary>
    [Fact]
    public async Task A_run_that_a_later_one_has_overtaken_ends_and_says_by_which()
    {
        _isMoment = key => IsPut(key) && key.EndsWith("/manifest.json", StringComparison.Ordinal);
        _happens = key => _ground.Blobs.WriteAsync(
            Containers.State, $"{Name(key).Split('/')[0]}/active.json", """{"run":"20260901T180000Z-later","number":7}"""u8.ToArray(), CancellationToken.None);

        var night = await RunAsync();

        Assert.Equal((RunState.Failed, "Run 20260901T180000Z-later, which began later, took the place of this run."), (night.Run.State, night.Run.StateReason));
        Assert.NotNull(night.Run.Finished);
    }

    /// <summary>Two look at a run that was begun and not saved; one stands still, and the other has saved it meanwhile and gone on.</summary>
    [Fact]
    public async Task A_run_that_was_saved_meanwhile_is_joined_and_not_overtaken()
    {
        var (tenant, store) = ("nordhamn", new RunStore(_ground.Blobs, new Discretion(), TimeProvider.System));
        var run = new RunRecord
        {
            Tenant = tenant,
            Run = "20260901T180000Z-0000",
            Trigger = RunTrigger.Nightly,
            Date = Night.Today,
            State = RunState.Queued,
            Started = DateTimeOffset.UtcNow,
            Configuration = "",
            Feeds = [],
        };
        var (begun, _) = await store.BeginAsync(run, newest: null, CancellationToken.None);
        await _ground.Blobs.DeleteAsync(Containers.Runs, $"{tenant}/{begun.Run}.json", CancellationToken.None);
        _isMoment = key => key.StartsWith("GET snapshots list", StringComparison.Ordinal);
        _happens = async _ =>
        {
            await store.SaveAsync(begun, CancellationToken.None);
            await _ground.Blobs.WriteAsync(Containers.Snapshots, $"{tenant}/{begun.Run}/manifest.json", "{}"u8.ToArray(), CancellationToken.None);
        };

        var late = new RunStore(new BlobStorage(_ground.Open()), new Discretion(), TimeProvider.System);
        var (joined, isNew) = await late.BeginAsync(begun with { Run = "20260901T180030Z-0000" }, newest: null, CancellationToken.None);

        Assert.True(_hasHappened);
        Assert.Equal((begun.Run, false), (joined.Run, isNew));
    }

    /// <summary>Whoever has the turn by then has written the same blob.</summary>
    [Theory]
    [InlineData("/plan.json")]
    [InlineData("/pull.json")]
    [InlineData("/receipt.json")]
    [InlineData("/delivered.json")]
    [InlineData(".zip")]
    public async Task A_write_that_was_on_its_way_when_the_turn_was_lost_lies_over_nothing(string name)
    {
        _isMoment = key => IsPut(key) && key.EndsWith(name, StringComparison.Ordinal);
        _happens = async key =>
        {
            var path = key["PUT ".Length..];
            await _ground.Blobs.WriteAsync(path.Split('/')[0], Name(path), "another's"u8.ToArray(), CancellationToken.None);
            LoseTurns();
        };

        await RunAsync();

        Assert.True(_hasHappened, $"{name} was not written.");
        Assert.True(_answer is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed, $"{_answer}");
    }

    [Fact]
    public async Task An_export_whose_turn_was_lost_at_its_end_says_nothing_of_what_was_delivered_last()
    {
        _isMoment = key => IsPut(key) && key.EndsWith("/receipt.json", StringComparison.Ordinal) && _ground.HasReceived;
        _then = LoseTurns;

        await RunAsync();

        Assert.True(_hasHappened);
        var outOfTurn = _afterwards.TakeWhile(key => !key.EndsWith(" acquire", StringComparison.Ordinal)).ToList();
        Assert.True(outOfTurn.Count < _afterwards.Count);
        Assert.DoesNotContain(outOfTurn, key => key.Contains("/delivered.json", StringComparison.Ordinal) || key.Contains("/seal.jsonl", StringComparison.Ordinal));
    }

    private Task<NightResult> RunAsync() =>
        new Night(_ground, _town).Registering(services => services.AddSingleton<TimeProvider>(_time)).RunAsync();

    private async Task<HttpResponseMessage> CarryAsync(string key, Func<HttpResponseMessage> carryOut, CancellationToken ct)
    {
        if (_hasHappened && IsPut(key))
        {
            _afterwards.Enqueue(key);
        }
        else if (!_hasHappened && _isMoment(key))
        {
            _hasHappened = true;
            await _happens(key);
            var answer = carryOut();
            _answer = answer.StatusCode;
            _then();
            return answer;
        }

        return carryOut();
    }

    /// <summary>Another host gives the run up and begins the next.</summary>
    private async Task OvertakeAsync(string key)
    {
        var tenant = Name(key).Split('/')[0];
        var store = new RunStore(_ground.Blobs, new Discretion(), TimeProvider.System);
        var run = (await store.FindAsync(tenant, (await store.FindNewestAsync(tenant, CancellationToken.None))!, CancellationToken.None))!;
        await store.GiveUpAsync(run, "It stands still.", CancellationToken.None);
        await store.BeginAsync(run with { Run = $"{run.Run}x", State = RunState.Queued }, newest: null, CancellationToken.None);
    }

    /// <summary>A lease's length goes by, in which nobody has renewed it.</summary>
    private void LoseTurns()
    {
        _time.Jump(Lease.Length);
        _ground.EndLeases();
    }

    private static bool IsPut(string key) => key.StartsWith("PUT", StringComparison.Ordinal);

    private static string Name(string path) => path.Split('/', 2)[1];

    private sealed class JumpingTime : TimeProvider
    {
        private long _jumped;

        public void Jump(TimeSpan time) => Interlocked.Add(ref _jumped, time.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _jumped));

        public override long GetTimestamp() => base.GetTimestamp() + (Interlocked.Read(ref _jumped) * TimestampFrequency / TimeSpan.TicksPerSecond);
    }
}
