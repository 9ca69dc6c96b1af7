using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>
/// One seed's nights. A naive oracle of its own knows who must not be seen; every byte that leaves, or is kept for people to read, is searched for every
/// value that person ever had.
/// </summary>
internal sealed class MemoryNights
{
    private const int NightsOfSeed = 6;
    private const int MostWritesOfRun = 150;

    private static readonly string[] Mishaps = ["none", "none", "targets", "pull", "baseline", "dry", "resend", "memory"];

    private readonly INightGround _ground;
    private readonly TargetNights _nights;
    private readonly Random _random;
    private readonly RandomRegister _register;
    private readonly MemoryOracle _oracle;
    private readonly Mischance _mischance;
    private readonly Action<string> _tell;
    private readonly List<string> _runs = [];
    private readonly List<Queued> _late = [];

    private MemoryNights(INightGround ground, TargetNights nights, int seed, bool isHostile, Action<string> tell)
    {
        (_ground, _nights, _tell) = (ground, nights, tell);
        _random = new Random(seed);
        _register = new RandomRegister(_random);
        _oracle = new MemoryOracle(_register);
        _mischance = new Mischance(seed, isHostile);
        nights.Overrides["guard"] = JsonNode.Parse(_mischance.Guard);
    }

    /// <param name="isHostile">Whether runs are killed as well, and the guard holds what operators then approve or refuse.</param>
    public static async Task PlayAsync(INightGround ground, int seed, bool isHostile, Action<string> tell)
    {
        await using var nights = await TargetNights.StartAsync(ground);
        await new MemoryNights(ground, nights, seed, isHostile, line => tell($"seed {seed} {line}")).PlayAsync();
    }

    private async Task PlayAsync()
    {
        for (var night = 0; night < NightsOfSeed; night++)
        {
            _register.Change();
            var mishap = night == 0 ? "none" : Mishaps[_random.Next(Mishaps.Length)];
            mishap = mishap == "none" && night > 0 && _mischance.IsRespelled() ? "spelling" : mishap;
            await NightAsync($"night {night}: {mishap}", mishap);
        }

        _nights.Learn.Habits.Fault = (_, _) => null;
        var last = await QuietNightsAsync();
        var replayed = string.Concat((await _nights.Next(_register.Write()).ReplayAsync(_runs[0])).Values);
        Assert.All(_oracle.Protected().SelectMany(human => human.Values), value => Assert.DoesNotContain(value, replayed, StringComparison.OrdinalIgnoreCase));
        _nights.AssertGone([.. _oracle.Hidden().SelectMany(human => human.Labels)]);
        if (last.State == RunState.Delivered)
        {
            Assert.All(_oracle.Seen(), human => Assert.Contains(Ids.Of(human.Records[0]), _nights.Learn.State.Enabled("person")));
        }
    }

    /// <summary>Nothing changes any more, and whatever is held is approved: in the end everybody is there who may be.</summary>
    private async Task<RunRecord> QuietNightsAsync()
    {
        RunRecord? last = null;
        for (var night = 0; night < 2 || (night < NightsOfSeed && last!.State != RunState.Delivered); night++)
        {
            last = (await NightAsync($"quiet night {night}", "none")).Run;
            if (last.State == RunState.Held)
            {
                await ApproveAsync(last);
            }
        }

        return last!;
    }

    private async Task<NightResult> NightAsync(string when, string mishap)
    {
        var school = mishap == "spelling" ? _register.WriteRespelled() : _register.Write();
        var parts = await CarryAsync(school, mishap);
        var run = parts[^1].Night.Run;
        _runs.Add(run.Run);
        var seen = new SeenNight(
            mishap != "resend" && run.Counts is not null, IsKept: mishap != "dry", IsBroken: mishap is "pull" or "spelling", IsRespelled: mishap == "spelling",
            IsHeld: HoldsUnprotected(run));
        _oracle.See(seen, [.. _nights.Learn.State.Enabled("person"), .. _nights.ToldToLearn()]);
        _tell($"{when}, {run.State} {run.StateReason}, {string.Join(", ", run.Feeds.Select(feed => $"{feed.Name} {feed.State} {feed.Reason}"))}; "
            + $"hidden {string.Join(' ', _oracle.Hidden().Select(human => human.Number))}");
        foreach (var part in parts)
        {
            await AssertUnseenAsync(part);
        }

        _oracle.NoteSeen(_nights.Learn.State.Enabled("person"), _mischance.MaxUnprotected);
        await AfterwardsAsync(run, mishap);
        return parts[^1].Night;
    }

    private static bool HoldsUnprotected(RunRecord run) => run.Feeds.Any(feed => feed.Holds.Any(hold => hold.Code == HoldCode.Unprotected));

    /// <returns>What each of the processes told that had to do with it.</returns>
    private async Task<IReadOnlyList<SentNight>> CarryAsync(ISchoolData school, string mishap)
    {
        var next = Set(_nights.Next(school), mishap);
        await DamageAsync(mishap);
        return mishap == "pull" ? [await _nights.RunAsync(await BreakingAsync(next))]
            : mishap == "resend" ? [await _nights.RunAsync(next.ResendAsync(_runs[0]))]
            : _mischance.IsKilled() ? await DieAsync(school, next, mishap)
            : [await _nights.RunAsync(next)];
    }

