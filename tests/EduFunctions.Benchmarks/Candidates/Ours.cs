using System.Text.Json;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Feeds.AppleSchoolManager;
using EduFunctions.Pipeline.Feeds.Blackboard;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Sources.EduCloud;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>The product's transform and export stages with files in place of blobs, without what nobody compares: delivery and the scan for protected persons.</summary>
internal sealed class Ours(PageFolder pages, DirectoryInfo output)
{
    public const string RosterFileName = "roster.bin";
    public const string LedgerFileName = "ledger.bin";

    private readonly Catalog<IFeed> _feeds = new([new AppleFeed(), new BlackboardFeed()]);

    /// <summary>Makes what the night before has left: its roster.</summary>
    public static async Task PrepareAsync(PageFolder pages, CancellationToken ct)
    {
        var tenant = BenchTenant.Make(new([]));
        var decisions = Decide.On(await ReadAsync(pages, tenant, ct), tenant.Eligibility, PageFolder.Today.AddDays(-1));
        await using var file = File.Create(pages.PreviousRoster);
        RosterFile.Write(RosterBuilder.Build(decisions), file);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var tenant = BenchTenant.Make(_feeds);
        await TransformAsync(tenant, ct);
        StageMemory.Release();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = tenant.Feeds.Count, CancellationToken = ct };
        await Parallel.ForEachAsync(tenant.Feeds, parallel, async (feed, stop) => await ExportAsync(feed, stop));
    }

    private static Task<SourceData> ReadAsync(PageFolder pages, Tenant tenant, CancellationToken ct) =>
        EduCloudReader.ReadAsync(pages.Open(), Deciding.ReadOptionsOf(tenant), ct);

    private async Task TransformAsync(Tenant tenant, CancellationToken ct)
    {
        var data = await ReadAsync(pages, tenant, ct);
        StageMemory.Release();
        var decisions = Decide.On(data, tenant.Eligibility, PageFolder.Today);
        var roster = RosterBuilder.Build(decisions);
        var feeds = tenant.Feeds.Select(plan => new ChosenFeed(plan, roster, Choose(plan, roster))).ToList();
        var files = DecidedFiles.Of(tenant.Id, PageFolder.Run, new Decided(decisions, roster, ProtectedValues.None, feeds), new Discretion());
        StageMemory.Release();
        await Task.WhenAll(files.Select(file => Task.Run(() => Write(Path.GetFileName(file.Path), file.Write), ct)));
    }

    private async Task ExportAsync(FeedPlan plan, CancellationToken ct)
    {
        var roster = await ReadRosterAsync(Path.Combine(output.FullName, RosterFileName), ct);
        var chosen = Choose(plan, roster);
        WritePlan(plan, await ReadRosterAsync(pages.PreviousRoster, ct), roster, chosen);
        using var before = new HeldFiles();
        using var files = new FeedFiles();
        _feeds[plan.Type].Render(new FeedInput(roster, chosen, plan.Settings, before, PageFolder.Today), files);
        foreach (var name in files.Names)
        {
            await using var copy = File.Create(Path.Combine(output.FullName, name));
            await files.Open(name).CopyToAsync(copy, ct);
        }
    }

    /// <summary>The difference to the night before, judged: what an operator is shown.</summary>
    private void WritePlan(FeedPlan plan, Roster before, Roster now, FeedSelection chosen)
    {
        var difference = RosterDifference.Between(before, Choose(plan, before), now, chosen);
        var judgement = new Judgement(difference, new GuardSettings(), Absences.None, PageFolder.Run, isBaselineLost: false);
        var hashed = judgement.Plan(new PlanName(PageFolder.Tenant, PageFolder.Run, plan.Name, "", null), changes => _feeds[plan.Type].Forecast(changes, PageFolder.Today));
        Write($"{plan.Name}-plan.json", file => JsonSerializer.Serialize(file, hashed, Serialization.Indented));
    }

    private FeedSelection Choose(FeedPlan plan, Roster roster)
    {
        using var before = new HeldFiles();
        return _feeds[plan.Type].Choose(roster, plan.Settings, before);
    }

    private static async Task<Roster> ReadRosterAsync(string file, CancellationToken ct)
    {
        await using var stored = File.OpenRead(file);
        return await RosterFile.ReadAsync(stored, ct);
    }

    private void Write(string name, Action<Stream> write)
    {
        using var file = File.Create(Path.Combine(output.FullName, name));
        write(file);
    }
}
