using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Reads the snapshot, decides on everybody in it, and writes the roster and the ledger of decisions.</summary>
public sealed class TransformStage(
    BlobStorage blobs, TenantStore tenants, RunStore runs, Catalog<ISource> sources, Catalog<IFeed> feeds, RunProgress progress, TimeProvider time)
{
    public const string Name = "transform";

    public async Task<NextMessages> RunAsync(TransformMessage message, CancellationToken ct)
    {
        var record = await runs.UpdateAsync(
            message.Tenant, message.Run, r => r.Enter(RunState.Transforming, Name, time.GetUtcNow()), ct);
        if (record.State == RunState.Transforming)
        {
            record = await TransformAsync(record, ct);
        }

        return NextMessages.Of(record.Feeds
            .Where(feed => feed.State is null)
            .Select(feed => new ExportMessage(message.Tenant, message.Run, feed.Name)));
    }

    private async Task<RunRecord> TransformAsync(RunRecord run, CancellationToken ct)
    {
        var tenant = (await tenants.ReadAsync(run.Tenant, ct)).Tenant;
        var snapshot = await Snapshot.FindAsync(blobs, run.Tenant, run.Run, ct)
            ?? throw new RunHeldException("The pull of this run is not complete, so nothing is decided on it. Repeat the run.");
        Emptiness.Refuse(snapshot.Manifest);

        var data = await sources[snapshot.Manifest.Source].ReadAsync(snapshot, ReadOptionsOf(tenant), ct);
        var decisions = Decide.On(data, tenant.Eligibility, run.Date);
        var roster = RosterBuilder.Build(decisions);
        var chosen = run.Feeds.Select(feed => (feed.Name, Selection: Choose(tenant, feed.Name, roster))).ToList();
        foreach (var (_, selection) in chosen)
        {
            data.Findings.Add(selection.Findings);
        }

        var ledger = LedgerBuilder.Build(decisions, roster, [.. chosen.Select(feed => (feed.Name, feed.Selection.Persons))]);
        await WriteAsync(RosterPath.Roster(run.Tenant, run.Run), stream => RosterFile.Write(roster, stream), ct);
        await WriteAsync(RosterPath.Ledger(run.Tenant, run.Run), stream => LedgerFile.Write(ledger, stream), ct);

        var summary = Summary.Of(decisions, roster, snapshot.Manifest);
        progress.Report(run.Tenant, run.Run, Name, $"{summary.Counts.Students} students, {summary.Counts.Staff} staff, {summary.Counts.Sections} sections");
        return await runs.UpdateAsync(run.Tenant, run.Run, r => Finish(r, summary), ct);
    }

    private FeedSelection Choose(Tenant tenant, string name, Roster roster)
    {
        var plan = tenant.Feeds.FirstOrDefault(feed => feed.Name == name)
            ?? throw new RunHeldException($"The feed {name} is no longer in the tenant file. Repeat the run.");
        return feeds[plan.Type].Choose(roster, plan.Settings);
    }

    private RunRecord Finish(RunRecord run, Summary summary)
    {
        var now = time.GetUtcNow();
        var decided = run with
        {
            Pull = summary.Pull, Counts = summary.Counts, Exclusions = summary.Exclusions, Findings = summary.Findings,
        };
        return run.Feeds.Count == 0
            ? decided.Leave(Name, now).End(RunState.Delivered, "The tenant has no feeds.", now)
            : decided.Leave(Name, now).Enter(RunState.Exporting, ExportStage.Name, now);
    }

    private async Task WriteAsync(string name, Action<Stream> write, CancellationToken ct)
    {
        await using var file = TemporaryFile.Create();
        write(file);
        file.Position = 0;
        await blobs.WriteAsync(Containers.Rosters, name, file, ct);
    }

    private static ReadOptions ReadOptionsOf(Tenant tenant) => new()
    {
        CivicNumbers = tenant.Privacy.IncludeCivicNumber,
        IdentifierContexts = [.. tenant.Feeds.SelectMany(feed => feed.Settings.IdentifierContexts).Distinct()],
        ActiveUnitProperty = Encoding.UTF8.GetBytes(tenant.Eligibility.Selection?.Property?.ActiveUnit ?? ""),
        ToLmsProperty = Encoding.UTF8.GetBytes(tenant.Eligibility.Selection?.Property?.ToLms ?? ""),
    };
}