    private Night Set(Night night, string mishap)
    {
        _nights.Learn.Habits.Fault = (_, _) => mishap == "targets" ? LearnFault.ServerError : null;
        return mishap switch
        {
            "targets" => night.Setting($"Secrets:{TenantJson.DropBoxSecret}", "changed"),
            "dry" => night.Dry(),
            _ => night,
        };
    }

    private async Task DamageAsync(string mishap)
    {
        switch (mishap)
        {
            case "baseline":
                await _ground.Blobs.DeleteAsync("state", $"{_nights.Tenant}/feeds/apple/delivered.json", CancellationToken.None);
                await _ground.Blobs.DeleteAsync("rosters", $"{_nights.Tenant}/{_runs[^1]}/roster.bin", CancellationToken.None);
                break;
            case "memory":
                await _ground.Blobs.WriteAsync("state", $"{_nights.Tenant}/memory.bin", "damaged"u8.ToArray(), CancellationToken.None);
                break;
        }
    }

    /// <summary>Its pull breaks off, but not before whoever is marked tonight has been handed out.</summary>
    private async Task<Night> BreakingAsync(Night night)
    {
        var pulled = await _nights.CountStoredAsync("groups") + 1;
        return night.Behaving(habits => habits.Fault = page => page.Collection == "duties"
            && Waiting.For(async () => await _nights.HasStoredAsync("persons", pulled) && await _nights.HasStoredAsync("groups", pulled))
                ? new Fault.Status(403)
                : null);
    }

    /// <summary>The process dies, perhaps another one after it; then somebody goes on with what lies on the queues, or asks for the night again.</summary>
    private async Task<IReadOnlyList<SentNight>> DieAsync(ISchoolData school, Night first, string mishap)
    {
        await using var source = await EduCloudServer.StartAsync(school);
        var (parts, queued, night) = (new List<SentNight>(), new Queued(), first.From(source));
        do
        {
            // Whoever dies before the run is on record leaves the newest one of the nights before.
            if (await night.DieAsync(NewStorage(), _mischance.Write(MostWritesOfRun), queued) is { } dead && !_runs.Contains(dead.Run.Run))
            {
                parts.Add(await _nights.RunAsync(Task.FromResult(dead)));
                if (dead.Run.IsFinal)
                {
                    return parts;
                }
            }

            night = Set(_nights.Again(school), mishap).From(source).Resuming();
        }
        while (_mischance.IsKilledAgain());

        if (_mischance.IsLate())
        {
            _late.Add(queued.Copy());
        }

        parts.Add(await _nights.RunAsync(_mischance.IsAskedAgain() || queued.IsEmpty ? night.RunAsync() : night.GoOnAsync(queued)));
        Assert.True(parts[^1].Night.Run.IsFinal, $"Whoever goes on comes to an end, not to {parts[^1].Night.Run.State}.");
        return parts;
    }

    private DyingStorage NewStorage() => new(options => _ground.Open(options), _mischance.IsAfterWriting());

    /// <summary>What operators do about the night, and what comes late.</summary>
    private async Task AfterwardsAsync(RunRecord run, string mishap)
    {
        if (mishap == "targets")
        {
            _nights.Learn.Habits.Fault = (_, _) => null;
            await AssertUnseenAsync(await _nights.RunAsync(_nights.Again(_register.Write()).RequeueAsync(run.Run)));
        }

        if (run.State == RunState.Held && _mischance.IsApproved())
        {
            await ApproveAsync(run);
        }
        else if (run.Feeds.FirstOrDefault(feed => feed.IsAsking) is { } asking && _mischance.IsRefused())
        {
            var refusing = _nights.Again(_register.Write()).RefuseAsync(run.Run, asking.Plan!.Hash);
            await AssertUnseenAsync(await _nights.RunAsync(ResultOf(refusing)));
        }

        if (_late.Count > 0 && _mischance.IsBroughtLate())
        {
            await AssertUnseenAsync(await _nights.RunAsync(_nights.Again(_register.Write()).GoOnAsync(_late[0])));
            _late.RemoveAt(0);
        }
    }

    /// <summary>Also in a process that dies, after which the operator says it once more.</summary>
    private async Task ApproveAsync(RunRecord run)
    {
        if (HoldsUnprotected(run))
        {
            _oracle.Approve();
        }

        if (_mischance.IsKilled()
            && await _nights.Again(_register.Write()).DieAsync(NewStorage(), _mischance.Write(MostWritesOfRun / 2), new Queued(), run.Run) is { } dead)
        {
            await AssertUnseenAsync(await _nights.RunAsync(Task.FromResult(dead)));
        }

        await AssertUnseenAsync(await _nights.RunAsync(ResultOf(_nights.Again(_register.Write()).ApproveAllAsync(run.Run))));
        _oracle.NoteSeen(_nights.Learn.State.Enabled("person"), _mischance.MaxUnprotected);
    }

    private static async Task<NightResult> ResultOf(Task<(NightResult Night, string? Refusal)> answering) => (await answering).Night;

    private async Task AssertUnseenAsync(SentNight sent)
    {
        foreach (var human in _oracle.Hidden())
        {
            foreach (var label in human.Labels)
            {
                await sent.AssertUntoldAsync(label, [.. human.Values]);
            }
        }
    }
}
