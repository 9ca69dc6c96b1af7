using System.Globalization;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Runs;
using Spectre.Console;

namespace EduFunctions.LocalHost.Commands;

/// <summary>What a sync came to, for people: who came in, who is handed on, why others are not, what went where.</summary>
internal static class ResultTables
{
    private const int WidthInAFile = 180;

    public static void Show(IReadOnlyList<SyncResult> results, DirectoryInfo? output)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthInAFile;
        }

        AnsiConsole.Write(People(results));
        WriteFilled(Reasons(results));
        WriteFilled(Feeds(results));
        WriteFilled(Plans(results));
        foreach (var run in results.Select(result => result.Run).Where(run => run.StateReason is not null))
        {
            Console.WriteLine($"{run.Tenant} {run.Run}, {Word(run.State)}: {run.StateReason}");
        }

        foreach (var notice in results.SelectMany(result => result.Run.Feeds).SelectMany(feed => (feed.Notices ?? []).Select(notice => $"{feed.Name}: {notice.Message}")))
        {
            Console.WriteLine(notice);
        }

        foreach (var caveat in results.SelectMany(result => result.Run.Feeds).Select(feed => feed.Caveat is null ? null : $"{feed.Type}: {feed.Caveat}").OfType<string>().Distinct())
        {
            Console.WriteLine(caveat);
        }

        foreach (var path in output is null ? [] : results.SelectMany(result => Paths(result.Run, output)))
        {
            Console.WriteLine(path);
        }
    }

    private static void WriteFilled(Table table)
    {
        if (table.Rows.Count > 0)
        {
            AnsiConsole.Write(table);
        }
    }

    private static Table People(IReadOnlyList<SyncResult> results)
    {
        var table = Titled("Runs", "Tenant", "Run", "State", "Persons in", "Units", "Students", "Staff", "Guardians", "Sections", "Memberships");
        foreach (var run in results.Select(result => result.Run))
        {
            // Of Unilogin there is a collection per institution, of persons alone.
            var persons = run.Pull?.GetValueOrDefault("persons")?.Distinct ?? run.Pull?.Values.Sum(institution => institution.Rows);
            Add(table, run.Tenant, run.Run, Word(run.State), persons, run.Counts?.Units, run.Counts?.Students, run.Counts?.Staff,
                run.Counts?.Guardians, run.Counts?.Sections, run.Counts?.Memberships);
        }

        return table;
    }

    private static Table Reasons(IReadOnlyList<SyncResult> results)
    {
        var table = Titled("Left out, by reason", ["Reason", .. results.Select(result => result.Run.Tenant)]);
        var codes = results.SelectMany(result => result.Run.Exclusions?.Keys ?? []).Distinct().Order(StringComparer.Ordinal);
        foreach (var code in codes)
        {
            Add(table, [code, .. results.Select(result => (object?)result.Run.Exclusions?.GetValueOrDefault(code))]);
        }

        return table;
    }

    private static Table Feeds(IReadOnlyList<SyncResult> results)
    {
        var table = Titled("Feeds", "Tenant", "Feed", "Delivery", "File", "Bytes", "SHA-256");
        foreach (var run in results.Select(result => result.Run))
        {
            foreach (var feed in run.Feeds)
            {
                var state = feed.State is { } reached ? Word(reached) : "-";
                foreach (var file in feed.Files.DefaultIfEmpty())
                {
                    Add(table, run.Tenant, feed.Name, state, file?.Name, file?.Bytes, file?.Sha256[..12]);
                }
            }
        }

        return table;
    }

    private static Table Plans(IReadOnlyList<SyncResult> results)
    {
        var table = Titled("Plans", "Tenant", "Feed", "Added", "Changed", "Removed", "Held", "Waiting", "Plan");
        foreach (var run in results.Select(result => result.Run))
        {
            foreach (var (feed, plan) in run.Feeds.Where(feed => feed.Plan is not null).Select(feed => (feed.Name, feed.Plan!)))
            {
                Add(table, run.Tenant, feed, plan.Added, plan.Changed, plan.Removed, plan.Held, plan.Waiting, plan.Hash);
            }
        }

        return table;
    }

    private static IEnumerable<string> Paths(RunRecord run, DirectoryInfo output) =>
        run.Feeds.Where(feed => !feed.IsWaiting).SelectMany(feed => feed.Files.Select(file => Path.Combine(output.FullName, run.Tenant, feed.Name, file.Name)));

    private static Table Titled(string title, params IEnumerable<string> columns)
    {
        var table = new Table { Title = new TableTitle(title), Border = TableBorder.Rounded };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).NoWrap());
        }

        return table;
    }

    private static void Add(Table table, params IEnumerable<object?> values) =>
        table.AddRow([.. values.Select(value => new Text(Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "-"))]);

    private static string Word<T>(T state)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
