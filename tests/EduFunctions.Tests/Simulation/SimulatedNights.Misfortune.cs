namespace EduFunctions.Tests.Simulation;

/// <summary>What goes wrong.</summary>
internal sealed partial class SimulatedNights
{
    /// <summary>Whoever waits for an answer from outside does not wait for longer, and a connection is not kept open for longer.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Mostly for less than a night; the last is longer than a day.</summary>
    private static readonly int[] FrozenSeconds = [8, 8, 20, 20, 90, 90, 600, 600, 4200, 4200, 90_000];

    private static readonly int[] LateSeconds = [2, 8, 25, 70];

    public bool WasRestored { get; private set; }

    /// <summary>Before what the host stood still that was to, at that operation; null when it never came.</summary>
    public string? Met { get; private set; }

    private void Let(Parked parked)
    {
        if (++Operations > MostOperations)
        {
            throw new InvalidOperationException("The nights do not come to an end.");
        }

        var host = parked.Host;
        if (Happens(_fortune.Kill, "killed host"))
        {
            Note($"host {host.Number} dies before {parked.Key}");
            Kill(host);
        }
        else if (!host.Stopping.IsCancellationRequested && Happens(_fortune.TakeAway, "host taken away"))
        {
            Note($"host {host.Number} is told to end before {parked.Key}");
            host.Stopping.Cancel();
        }
        else if (Happens(_fortune.Freeze, "frozen host"))
        {
            Note($"host {host.Number} freezes before {parked.Key}");
            Freeze(host, FrozenSeconds[_random.Next(FrozenSeconds.Length)]);
        }
        else if (_fortune.FreezeAt is var (operation, seconds) && operation == Operations)
        {
            Note($"host {host.Number} freezes before {parked.Key}");
            Met = parked.Key;
            Freeze(host, seconds);
        }
        else if (parked.Arrives is null && Happens(_fortune.Delay, "delay"))
        {
            parked.Arrives = World.Time.Now.AddSeconds(LateSeconds[_random.Next(LateSeconds.Length)]);
            Note($"host {host.Number} {parked.Key}: comes late");
        }
        else
        {
            Disturb();
            World.Gate.Take(parked);
            Carry(parked);
            if (parked.Key.Split(' ') is ["PUT", var path, ..])
            {
                _watch.Look(path);
            }
        }
    }

    private void Disturb()
    {
        if (Happens(_fortune.LostLease, "lost lease"))
        {
            Note("a lease is lost");
            World.Account.BreakLease(_random.Next(100));
        }

        if (_fortune.Restores && !WasRestored && World.Night > 0 && _random.Next(400) == 0)
        {
            WasRestored = true;
            Count("restored storage");
            Note("the storage is as it was an hour ago");
            _watch.Forget();
            World.Account.Restore(_copies.LastOrDefault(copy => copy.At <= World.Time.Now.AddHours(-1)).Blobs ?? _copies[0].Blobs);
        }
    }

    private void Carry(Parked parked)
    {
        var isOutside = parked.Kind != OperationKind.Storage;
        Exception broken = isOutside ? new IOException("The connection was reset.") : new HttpRequestException("The connection was reset.", new IOException());
        var what = $"host {parked.Host.Number} {parked.Key}";
        if (parked.IsAnswered && _random.Next(2) == 0)
        {
            Note($"{what}: was given up in time");
        }
        else if ((isOutside && parked.IsStale) || Happens(isOutside ? _fortune.Outside : _fortune.Reset, $"reset {parked.Kind}"))
        {
            Note($"{what}: reset");
            parked.Fail(broken);
        }
        else if (Happens(isOutside ? _fortune.Outside : _fortune.LostAnswer, $"lost answer {parked.Kind}"))
        {
            Note($"{what}: answer lost");
            parked.Perform(broken);
        }
        else if (parked.Kind == OperationKind.Target && Happens(_fortune.Outside, "cut"))
        {
            Note($"{what}: cut");
            World.Cut = _random.Next(400);
            parked.Perform(broken);
            World.Cut = null;
        }
        else
        {
            Note(what);
            parked.Perform(null);
        }
    }

    /// <summary>It never does anything any more, and another one is started in its place.</summary>
    private void Kill(SimulatedHost host)
    {
        host.IsDead = true;
        World.Gate.Forget(host);
        World.Time.Forget(host);
        Abandon(host);
        _steps.RemoveAll(step => step.Host == host);
        _hosts[Array.IndexOf(_hosts, host)] = NewHost();
    }

    private void Freeze(SimulatedHost host, int seconds)
    {
        host.Frozen = World.Time.Now.AddSeconds(seconds);
        host.FrozenSince = World.Time.Now;
        Abandon(host);
    }

    private void Wake(SimulatedHost host)
    {
        Note($"host {host.Number} wakes up");
        host.Frozen = null;
        foreach (var parked in World.Gate.Waiting().Where(parked => parked.Host == host))
        {
            parked.IsStale = World.Time.Now - host.FrozenSince >= Silence;
        }

        foreach (var step in _steps.Where(step => step.Host == host && step.Message.Tries == step.Try))
        {
            step.Message.Visible = null;
        }
    }

    /// <summary>Nobody keeps its messages hidden any more.</summary>
    private void Abandon(SimulatedHost host)
    {
        foreach (var step in _steps.Where(step => step.Host == host && step.Message.Tries == step.Try))
        {
            step.Message.Visible = World.Time.Now + Hidden;
        }
    }

    /// <summary>From now on nothing goes wrong, on new hosts.</summary>
    private void Recover()
    {
        _fortune = Misfortune.None;
        _hosts.ToList().ForEach(Kill);
    }

    private bool Happens(int perMille, string what)
    {
        if (perMille == 0 || _random.Next(1000) >= perMille)
        {
            return false;
        }

        Count(what);
        return true;
    }

    private void Count(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;
}
