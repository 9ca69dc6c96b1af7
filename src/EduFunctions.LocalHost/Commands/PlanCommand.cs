using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using Spectre.Console;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>plan</c>: what a run changes at its targets, what of it is held, and how it is let through.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var run = new Option<string?>("--run") { Description = "The run; default the newest one." };
        var feed = new Option<string?>("--feed") { Description = "Only this feed." };
        var pairs = new Option<bool>("--pairs") { Description = "Only the ids that seem to have changed, all of them, as CSV: for whoever renames by hand." };
        var json = Options.Json();
        var storage = Options.Storage();
        var command = new Command("plan", "What a run changes at its targets, by kind and school, and what of it is held.") { tenant, run, feed, pairs, json, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var record = await FindAsync(services, parsed.GetValue(tenant)!, parsed.GetValue(run), ct);
            var plans = await ReadAsync(services.Get<PlanStore>(), record, parsed.GetValue(feed), ct);
            if (parsed.GetValue(pairs))
            {
                await WritePairsAsync(services.Get<PlanStore>(), plans, ct);
            }
            else if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(plans, Serialization.Indented));
            }
            else
            {
                var schools = await services.Get<RunSchools>().OfAsync(record, ct);
                foreach (var plan in plans)
                {
                    Show(plan, record.Feeds.FirstOrDefault(known => known.Name == plan.Plan.Feed), schools, ConsoleTables.Open());
                    await ShowAnswersAsync(services.Get<Approvals>(), record, plan, ConsoleTables.Open(), ct);
                }
            }

            return ExitCodes.Good;
        }));
        return command;
    }

    private static async Task<RunRecord> FindAsync(CommandServices services, string tenant, string? run, CancellationToken ct)
    {
        var runs = services.Get<RunStore>();
        var name = run is null ? (await runs.FindStandingAsync(tenant, ct))?.Run ?? await runs.FindNewestAsync(tenant, ct) : await services.RunAsync(tenant, run, ct);
        return name is not null && await runs.FindAsync(tenant, name, ct) is { } record
            ? record
            : throw new CommandException(
                ExitCodes.BadConfiguration, $"Tenant {tenant} has no run{(run is null ? "" : $" {run}")} in this storage. Look at \"runs --tenant {tenant}\".");
    }

    private static async Task<IReadOnlyList<HashedPlan>> ReadAsync(PlanStore store, RunRecord run, string? feed, CancellationToken ct)
    {
        if (feed is not null && run.Feeds.All(known => known.Name != feed))
        {
            throw new CommandException(
                ExitCodes.BadConfiguration, $"Run {run.Run} of tenant {run.Tenant} has no feed {feed}: it has {string.Join(", ", run.Feeds.Select(known => known.Name).DefaultIfEmpty("none"))}.");
        }

        var plans = new List<HashedPlan>();
        foreach (var name in run.Feeds.Select(known => known.Name).Where(name => feed is null || name == feed))
        {
            if (await store.FindAsync(run.Tenant, run.Run, name, ct) is { } plan)
            {
                plans.Add(plan);
            }
        }

        return plans.Count > 0
            ? plans
            : throw new CommandException(
                ExitCodes.BadConfiguration, $"Run {run.Run} of tenant {run.Tenant} has no plan{(feed is null ? "" : $" of a feed {feed}")}: {ConsoleTables.Word(run.State)}.");
    }

    private static async Task WritePairsAsync(PlanStore store, IReadOnlyList<HashedPlan> plans, CancellationToken ct)
    {
        Console.WriteLine("feed,kind,before,now");
        foreach (var plan in plans.Select(hashed => hashed.Plan))
        {
            foreach (var (kind, before, now) in await store.FindPairsAsync(plan.Tenant, plan.Run, plan.Feed, ct))
            {
                Console.WriteLine($"{plan.Feed},{ConsoleTables.Word(kind)},{Quoted(before)},{Quoted(now)}");
            }
        }
    }

    /// <summary>Ids of some sources are texts.</summary>
    private static string Quoted(string id) => id.AsSpan().ContainsAny(" ,;\"") ? $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : id;

    /// <param name="feed">What became of it; null where that is not known.</param>
    /// <param name="schools">What those are called of which a plan has the ids.</param>
    private static void Show(HashedPlan hashed, FeedRun? feed, NamedSchools schools, IAnsiConsole console)
    {
        var plan = hashed.Plan;
        console.Say($"{plan.Feed} to {plan.Target}, run {plan.Run}{(plan.Against is { } against ? $", against run {against.Run}" : "")}");
        console.WriteFilled(Rows("All schools", plan.Totals, schools));
        console.WriteFilled(Rows("By school", plan.Schools, schools));
        (feed?.Doings(plan) ?? plan.Tonight).Select(Language.English.Told).ToList().ForEach(console.Say);
        foreach (var due in plan.Deletions ?? [])
        {
            console.Say($"Due to be deleted for good: {due.Ids.Count} of {due.Of} {due.Kind}: {string.Join(", ", due.Ids)}");
        }

        foreach (var hold in feed is { IsAnswered: true } or { Rest: not null } ? [] : plan.Holds)
        {
            console.Say($"Held: {NamedRuns.Named(schools, hold.Message)}");
        }

        (plan.Notices ?? []).ToList().ForEach(notice => console.Say(NamedRuns.Named(schools, notice.Message)));
    }

    /// <summary>How what is held can be answered, or why it cannot any more.</summary>
    private static async Task ShowAnswersAsync(Approvals approvals, RunRecord run, HashedPlan hashed, IAnsiConsole console, CancellationToken ct)
    {
        var plan = hashed.Plan;
        if (plan.Holds.Count == 0 || run.Feeds.FirstOrDefault(feed => feed.Name == plan.Feed) is not { } feed)
        {
            return;
        }

        if (feed.IsAnswered)
        {
            console.Say($"Nothing of it waits any more: it was {feed.Approval!.Words}.");
        }
        else if (feed.Rest is not null)
        {
            console.Say($"Nobody is asked for it: {feed.Reason}");
        }
        else if (feed.IsVain)
        {
            console.Say($"It was {feed.Approval!.Words}, but not carried out: {feed.Stopped ?? feed.Reason}");
        }
        else if (await approvals.FindVoidAsync(run, feed, ct) is { } why)
        {
            console.Say($"It cannot be let through: {why}");
        }
        else
        {
            console.Say($"To let it through: {PlanList.Command(plan.Tenant, plan.Run, hashed.Hash)}");
            console.Say("To take back what came beside it: refuse with the same. " + string.Join(' ', (plan.WhenRefused ?? []).Select(Language.English.Told)));
        }
    }

    private static Table Rows(string title, IReadOnlyList<PlannedRows> rows, NamedSchools schools)
    {
        var hasSchools = rows.Any(row => row.School is not null);
        var table = ConsoleTables.Titled(title, hasSchools ? "School" : null, "Kind", "Before", "Added", "Changed", "Removed");
        foreach (var row in rows)
        {
            ConsoleTables.Add(table, [
                (schools[row.School] ?? row.School, hasSchools), (ConsoleTables.Word(row.Kind), true), (row.Before, true), (row.Added, true), (row.Changed, true), (row.Removed, true)]);
        }

        return table;
    }
}
