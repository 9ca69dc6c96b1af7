using System.Text.Json;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Findings;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>The product's transform and export stages with files in place of blobs.</summary>
internal sealed class Ours(PageFolder pages, DirectoryInfo output, IServiceProvider services)
{
    public const string RosterFileName = "roster.bin";
    public const string LedgerFileName = "ledger.bin";

    private const int FeedsAtOnce = 2;

    private readonly Catalog<IFeed> _feeds = services.GetRequiredService<Catalog<IFeed>>();

    public static async Task RunAsync(PageFolder pages, DirectoryInfo output, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddRosterPipeline(new ConfigurationBuilder().Build()).BuildServiceProvider();
        await new Ours(pages, output, services).RunAsync(ct);
    }

    private async Task RunAsync(CancellationToken ct)
    {
        var tenant = BenchTenant.Make(_feeds);
        await TransformAsync(tenant, ct);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = FeedsAtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(tenant.Feeds, parallel, async (feed, stop) => await ExportAsync(feed, stop));
    }

    private async Task TransformAsync(Tenant tenant, CancellationToken ct)
    {
        var snapshot = pages.Open();
        var decided = await services.GetRequiredService<Deciding>()
            .DecideAsync(snapshot, tenant, PageFolder.Today, tenant.Feeds.Select(feed => feed.Name), ct);

        // The difference against the previous roster belongs here, between deciding and storing.
        var ledger = LedgerBuilder.Build(
            decided.Decisions, decided.Roster, [.. decided.Feeds.Select(feed => (feed.Plan.Name, feed.Selection.Persons))]);
        Write(RosterFileName, file => RosterFile.Write(decided.Roster, file));
        Write(LedgerFileName, file => LedgerFile.Write(ledger, file));
        WriteJson("findings.json", FindingReport.Of(tenant.Id, PageFolder.Run, decided.Decisions.Data));
        WriteJson("run.json", Summary.Of(decided.Decisions, decided.Roster, snapshot.Manifest));
    }

    private async Task ExportAsync(FeedPlan plan, CancellationToken ct)
    {
        await using var stored = File.OpenRead(Path.Combine(output.FullName, RosterFileName));
        var roster = await RosterFile.ReadAsync(stored, ct);
        var feed = _feeds[plan.Type];
        using var before = new FeedFiles();
        using var files = new FeedFiles();
        feed.Render(new FeedInput(roster, feed.Choose(roster, plan.Settings), plan.Settings, before), files);
        foreach (var name in files.Names)
        {
            await using var copy = File.Create(Path.Combine(output.FullName, name));
            await files.Open(name).CopyToAsync(copy, ct);
        }
    }

    private void WriteJson<T>(string name, T content) => Write(name, file => JsonSerializer.Serialize(file, content, Serialization.Indented));

    private void Write(string name, Action<Stream> write)
    {
        using var file = File.Create(Path.Combine(output.FullName, name));
        write(file);
    }
}
