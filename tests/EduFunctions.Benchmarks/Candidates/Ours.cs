using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>The product's transform and export stages with files in place of blobs, without what nobody compares: delivery and the scan for protected persons.</summary>
internal sealed class Ours(PageFolder pages, DirectoryInfo output)
{
    public const string RosterFileName = "roster.bin";
    public const string LedgerFileName = "ledger.bin";

    private readonly Catalog<IFeed> _feeds = new([new AppleFeed(), new BlackboardFeed()]);

    /// <summary>Makes what the night before has left: its roster, and which part of it each feed had.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        var tenant = BenchTenant.Make(_feeds);
        var roster = RosterBuilder.Build(Decide.On(await ReadAsync(tenant, ct), Ss12000Rules.Book, tenant.Eligibility, PageFolder.Today.AddDays(-1)));
        await using var file = File.Create(pages.PreviousRoster);
        RosterFile.Write(roster, owner: null, file);
        foreach (var setup in tenant.Feeds)
        {
            await using var selection = File.Create(pages.PreviousSelection(setup.Name));
            SelectionFile.Write(Choose(setup, roster), roster, owner: null, selection);
        }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        Serialization.Prepare(PipelineJson.Default); // As the product does when it starts.
        var tenant = BenchTenant.Make(_feeds);
        StageMemory.Recycle(await TransformAsync(tenant, ct));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = tenant.Feeds.Count, CancellationToken = ct };
        await Parallel.ForEachAsync(tenant.Feeds, parallel, async (feed, stop) => await ExportAsync(feed, stop));
    }

    private Task<SourceData> ReadAsync(Tenant tenant, CancellationToken ct) =>
        Ss12000Reader.ReadAsync(pages.Open(), Deciding.ReadOptionsOf(tenant), ct);

    /// <returns>How many persons it was about.</returns>
    private async Task<int> TransformAsync(Tenant tenant, CancellationToken ct)
    {
        var (chosen, files) = await DecideAsync(tenant, ct);
        var persons = chosen[0].Roster.Persons.Count;
        await Task.WhenAll(files, PlanAsync(chosen, files, ct));

        // What runs on from within another method keeps that one's arguments alive.
        await Task.Yield();
        return persons;
    }

    private async Task<(IReadOnlyList<ChosenFeed> Feeds, Task Files)> DecideAsync(Tenant tenant, CancellationToken ct)
    {
        var data = await ReadAsync(tenant, ct);
        StageMemory.Recycle(data.Persons.Count);
        var decisions = Decide.On(data, Ss12000Rules.Book, tenant.Eligibility, PageFolder.Today);
        var roster = RosterBuilder.Build(decisions);
        StageMemory.Recycle(data.Persons.Count);
        var feeds = await Task.WhenAll(tenant.Feeds.Select(setup => Task.Run(() => new ChosenFeed(setup, roster, Choose(setup, roster)), ct)));
        data.ForgetWhatRostersHave();
        var decided = new Decided(decisions, roster, ProtectedValues.None, feeds, []);
        var files = DecidedFiles.Of(tenant.Id, PageFolder.Run, decided, new Discretion(), new FindingCatalog([], _feeds.Types.Select(type => _feeds[type])), Language.English);
        StageMemory.Release(roster.Persons.Count);
        var written = files.Select(file => Task.Run(() => Write(Path.GetFileName(file.Path), file.Write), ct));
        return (feeds, StageMemory.RecycleAfterAsync(Task.WhenAll(written), roster.Persons.Count));
    }

    /// <summary>The difference to the night before, judged: what an operator is shown.</summary>
    private async Task PlanAsync(IReadOnlyList<ChosenFeed> chosen, Task files, CancellationToken ct)
    {
        var earlier = await ReadRosterAsync(pages.PreviousRoster, ct);
        await StageMemory.AwaitIfScarceAsync(files, chosen[0].Roster.Persons.Count);
        var pair = new RosterPair(earlier, chosen[0].Roster);
        foreach (var feed in chosen)
        {
            var name = feed.Setup.Name;
            var difference = RosterDifference.Of(pair, await ReadSelectionAsync(pages.PreviousSelection(name), ct), feed.Selection);
            var judgement = new Judgement(difference, new GuardSettings(), Absences.None, PageFolder.Run, isBaselineLost: false);
            var hashed = judgement.Plan(
                new PlanName(PageFolder.Tenant, PageFolder.Run, name, "", null), changes => _feeds[feed.Setup.Type].Forecast(changes, PageFolder.Today));
            await files;
            Write($"{name}-plan.json", file => file.Write(PlanJson.Of(hashed)));
            Write(SelectionName(feed.Setup), file => SelectionFile.Write(feed.Selection, feed.Roster, owner: null, file));
        }
    }

    private async Task ExportAsync(FeedSetup setup, CancellationToken ct)
    {
        var roster = await ReadRosterAsync(Path.Combine(output.FullName, RosterFileName), ct);
        var chosen = await ReadSelectionAsync(Path.Combine(output.FullName, SelectionName(setup)), ct);
        using var before = new KnownFiles();
        using var files = new FeedFiles(name => new FileStream(Path.Combine(output.FullName, name), FileMode.CreateNew, FileAccess.ReadWrite));
        _feeds[setup.Type].Render(new FeedInput(roster, chosen, setup.Settings, before, PageFolder.Today), files);
    }

    private static string SelectionName(FeedSetup setup) => $"{setup.Name}-selection.bin";

    private FeedSelection Choose(FeedSetup setup, Roster roster) => _feeds[setup.Type].Choose(roster, setup.Settings, Holders.None);

    private static async Task<Roster> ReadRosterAsync(string file, CancellationToken ct)
    {
        await using var stored = File.OpenRead(file);
        return await RosterFile.ReadAsync(stored, owner: null, ct);
    }

    private static async Task<FeedSelection> ReadSelectionAsync(string file, CancellationToken ct)
    {
        await using var stored = File.OpenRead(file);
        return await SelectionFile.ReadAsync(stored, owner: null, ct);
    }

    private void Write(string name, Action<Stream> write)
    {
        using var file = new FileStream(Path.Combine(output.FullName, name), FileMode.CreateNew);
        write(file);
    }
}
