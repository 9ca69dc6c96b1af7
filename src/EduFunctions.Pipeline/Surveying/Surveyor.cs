using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Surveying;

/// <summary>A look before the first night: pulls once, tells what is there and what the tenant file makes of it, and leaves nothing behind.</summary>
public sealed class Surveyor(BlobStorage blobs, Catalog<ISource> sources, Deciding deciding, RunProgress progress, TimeProvider time)
{
    private const string KeptBack = "(names a protected person)";

    /// <exception cref="RunHeldException">The source cannot be read.</exception>
    public async Task<Survey> RunAsync(Tenant tenant, DateOnly date, CancellationToken ct)
    {
        var run = RunId.New(time.GetUtcNow(), after: null);
        try
        {
            return await TellAsync(tenant, await PullAsync(tenant, run, ct), date, ct);
        }
        finally
        {
            await ForgetAsync(SnapshotPath.Folder(tenant.Id, run));
        }
    }

    private async Task<Snapshot> PullAsync(Tenant tenant, string run, CancellationToken ct)
    {
        var source = sources[tenant.Source.Type];
        var started = time.GetUtcNow();
        var pages = new SnapshotWriter(
            blobs, tenant.Id, run, source.PageExtension, (collection, count, rows) => progress.Report(tenant.Id, run, collection, $"{rows} rows, {count} pages"));
        while (!await source.ExtractAsync(new Pull(tenant, run, RunTrigger.CommandLine), pages, CancellationToken.None, ct))
        {
        }

        await pages.SealAsync(source.Type, started, time.GetUtcNow(), previous: null, ct);
        return (await Snapshot.FindAsync(blobs, tenant.Id, run, ct))!;
    }

    private async Task<Survey> TellAsync(Tenant tenant, Snapshot snapshot, DateOnly date, CancellationToken ct)
    {
        var source = sources[tenant.Source.Type];

        // What would hold the night is told beside the rest, so that nothing holds the reading.
        var data = await source.ReadAsync(snapshot, Deciding.ReadOptionsOf(tenant) with { MaxNotUnderstoodPercent = 100 }, ct);
        var tables = new SurveyTables(data);
        var scan = new RowScan(await deciding.RememberAsync(snapshot, Occasion.WithoutEffect(tenant, snapshot.Manifest.Run, date, isKept: false), ct));
        var values = Discreet(tables.All(), scan);
        var survey = new Survey
        {
            Tenant = tenant.Id,
            Source = tenant.Source.Type,
            Date = date,
            Collections = snapshot.Manifest.Collections.Where(entry => !SnapshotManifest.IsOwn(entry.Key)).ToDictionary(entry => entry.Key, entry => entry.Value.Rows),
            Values = values,
            Shares = tables.Shares(),
            Unmatched = [.. Unmatched(tenant, source, data, values)],
            Findings = data.Findings.Summarise(id => !data.ProtectedIds.Contains(id) && !Names(scan, id.ToString())),
        };
        return await JudgeAsync(survey, tenant, snapshot, date, ct);
    }

    /// <summary>Words are anybody's to choose in a register: one that names a protected person is counted, and not shown.</summary>
    private static Dictionary<string, IReadOnlyDictionary<string, int>> Discreet(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> tables, RowScan scan) => tables.ToDictionary(
            table => table.Key,
            IReadOnlyDictionary<string, int> (table) => table.Value
                .GroupBy(value => Names(scan, value.Key) ? KeptBack : value.Key)
                .ToDictionary(same => same.Key, same => same.Sum(value => value.Value)));

    /// <summary>Also the id of somebody who is remembered, and whom this pull does not mark.</summary>
    private static bool Names(RowScan scan, string text) => scan.FindInText(Encoding.UTF8.GetBytes(text)).Count > 0;

    /// <summary>What rules and feeds make of it.</summary>
    private async Task<Survey> JudgeAsync(Survey survey, Tenant tenant, Snapshot snapshot, DateOnly date, CancellationToken ct)
    {
        try
        {
            var occasion = Occasion.WithoutEffect(tenant, snapshot.Manifest.Run, date, isKept: false);
            var refusal = Plausibility.Find(snapshot.Manifest, tenant.Source, acceptShrink: false);
            var decided = await deciding.DecideAsync(snapshot, occasion with { Refusal = refusal }, tenant.Feeds, ct);
            return survey with
            {
                LeftOut = Exclusions.Count(decided.Decisions),
                Feeds = [.. tenant.Feeds.Select(feed => FeedOf(decided, feed))],
                Guard = GuardHints.Of(decided.Roster, tenant.Guard.On(date)),
            };
        }
        catch (RunHeldException e)
        {
            return survey with { Held = e.Message };
        }
    }

    private static SurveyFeed FeedOf(Decided decided, FeedSetup setup)
    {
        if (decided.Feeds.FirstOrDefault(feed => feed.Setup == setup) is not { } chosen)
        {
            return new SurveyFeed(setup.Name, setup.Type, 0, decided.Roster.Persons.Count, 0, new Dictionary<string, int>(), Problem(decided));
        }

        var persons = chosen.Selection.Persons.Cast<bool>().Count(isIn => isIn);
        var why = chosen.Selection.Findings.Summarise(static _ => false).ToDictionary(finding => finding.Code, finding => finding.Count);
        return new SurveyFeed(setup.Name, setup.Type, persons, chosen.Roster.Persons.Count, chosen.Roster.Sections.Count, why);
    }

    private static string Problem(Decided decided) => string.Join(' ', decided.Problems.Select(Stages.Problem.Describe).Distinct());

    private static IEnumerable<UnmatchedValue> Unmatched(
        Tenant tenant, ISource source, SourceData data, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> values)
    {
        var there = values.ToDictionary(table => table.Key, table => (IReadOnlyList<string>)[.. table.Value.Keys]);
        var rules = tenant.Eligibility;
        return SettingValues.Unmatched(tenant, source, there)
            .Concat(Missing("$.eligibility.municipalities", rules.Municipalities, there["Municipalities"].Contains, there["Municipalities"]))
            .Concat(Missing(NamedIds.Schools(tenant), UnitsOf(data)))
            .Concat(Missing(NamedIds.Groups(tenant), IdsOf(data.Groups)));
    }

    private static IEnumerable<UnmatchedValue> Missing(string path, IReadOnlyList<string> given, Func<string, bool> isThere, IReadOnlyList<string> known) =>
        given.Index().Where(value => !isThere(value.Item)).Select(value => new UnmatchedValue($"{path}[{value.Index}]", value.Item, known, null));

    private static IEnumerable<UnmatchedValue> Missing(IEnumerable<(string Path, string Name)> named, HashSet<string> there) =>
        named.Where(each => !there.Contains(each.Name)).Select(each => new UnmatchedValue(each.Path, each.Name, [], null));

    private static HashSet<string> UnitsOf(SourceData data)
    {
        var names = IdsOf(data.Units);
        foreach (ref readonly var unit in data.Units.Rows)
        {
            names.Add(data.Texts.ToString(unit.SchoolUnitCode));
        }

        return names;
    }

    private static HashSet<string> IdsOf<T>(EntityTable<T> table)
        where T : unmanaged => new(table.Ids.ToArray().Where(id => !id.IsNone).Select(id => id.ToString()), StringComparer.OrdinalIgnoreCase);

    private async Task ForgetAsync(string folder)
    {
        await foreach (var blob in blobs.ListAsync(Containers.Snapshots, folder, CancellationToken.None))
        {
            await blobs.DeleteAsync(Containers.Snapshots, blob.Name, CancellationToken.None);
        }
    }
}
