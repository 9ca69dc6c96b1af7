using System.Text.Json;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Feeds.AppleSchoolManager;
using EduFunctions.Pipeline.Feeds.Blackboard;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Sources.EduCloud;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>The product's transform and export stages with files in place of blobs.</summary>
internal sealed class Ours(PageFolder pages, DirectoryInfo output)
{
    public const string RosterFileName = "roster.bin";
    public const string LedgerFileName = "ledger.bin";

    private readonly Catalog<IFeed> _feeds = new([new AppleFeed(), new BlackboardFeed()]);

    public async Task RunAsync(CancellationToken ct)
    {
        var tenant = BenchTenant.Make(_feeds);
        await TransformAsync(tenant, ct);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = tenant.Feeds.Count, CancellationToken = ct };
        await Parallel.ForEachAsync(tenant.Feeds, parallel, async (feed, stop) => await ExportAsync(feed, stop));
    }

    private async Task TransformAsync(Tenant tenant, CancellationToken ct)
    {
        var snapshot = pages.Open();
        var data = await EduCloudReader.ReadAsync(snapshot, Deciding.ReadOptionsOf(tenant), ct);
        var decisions = Decide.On(data, tenant.Eligibility, PageFolder.Today);
        var roster = RosterBuilder.Build(decisions);
        var values = ProtectedValuesBuilder.Of(data, key: 1);
        var decided = new Decided(decisions, roster, values, [.. tenant.Feeds.Select(plan => new ChosenFeed(plan, roster, Choose(plan, roster)))]);

        // The difference against the previous roster belongs here, between deciding and storing.
        var files = DecidedFiles.Of(tenant.Id, PageFolder.Run, decided, new Discretion());
        await Task.WhenAll(files.Select(file => Task.Run(() => Write(Path.GetFileName(file.Path), file.Write), ct)));
        Write("run.json", file => JsonSerializer.Serialize(file, Summary.Of(decisions, roster, snapshot.Manifest), Serialization.Indented));
    }

    private async Task ExportAsync(FeedPlan plan, CancellationToken ct)
    {
        await using var stored = File.OpenRead(Path.Combine(output.FullName, RosterFileName));
        var roster = await RosterFile.ReadAsync(stored, ct);
        using var before = new HeldFiles();
        using var files = new FeedFiles();
        _feeds[plan.Type].Render(new FeedInput(roster, Choose(plan, roster), plan.Settings, before, PageFolder.Today), files);
        foreach (var name in files.Names)
        {
            await using var copy = File.Create(Path.Combine(output.FullName, name));
            await files.Open(name).CopyToAsync(copy, ct);
        }
    }

    private FeedSelection Choose(FeedPlan plan, Roster roster)
    {
        using var before = new HeldFiles();
        return _feeds[plan.Type].Choose(roster, plan.Settings, before);
    }

    private void Write(string name, Action<Stream> write)
    {
        using var file = File.Create(Path.Combine(output.FullName, name));
        write(file);
    }
}
