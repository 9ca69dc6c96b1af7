using System.CommandLine;
using System.Text.Json.Nodes;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Nights;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>night</c>: whole nights of many tenants, from the source's pages to the drop box.</summary>
internal static class NightCommand
{
    private static readonly NightWay First = new(IsServed: false, IsOneByOne: false, Day: 0);
    private static readonly NightWay Served = First with { IsServed = true };

    public static Command Create()
    {
        var tenants = new Option<int>("--tenants") { Description = "Tenants of the night.", DefaultValueFactory = _ => 300 };
        var persons = new Option<int>("--persons") { Description = "Persons of each tenant.", DefaultValueFactory = _ => 6000 };
        var feeds = NightOptions.Feeds("apple");
        var second = new Option<bool>("--second") { Description = "Also the night after it, in which one person in a thousand has changed." };
        var worker = new Option<DirectoryInfo?>("--worker") { Description = "Published function app: the same with its worker as host, beside the loops of the local host." };
        var deadSources = new Option<int>("--dead-sources") { Description = "So many of the tenants have a source that accepts and never answers; measured beside a night without them." };
        var deadTargets = new Option<int>("--dead-targets") { Description = "The same of targets." };
        var command = new Command("night", "Whole nights of many tenants through storage and simulators.")
        {
            tenants, persons, feeds, second, worker, deadSources, deadTargets, RawResults.Option(),
        };
        command.SetAction(async (parsed, ct) =>
        {
            using var dead = new DeadNeighbours(parsed.GetValue(deadSources), parsed.GetValue(deadTargets));
            var setup = new NightSetup(parsed.GetValue(tenants), parsed.GetValue(persons), NightOptions.NamesOf(parsed.GetValue(feeds)!));
            object result = (dead.Count > 0, parsed.GetValue(worker), parsed.GetValue(second)) switch
            {
                (true, _, _) => await BesideDeadAsync(setup, dead, ct),
                (_, { } app, var isSecond) => await BesideWorkerAsync(setup, app, isSecond, ct),
                (_, _, true) => await TwoAsync(setup, ct),
                _ => await OneAsync(setup, First, (tenant, _) => tenant, NightTables.Show, ct),
            };
            await RawResults.SaveAsync(parsed, [result], null, ct);
        });
        return command;
    }

    private static async Task<LoadedNight> OneAsync(NightSetup setup, NightWay way, Func<JsonObject, int, JsonObject> change, Action<TimedNight> show, CancellationToken ct)
    {
        var load = Machine.Load();
        var night = await NightTown.VisitAsync(setup, change, town => town.NightAsync(way, ct), ct);
        show(night);
        return new LoadedNight(load, night.WithoutCalls());
    }

    private static async Task<NightPair> TwoAsync(NightSetup setup, CancellationToken ct)
    {
        var nights = await NightTown.VisitAsync(setup, null, town => town.TwoNightsAsync(isSecond => town.NightAsync(First with { Day = isSecond ? 1 : 0 }, ct)), ct);
        NightTables.Show(("first", nights.First), ("second", nights.Second));
        return nights.WithoutCalls();
    }

    /// <summary>Both go through the same nights, each with storage and targets of its own.</summary>
    private static async Task<object> BesideWorkerAsync(NightSetup setup, DirectoryInfo app, bool isSecond, CancellationToken ct)
    {
        var local = await NightsAsync(setup, isSecond, (town, second) => town.NightAsync(Served with { Day = second ? 1 : 0 }, ct), ct);
        var worker = await NightsAsync(setup, isSecond, (town, second) => town.WorkerNightAsync(app, second, ct), ct);
        foreach (var (name, ours, its) in new[] { ("First", local.First, worker.First), ("Second", local.Second, worker.Second) }.Take(isSecond ? 2 : 1))
        {
            NightTables.ShowWorker($"{name} night", ours, its);
        }

        return new { Local = local.WithoutCalls(), Worker = worker.WithoutCalls() };
    }

    private static Task<NightPair> NightsAsync(NightSetup setup, bool isSecond, Func<NightTown, bool, Task<TimedNight>> night, CancellationToken ct) =>
        NightTown.VisitAsync(setup, null, async town => isSecond
            ? await town.TwoNightsAsync(second => night(town, second))
            : new NightPair(Machine.Load(), await night(town, false), TimedNight.None), ct);

    /// <summary>The healthy tenants alone, and then with their dead neighbours.</summary>
    private static async Task<object> BesideDeadAsync(NightSetup setup, DeadNeighbours dead, CancellationToken ct)
    {
        var alone = await OneAsync(setup with { Tenants = setup.Tenants - dead.Count }, Served, (tenant, _) => tenant, _ => { }, ct);
        var beside = await OneAsync(setup, Served, (tenant, number) => dead.Among(tenant, number, setup.Tenants), _ => { }, ct);
        NightTables.Show(alone.Night, beside.Night, dead.Count);
        return new { alone, beside };
    }

    /// <param name="Load">The machine's at its beginning.</param>
    private sealed record LoadedNight(double Load, TimedNight Night);
}
