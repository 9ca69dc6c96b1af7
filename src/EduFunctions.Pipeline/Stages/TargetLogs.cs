using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <param name="Rows">How many records the target says something of.</param>
/// <param name="Refused">What it refused, by kind and by its own words; the first ids of those who may be named.</param>
public sealed record ImportedLog(string Tenant, string Run, string Feed, string? Activity, DateTimeOffset? Ended, string Status, int Rows, IReadOnlyList<Drift> Refused);

/// <summary>Logs that a target's administrator has fetched there: kept with the run they are of, and told among its findings.</summary>
public sealed class TargetLogs(BlobStorage blobs, RunStore runs, ReceiptStore receipts, Recognising recognising, Catalog<IFeed> feeds)
{
    private const int SampleSize = 10;
    private const string Everything = "all";

    /// <summary>Rows that nobody could read, or that should be there: what was not understood may be a refusal.</summary>
    private const string Unread = "unread";

    /// <param name="run">The run that was delivered; null for the feed's last delivery.</param>
    /// <exception cref="RunHeldException">There is no such feed or run, or the target has no logs of a form that is known.</exception>
    /// <exception cref="FormatException">The file is no log of the target.</exception>
    [Told]
    public async Task<ImportedLog> ImportAsync(Tenant tenant, string name, string? run, Stream content, CancellationToken ct)
    {
        var setup = tenant.FeedOf(name);
        if (feeds[setup.Type] is not ILoggedFeed feed)
        {
            throw new RunHeldException($"No log of the target of a feed of type {setup.Type} can be read.");
        }

        run ??= (await receipts.FindLastAsync(tenant.Id, name, ct))?.Run ?? throw new RunHeldException($"Feed {name} was never delivered. Name the run by --run.");
        var record = await runs.FindAsync(tenant.Id, run, ct) ?? throw new RunHeldException($"Tenant {tenant.Id} has no run {run}.");
        var log = feed.ReadLog(content);
        var told = await FindTellingAsync(tenant.Id, ct);
        var imported = Discreet(new ImportedLog(tenant.Id, run, name, log.Activity, log.Ended, log.Status, log.Rows.Count, Refused(log, told)), told);
        await blobs.WriteAsync(Containers.Rosters, RosterPath.Log(tenant.Id, run, name), JsonSerializer.SerializeToUtf8Bytes(imported, Serialization.Indented), ct);
        await TellAsync(record, feed, ct);
        return imported;
    }

    /// <summary>As it may be told now. Null when none of the run was imported.</summary>
    public async Task<ImportedLog?> FindAsync(string tenant, string run, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Rosters, RosterPath.Log(tenant, run, feed), ct) is { } blob
            ? Discreet(StoredJson.Parse<ImportedLog>(Containers.Rosters, RosterPath.Log(tenant, run, feed), blob.Content, "Import the log once more."), await FindTellingAsync(tenant, ct))
            : null;

    /// <summary>Whether whoever is protected by now would be recognised in a text.</summary>
    private async Task<Predicate<string>> FindTellingAsync(string tenant, CancellationToken ct)
    {
        var newest = await runs.FindNewestAsync(tenant, ct);
        var scan = new RowScan(newest is null ? ProtectedValues.None : await recognising.LearnAsync(tenant, newest, ct));
        return text => scan.Find(Encoding.UTF8.GetBytes(text)).Count > 0;
    }

    /// <summary>Whoever is protected is counted, and not named: not by an id, and not in the target's words.</summary>
    private static ImportedLog Discreet(ImportedLog log, Predicate<string> isTelling)
    {
        return log with
        {
            Activity = log.Activity is { } activity ? Told(activity) : null,
            Status = Told(log.Status),
            Refused =
            [
                .. log.Refused.GroupBy(group => (Kind: Told(group.Kind), What: Told(group.What)))
                    .Select(same => new Drift(
                        same.Key.Kind, same.Key.What, same.Sum(group => group.Count),
                        [.. same.SelectMany(group => group.Sample).Where(id => !isTelling(id)).Order(StringComparer.Ordinal).Take(SampleSize)])),
            ],
        };

        string Told(string text) => isTelling(text) ? Discretion.Withheld : text;
    }

    private static IReadOnlyList<Drift> Refused(TargetLog log, Predicate<string> isTelling) =>
    [
        .. log.IsAllRefused ? [new Drift(Everything, log.Status, 1, [])] : Array.Empty<Drift>(),
        .. log.Unread > 0 ? [new Drift(Unread, log.Status, log.Unread, [])]
            : log.TellsOfErrors && !log.IsAllRefused && !log.Rows.Any(row => row.IsRefused) ? [new Drift(Unread, $"{log.Status}, but no row tells of an error", 1, [])]
            : Array.Empty<Drift>(),
        .. log.Rows.Where(row => row.IsRefused).GroupBy(row => (row.Kind, row.What)).OrderBy(group => group.Key)
            .Select(group => new Drift(
                group.Key.Kind, group.Key.What, group.Count(),
                [.. group.Select(row => row.Id).Where(id => !isTelling(id)).Order(StringComparer.Ordinal).Take(SampleSize)])),
    ];

    /// <summary>One finding for all feeds of the kind. A log that is imported again takes the place of what it said before.</summary>
    private async Task TellAsync(RunRecord record, ILoggedFeed feed, CancellationToken ct)
    {
        var refused = new List<Drift>();
        foreach (var setup in record.Feeds.Where(known => known.Type == feed.Type))
        {
            refused.AddRange((await FindAsync(record.Tenant, record.Run, setup.Name, ct))?.Refused ?? []);
        }

        var (whole, single) = (refused.Where(group => group.Kind == Everything).ToList(), refused.Where(group => group.Kind != Everything).ToList());
        List<Finding> told =
        [
            .. whole.Count == 0 ? [] : new[] { new Finding(feed.AllRefusedFinding, whole.Count, []) },
            .. single.Count == 0 ? [] : new[]
            {
                new Finding(feed.RefusedFinding, single.Sum(group => group.Count), [.. single.SelectMany(group => group.Sample).Order(StringComparer.Ordinal).Take(SampleSize)]),
            },
        ];
        await runs.UpdateAsync(
            record.Tenant, record.Run,
            run => run with { Findings = [.. run.Findings.Where(finding => finding.Code != feed.RefusedFinding && finding.Code != feed.AllRefusedFinding), .. told] }, ct);
    }
}
