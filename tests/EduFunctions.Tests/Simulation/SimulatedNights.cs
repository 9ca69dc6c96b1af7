using System.Text;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Tests.Simulation;

/// <summary>
/// Nights of several tenants on two hosts, in one process. What happens next, and what goes wrong, is drawn from one seed: the same seed gives the same
/// nights, operation by operation.
/// </summary>
internal sealed partial class SimulatedNights
{
    private const int MostTries = 5;
    private const int AtOnce = 2;
    private const int MostOperations = 60_000;
    private const string Tick = "tick";
    private const string Asked = "nights";

    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenCopies = TimeSpan.FromMinutes(10);

    private readonly Random _random;
    private readonly SimulatedQueue _queue;
    private readonly RecordWatch _watch;
    private readonly SimulatedHost[] _hosts;
    private readonly List<Step> _steps = [];
    private readonly List<(DateTimeOffset At, SortedDictionary<string, Harness.InMemoryBlob> Blobs)> _copies = [];
    private readonly List<string> _trace = [];
    private Misfortune _fortune;
    private int _made;
    private int _begun;

    public SimulatedNights(int seed, Misfortune fortune, SimulatedWorld world, int hosts)
    {
        (_random, _fortune, World) = (new Random(seed), fortune, world);
        _queue = new SimulatedQueue(world.Time);
        _watch = new RecordWatch(world.Account);
        _hosts = [.. Enumerable.Range(0, hosts).Select(_ => NewHost())];
        foreach (var tenant in world.Tenants)
        {
            world.Account.TryWrite($"tenants/{tenant}.json", Encoding.UTF8.GetBytes(world.TenantFile(tenant)), new Dictionary<string, string>(), null, ifNone: false);
        }
    }

    public SimulatedWorld World { get; }

    /// <summary>Everything that happened, without what is left to chance in the names of runs.</summary>
    public string Trace => string.Join('\n', _trace);

    public int Operations { get; private set; }

    /// <inheritdoc cref="RecordWatch"/>
    public IReadOnlyList<string> WentBack => _watch.Problems;

    /// <summary>How often each kind of misfortune came.</summary>
    public SortedDictionary<string, int> Happened { get; } = new(StringComparer.Ordinal);

    /// <summary>The nights, and as many quiet ones afterwards, in which an operator lets through whatever waits.</summary>
    public void Run(int quiet)
    {
        for (var night = 0; night < World.Nights; night++)
        {
            Expect(night);
        }

        Carry();
        Recover();
        for (var night = World.Night + 1; quiet > 0; night++, quiet--)
        {
            Expect(night);
            Carry();
            Approve();
        }

        if (WasRestored)
        {
            SendAgain();
        }
    }

    /// <summary>Only one night, with the registers as they are in the end.</summary>
    public void RunLast()
    {
        Expect(World.Nights - 1);
        Carry();
    }

    /// <summary>The timer will tick in that night, and somebody else's clock, too.</summary>
    private void Expect(int night)
    {
        for (var hour = 0; hour < 4; hour++)
        {
            _queue.Send(Tick, "", World.EveningOf(night).AddHours(hour));
        }

        _queue.Send(Asked, "", World.EveningOf(night).AddMinutes(_random.Next(0, 300)));
    }

    private void Carry()
    {
        while (true)
        {
            World.Gate.Settle();
            Finish();
            var parked = World.Gate.Waiting();
            var ready = parked.Where(wish => wish.Host.IsWell && !(wish.Arrives > World.Time.Now)).ToList();
            var visible = _queue.Visible;
            var free = _hosts.Where(host => host.IsWell && !host.Stopping.IsCancellationRequested && _steps.Count(step => step.Host == host) < AtOnce).ToList();
            var choices = ready.Count + (free.Count > 0 ? visible.Count : 0);
            if (choices > 0)
            {
                var choice = _random.Next(choices);
                if (choice < ready.Count)
                {
                    Let(ready[choice]);
                }
                else
                {
                    Deliver(visible[choice - ready.Count], free[_random.Next(free.Count)]);
                }
            }
            else if (_steps.Count == 0 && _queue.IsEmpty && parked.Count == 0)
            {
                return;
            }
            else if (NextMoment(parked) is { } moment)
            {
                MoveTo(moment);
            }
            else
            {
                throw new InvalidOperationException($"Nothing moves any more: {string.Join(", ", _steps.Select(step => step.Message))}");
            }
        }
    }

    private DateTimeOffset? NextMoment(IEnumerable<Parked> parked) => new[]
    {
        _queue.Next, _hosts.Min(host => host.Frozen), World.Time.Due, parked.Where(wish => wish.Host.IsWell).Min(wish => wish.Arrives),
    }.Where(moment => moment is not null).Min();

