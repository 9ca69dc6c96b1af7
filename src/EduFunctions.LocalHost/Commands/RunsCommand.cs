using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>runs</c>: a tenant's runs, newest first.</summary>
internal static class RunsCommand
{
    private const int ShownByDefault = 14;
    private const int ActsShown = 200;

    public static Command Create()
    {
        var tenant = Options.Tenant();
        var last = new Option<int>("--last") { Description = "How many.", DefaultValueFactory = _ => ShownByDefault };
        last.Validators.Add(Options.IsCount);
        var json = Options.Json();
        var storage = Options.Storage();
        var command = new Command("runs", "A tenant's runs, newest first: when, what became of each, what went where.") { tenant, last, json, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var runs = await ReadAsync(services.Get<RunStore>(), parsed.GetValue(tenant)!, parsed.GetValue(last), ct);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(runs, Serialization.Indented));
            }
            else
            {
                var acts = await services.Get<ActLog>().ListAsync(parsed.GetValue(tenant)!, withQuestions: false, ActsShown, ct);
                Show(await services.NamedAsync(runs, ct), await VoidAsync(services.Get<Approvals>(), runs, ct), acts);
            }

            return ExitCodes.Good;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<RunRecord>> ReadAsync(RunStore store, string tenant, int last, CancellationToken ct)
    {
        var runs = new List<RunRecord>();
        foreach (var run in (await store.ListAsync(tenant, ct)).Take(last))
        {
            if (await store.ShowAsync(tenant, run, ct) is { } record)
            {
                runs.Add(record);
            }
        }

        return runs.Count > 0 ? runs : throw new CommandException(ExitCodes.BadConfiguration, $"There is no run of a tenant {tenant} in this storage. Run sync first.");
    }

    /// <summary>What nobody can let through does not wait for anybody.</summary>
    private static string State(RunRecord run) => run is { State: RunState.Held, IsAsking: false } ? "held, no plan" : ConsoleTables.Word(run.State);

    /// <summary>By run: why what it asks for can no longer be answered.</summary>
    private static async Task<Dictionary<string, string>> VoidAsync(Approvals approvals, IReadOnlyList<RunRecord> runs, CancellationToken ct)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var run in runs.Where(run => run is { IsFinal: true, DryRun: false }))
        {
            if (run.Feeds.FirstOrDefault(feed => feed.IsAsking) is { } asking && await approvals.FindVoidAsync(run, asking, ct) is { } why)
            {
                reasons[run.Run] = why;
            }
        }

        return reasons;
    }

    /// <param name="voids">By run: why what it asks for can no longer be answered.</param>
    private static void Show(IReadOnlyList<RunRecord> runs, Dictionary<string, string> voids, IReadOnlyList<Act> acts)
    {
        var console = ConsoleTables.Open();
        var table = ConsoleTables.Titled("Runs", "Run", "By", "State", "Lasted", "Feeds");
        foreach (var run in runs)
        {
            var feeds = run.Feeds.Select(feed => $"{feed.Name} {(feed.State is { } state ? ConsoleTables.Word(state) : "-")}");
            var lasted = (run.Finished - run.Started)?.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture);
            ConsoleTables.Add(table, run.Run, run.Changed ? "changes alone" : ConsoleTables.Word(run.Trigger), State(run), lasted, string.Join(", ", feeds));
        }

        console.Write(table);
        foreach (var run in runs.Where(run => run.StateReason is not null))
        {
            console.Say($"{run.Run}, {ConsoleTables.Word(run.State)}: {run.StateReason}");
            if (voids.TryGetValue(run.Run, out var why))
            {
                console.Say($"{run.Run} can no longer be answered: {why}");
            }
        }

        var shown = runs.Select(run => run.Run).ToHashSet(StringComparer.Ordinal);
        foreach (var act in acts.Where(act => act.Run is { } run && shown.Contains(run)))
        {
            console.Say(ActsCommand.Line(act));
        }
    }
}
