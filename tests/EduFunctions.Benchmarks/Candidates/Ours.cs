using EduFunctions.Benchmarks.Measuring;
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

/// <summary>The product's transform and export stages with files in place of blobs, without delivery.</summary>
/// <param name="protects">Whether also with what nobody else does: the memory of the protected, and the scan for them.</param>
internal sealed class Ours(PageFolder pages, DirectoryInfo output, bool protects = false)
{
    public const string RosterFileName = "roster.bin";
    public const string LedgerFileName = "ledger.bin";

    private readonly Catalog<IFeed> _feeds = new([new AppleFeed(), new BlackboardFeed()]);
    private ProtectedValues _values = ProtectedValues.None;

    /// <summary>What each step took.</summary>
    public Steps Steps { get; } = new();

    /// <summary>Makes what the night before has left: its roster, and which part of it each feed had.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        var tenant = BenchTenant.Make(_feeds);
        await Protecting(tenant).PrepareAsync(await ReadAsync(tenant, ct), ct);
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
        await Parallel.ForEachAsync(tenant.Feeds, parallel, async (feed, stop) => await ExportAsync(tenant, feed, stop));
    }

    private Protecting Protecting(Tenant tenant) => new(pages, tenant, _feeds, Steps);

    private Task<SourceData> ReadAsync(Tenant tenant, CancellationToken ct) =>
        Steps.MeasureAsync("read", Ss12000Reader.ReadAsync(pages.Open(), Deciding.ReadOptionsOf(tenant), ct));

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
        var recollection = protects ? await Protecting(tenant).RecallAsync(data, ct) : null;
        var values = recollection is null ? Task.FromResult(ProtectedValues.None) : Task.Run(() => Protecting(tenant).RememberAsync(data, recollection, ct), ct);
        var decisions = Steps.Measure("decide", () => Decide.On(data, Ss12000Rules.Book, tenant.Eligibility, PageFolder.Today));
        var roster = Steps.Measure("roster", () => RosterBuilder.Build(decisions));
        StageMemory.Recycle(data.Persons.Count);
        IReadOnlyList<ChosenFeed> feeds = await Task.WhenAll(tenant.Feeds.Select(setup => Task.Run(() => new ChosenFeed(setup, roster, Choose(setup, roster)), ct)));
        _values = await Steps.MeasureAsync("wait for values", values);
        data.ForgetWhatRostersHave();
        (roster, feeds, _) = protects ? Protecting(tenant).KeepBack(roster, feeds, _values) : (roster, feeds, data.Findings);
        var decided = new Decided(decisions, roster, _values, feeds, []);
        var files = DecidedFiles.Of(tenant.Id, PageFolder.Run, decided, new Discretion(), new FindingCatalog([], _feeds.Types.Select(type => _feeds[type])), Language.English);
        StageMemory.Release(roster.Persons.Count);
        var written = files.Select(file => Task.Run(() => Write(Path.GetFileName(file.Path), file.Write), ct)).ToList();
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
            var before = await ReadSelectionAsync(pages.PreviousSelection(name), ct);
            var difference = Steps.Measure($"compare {name}", () => RosterDifference.Of(pair, before, feed.Selection));
            var judgement = new Judgement(difference, new GuardSettings(), Absences.None, PageFolder.Run, isBaselineLost: false);
            var hashed = judgement.Plan(
                new PlanName(PageFolder.Tenant, PageFolder.Run, name, "", null), changes => _feeds[feed.Setup.Type].Forecast(changes, PageFolder.Today));
            await files;
            Write($"{name}-plan.json", file => file.Write(PlanJson.Of(hashed)));
            Write(SelectionName(feed.Setup), file => SelectionFile.Write(feed.Selection, feed.Roster, owner: null, file));
        }
    }

    private async Task ExportAsync(Tenant tenant, FeedSetup setup, CancellationToken ct)
    {
        var roster = await ReadRosterAsync(Path.Combine(output.FullName, RosterFileName), ct);
        var chosen = await ReadSelectionAsync(Path.Combine(output.FullName, SelectionName(setup)), ct);
        using var before = new KnownFiles();
        using var files = new FeedFiles(name => new FileStream(Path.Combine(output.FullName, name), FileMode.CreateNew, FileAccess.ReadWrite));
        Steps.Measure($"render {setup.Name}", () =>
        {
            _feeds[setup.Type].Render(new FeedInput(roster, chosen, setup.Settings, before, PageFolder.Today), files);
            return files;
        });
        if (protects)
        {
            Protecting(tenant).Scan(files, _values, setup);
        }
    }

    private static string SelectionName(FeedSetup setup) => $"{setup.Name}-selection.bin";

    private FeedSelection Choose(FeedSetup setup, Roster roster) => Steps.Measure($"choose {setup.Name}", () => _feeds[setup.Type].Choose(roster, setup.Settings, Holders.None));

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

    private void Write(string name, Action<Stream> write) => Steps.Measure($"write {name}", () =>
    {
        using var file = new FileStream(Path.Combine(output.FullName, name), FileMode.CreateNew);
        write(file);
        return file;
    });
}