    private void MoveTo(DateTimeOffset moment)
    {
        if (_fortune.Restores && (_copies.Count == 0 || _copies[^1].At + BetweenCopies <= World.Time.Now))
        {
            _copies.RemoveAll(copy => copy.At < World.Time.Now.AddHours(-2));
            _copies.Add((World.Time.Now, World.Account.Copy()));
        }

        World.Time.MoveTo(moment);
        _hosts.Where(host => host.Frozen <= World.Time.Now).ToList().ForEach(Wake);
    }

    private void Deliver(SimulatedMessage message, SimulatedHost host)
    {
        message.Tries++;
        message.Visible = null;
        Note($"host {host.Number} takes {message} try {message.Tries}");
        if (message is { MayDouble: true, Tries: 1 } && Happens(_fortune.Duplicate, "duplicate message"))
        {
            _queue.Send(message.Queue, message.Text, World.Time.Now.AddSeconds(_random.Next(0, 600)));
        }

        _steps.Add(new Step(host, message, message.Tries, Errand.Begin(++_begun, () => WorkAsync(host.Pipeline, message, host.Stopping.Token))));
    }

    private static async Task<NextMessages> WorkAsync(RosterPipeline pipeline, SimulatedMessage message, CancellationToken ct)
    {
        switch (message.Queue)
        {
            case Tick:
                return await pipeline.StartNightAsync(ct);
            case Asked:
                return NextMessages.All((await pipeline.StartNightsAsync(resume: false, ct)).Select(run => run.Next));
            case Queues.Extract:
                return await pipeline.ReceiveAsync<ExtractMessage>(message.Queue, message.Text, pipeline.ExtractAsync, ct);
            case Queues.Transform:
                return await pipeline.ReceiveAsync<TransformMessage>(message.Queue, message.Text, pipeline.TransformAsync, ct);
            case Queues.Export:
                return await pipeline.ReceiveAsync<ExportMessage>(message.Queue, message.Text, pipeline.ExportAsync, ct);
            default:
                await pipeline.PoisonAsync(message.Queue.Replace(Queues.PoisonSuffix, "", StringComparison.Ordinal), message.Text, ct);
                return NextMessages.None;
        }
    }

    /// <summary>What hosts do when a stage has ended: what comes next is queued, then the message is taken away; one that failed comes back, or is poison.</summary>
    private void Finish()
    {
        foreach (var step in _steps.Where(step => step.Host.IsWell && step.Work.IsCompleted).ToList())
        {
            _steps.Remove(step);
            Note($"host {step.Host.Number} ends {step.Message}: {step.Failure?.GetType().Name ?? "good"}");
            Finish(step);
        }

        foreach (var host in _hosts.Where(host => host.Stopping.IsCancellationRequested && host.IsWell && _steps.All(step => step.Host != host)).ToList())
        {
            Kill(host);
        }
    }

    private void Finish(Step step)
    {
        var (isGood, isStage) = (step.Work.IsCompletedSuccessfully, Queues.All.Contains(step.Message.Queue));
        if (isGood)
        {
            Send(step.Message, step.Work.Result);
        }
        else if (step.Host.Stopping.IsCancellationRequested && isStage)
        {
            throw new InvalidOperationException($"A host that was taken away has failed on {step.Message}: {step.Failure!.Message}");
        }

        if (!_queue.Has(step.Message) || step.Message.Tries != step.Try)
        {
            // Somebody else has taken it meanwhile.
            return;
        }

        var isPoison = !isGood && step.Try >= MostTries && isStage;
        if (isPoison)
        {
            _queue.Send(step.Message.Queue + Queues.PoisonSuffix, step.Message.Text);
            Count("poison");
        }

        if (isGood || isPoison)
        {
            _queue.Delete(step.Message);
        }
        else
        {
            step.Message.Visible = World.Time.Now + RetryAfter;
        }
    }

    private void Send(SimulatedMessage done, NextMessages next)
    {
        foreach (var (queue, text) in next.Extract.Select(message => (Queues.Extract, MessageText.Of(message)))
            .Concat(next.Transform.Select(message => (Queues.Transform, MessageText.Of(message))))
            .Concat(next.Export.Select(message => (Queues.Export, MessageText.Of(message)))))
        {
            // Who found another at work has waited for a while.
            _queue.Send(queue, text, text == done.Text ? World.Time.Now.AddSeconds(5) : null);
        }
    }

    private SimulatedHost NewHost() => new(++_made, World);

    private void Note(string what) => _trace.Add(Gate.Chance().Replace($"{World.Time.Now:dd HH:mm:ss.fff} {what}", "$1"));

    /// <param name="Try">How often the message had been taken then: whoever takes it later has it.</param>
    private sealed record Step(SimulatedHost Host, SimulatedMessage Message, int Try, Task<NextMessages> Work)
    {
        public Exception? Failure => Work.IsCanceled ? new TaskCanceledException(Work) : Work.Exception?.InnerException;
    }
}
