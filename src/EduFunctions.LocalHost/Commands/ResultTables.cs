using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Runs;
using Spectre.Console;

namespace EduFunctions.LocalHost.Commands;

/// <summary>What a sync came to, for people: who came in, who is handed on, why others are not, what went where.</summary>
internal static class ResultTables
{
    public static async Task ShowAsync(CommandServices services, IReadOnlyList<SyncResult> results, DirectoryInfo? output, CancellationToken ct)
    {
        Show(await services.NamedAsync(results.Select(result => result.Run), ct), ConsoleTables.Open());
        foreach (var path in output is null ? [] : results.SelectMany(result => Paths(result.Run, output)))
        {
            Console.WriteLine(path);
        }
    }

    internal static void Show(IReadOnlyList<RunRecord> runs, IAnsiConsole console)
    {
        console.Write(People(runs, console.IsNarrow()));
        console.WriteFilled(Reasons(runs));
        console.WriteFilled(Feeds(runs, console.IsNarrow()));
        console.WriteFilled(Plans(runs, console.IsNarrow()));
        foreach (var run in runs.Where(run => run.StateReason is not null))
        {
            console.Say($"{run.Tenant} {run.Run}, {ConsoleTables.Word(run.State)}: {run.StateReason}");
        }

        foreach (var notice in runs.SelectMany(run => run.Feeds).SelectMany(feed => (feed.Notices ?? []).Select(notice => $"{feed.Name}: {notice.Message}")))
        {
            console.Say(notice);
        }

        foreach (var caveat in runs.SelectMany(run => run.Feeds).Select(feed => feed.Caveat is null ? null : $"{feed.Type}: {feed.Caveat}").OfType<string>().Distinct())
        {
            console.Say(caveat);
        }
    }

    private static Table People(IReadOnlyList<RunRecord> runs, bool isNarrow)
    {
        var table = ConsoleTables.Titled(
            "Runs", "Tenant", isNarrow ? null : "Run", "State", isNarrow ? "In" : "Persons in", "Units", "Students", "Staff", "Guardians", "Sections",
            isNarrow ? "Members" : "Memberships");
        foreach (var run in runs)
        {
            // OneRoster calls them users. Of Unilogin there is a collection per institution, of persons alone.
            var persons = (run.Pull?.GetValueOrDefault("persons") ?? run.Pull?.GetValueOrDefault("users"))?.Distinct ?? run.Pull?.Values.Sum(institution => institution.Rows);
            ConsoleTables.Add(table, [
                (run.Tenant, true), (run.Run, !isNarrow), (ConsoleTables.Word(run.State), true), (persons, true), (run.Counts?.Units, true),
                (run.Counts?.Students, true), (run.Counts?.Staff, true), (run.Counts?.Guardians, true), (run.Counts?.Sections, true),
                (run.Counts?.Memberships, true)]);
        }

        return table;
    }

    private static Table Reasons(IReadOnlyList<RunRecord> runs)
    {
        var table = ConsoleTables.Titled("Left out, by reason", ["Reason", .. runs.Select(run => run.Tenant)]);
        foreach (var code in runs.SelectMany(run => run.Exclusions?.Keys ?? []).Distinct().Order(StringComparer.Ordinal))
        {
            ConsoleTables.Add(table, [code, .. runs.Select(run => (object?)run.Exclusions?.GetValueOrDefault(code))]);
        }

        return table;
    }

    private static Table Feeds(IReadOnlyList<RunRecord> runs, bool isNarrow)
    {
        var table = ConsoleTables.Titled("Feeds", "Tenant", "Feed", "Delivery", "File", "Bytes", isNarrow ? null : "SHA-256");
        foreach (var (run, feed) in runs.SelectMany(run => run.Feeds.Select(feed => (run, feed))))
        {
            var state = feed.State is { } reached ? ConsoleTables.Word(reached) : "-";
            foreach (var file in feed.Files.DefaultIfEmpty())
            {
                ConsoleTables.Add(table, [
                    (run.Tenant, true), (feed.Name, true), (state, true), (file?.Name, true), (file?.Bytes, true),
                    (file is null ? null : ConsoleTables.Short(file.Sha256), !isNarrow)]);
            }
        }

        return table;
    }

    private static Table Plans(IReadOnlyList<RunRecord> runs, bool isNarrow)
    {
        var table = ConsoleTables.Titled("Plans", "Tenant", "Feed", "Added", "Changed", "Removed", "Held", "Waiting", "Plan");
        foreach (var (run, feed) in runs.SelectMany(run => run.Feeds.Select(feed => (run, feed))))
        {
            if (feed.Plan is { } plan)
            {
                ConsoleTables.Add(
                    table, run.Tenant, feed.Name, plan.Added, plan.Changed, plan.Removed, Held(feed, plan), plan.Waiting, isNarrow ? ConsoleTables.Short(plan.Hash) : plan.Hash);
            }
        }

        return table;
    }

    /// <summary>Rows that still wait for an answer, and of those that have one what it was.</summary>
    private static object Held(FeedRun feed, PlanSummary plan) =>
        plan.Held == 0 || !feed.IsAnswered ? plan.Held : feed.Approval!.IsRefusal ? $"0, {plan.Held} refused" : $"0, {plan.Held} approved";

    private static IEnumerable<string> Paths(RunRecord run, DirectoryInfo output) =>
        run.Feeds.Where(feed => !feed.IsWaiting).SelectMany(feed => feed.Files.Select(file => Path.Combine(output.FullName, run.Tenant, feed.Name, file.Name)));
}
