using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// What a target was given last, made once more of the roster it was made of: where the files are lost that say what the target has. Never more than the target was
/// given, and unconfirmed, so that the next delivery repeats it.
/// </summary>
public sealed class GivenAgain(
    ReceiptStore receipts, DeliveryTraces traces, DeliveredFiles files, DeliveredRosters delivered, RosterStore rosters, RunStore runs, KeptConfigurations configurations,
    Baselines baselines, FeedPlanning planning, Remembering remembering, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    /// <summary>What a target has, by whatever is left that tells it.</summary>
    public async Task<KnownFiles> ReadAsync(RunRecord run, FeedSetup setup, CancellationToken ct)
    {
        var (known, isWhole) = await files.ReadWhatThereIsAsync(feeds[setup.Type], setup, deliveries.KeyOf(setup), run.Tenant, ct);
        if (isWhole || (!await HasTriedAsync(run, setup, ct) && await AddLastAsync(run, setup, known, orEarlier: false, ct)))
        {
            return known;
        }

        if (await FindAsync(run, setup, ct) is not { } given)
        {
            await AddLastAsync(run, setup, known, orEarlier: true, ct);
            return known;
        }

        using var made = new FeedFiles();
        List<KnownFile> lacking = [.. (await MakeAsync(run.Tenant, setup, given, made, ct)).Where(file => IsLacking(file, setup, known))];
        foreach (var file in lacking)
        {
            await made.Open(file.Name).CopyToAsync(known.Create(file), ct);
        }

        return known;
    }

    private Task<bool> AddLastAsync(RunRecord run, FeedSetup setup, KnownFiles known, bool orEarlier, CancellationToken ct) =>
        files.AddLastAsync(known, feeds[setup.Type], setup, deliveries.KeyOf(setup), run.Tenant, run.Run, orEarlier, ct);

    /// <summary>
    /// What a target may have if it took anything that nobody confirmed, of a feed that is complete every time: all of that, since of what is there nobody is to
    /// vanish who may stay. A feed that says what has changed knows itself what is not confirmed.
    /// </summary>
    /// <returns>Null where nothing was tried, or nobody can make it once more; and whether there may have been anything else.</returns>
    public async Task<(KnownFiles? Tried, bool IsInDoubt)> FindTriedAsync(RunRecord run, FeedSetup setup, CancellationToken ct)
    {
        if (SaysChanges(setup))
        {
            return (null, false);
        }

        var tries = await FindTriesAsync(run, setup, ct);
        if (tries.Places.Count == 0)
        {
            return (null, tries.IsLost);
        }

        var (given, isWhole) = await FindAllAsync(run, setup, tries, ct);
        return (given is null ? null : await MakeAsync(run.Tenant, setup, given, ct), tries.IsLost || !isWhole);
    }

    /// <summary>
    /// Whether the roster that was delivered last is one that was made anew of its pull by what is known of the protected since: those are not in it, and were in
    /// what was delivered.
    /// </summary>
    public async Task<bool> IsMadeSinceAsync(RunRecord run, FeedSetup setup, CancellationToken ct) =>
        await FindAsync(run, setup, ct) is { } given && await IsMadeSinceAsync(run, given, ct);

    private async Task<bool> IsMadeSinceAsync(RunRecord run, Baseline given, CancellationToken ct) =>
        given.Roster.Protected.Count > 0 && await runs.ShowAsync(run.Tenant, given.Place!.Run, ct) is { } then
        && await remembering.FindAsync(run.Tenant, run.Run, ct) is { } memory
        && given.Roster.Protected.Rows.ToArray().Any(id => memory.Find(id)?.Since > Day.From(then.Date));

    private bool SaysChanges(FeedSetup setup) => IFeedWithMemory.SaysChanges(feeds[setup.Type], setup.Settings);

    private async Task<bool> HasTriedAsync(RunRecord run, FeedSetup setup, CancellationToken ct) => SaysChanges(setup) && (await FindTriesAsync(run, setup, ct)).Places.Count > 0;

    private async Task<Tries> FindTriesAsync(RunRecord run, FeedSetup setup, CancellationToken ct) =>
        await traces.FindTriesAsync(run, setup.Name, deliveries.KeyOf(setup), (await receipts.FindLastAsync(run.Tenant, setup.Name, ct))?.Number ?? 0, ct);

    private async Task<KnownFiles> MakeAsync(string tenant, FeedSetup setup, Baseline given, CancellationToken ct)
    {
        var files = new KnownFiles();
        using var made = new FeedFiles();
        foreach (var file in await MakeAsync(tenant, setup, given, made, ct))
        {
            await made.Open(file.Name).CopyToAsync(files.Create(file), ct);
        }

        return files;
    }

    /// <summary>Stores what is lacking of what is known of a target with what is kept of it.</summary>
    /// <param name="whole">What is there.</param>
    /// <param name="isStored">False only to say what would be known.</param>
    internal async Task<IReadOnlyList<KnownFile>> CompleteAsync(
        string tenant, FeedSetup setup, DeliveredRoster place, IReadOnlyList<KnownFile> whole, bool isStored, CancellationToken ct)
    {
        using var made = new FeedFiles();
        if (await delivered.ReadAsync(place, new EarlierRosters(rosters), ct) is not { IsLost: false } given)
        {
            return whole;
        }

        var known = await MakeAsync(tenant, setup, given, made, ct);
        var hashes = made.Describe().Concat(made.DescribeKept()).ToDictionary(file => file.Name, file => file.Sha256);
        List<KnownFile> lacking =
        [
            .. known.Where(file => whole.All(there => there.Name != file.Name)).Select(file => file with { IsKept = true, Sha256 = hashes[file.Name] }),
        ];
        foreach (var file in isStored ? lacking : [])
        {
            await files.KeepAsync(tenant, setup.Name, file, made.Open(file.Name), ct);
        }

        return [.. whole, .. lacking];
    }

    /// <summary>
    /// The newest roster of a delivery to the target that can be read, or made anew; with whoever else is in one that the target may have taken before or
    /// after it, where nobody knows.
    /// </summary>
    internal async Task<Baseline?> FindAsync(RunRecord run, FeedSetup setup, CancellationToken ct) =>
        (await FindAllAsync(run, setup, await FindTriesAsync(run, setup, ct), ct)).Given;

    /// <returns>Null when there is none, and whether none of those that were tried is lacking, or anybody in one.</returns>
    private async Task<(Baseline? Given, bool IsWhole)> FindAllAsync(RunRecord run, FeedSetup setup, Tries tries, CancellationToken ct)
    {
        var last = await receipts.FindLastAsync(run.Tenant, setup.Name, ct);
        DeliveredRoster[] newest = last is not null && last.Key.Is(deliveries.KeyOf(setup)) ? [last.Roster] : [];
        var known = await ReadAllAsync(run.Tenant, newest.Concat(await baselines.EarlierAsync(run, setup, ct)).Distinct(), ct).FirstOrDefaultAsync(ct);
        var read = 0;
        await foreach (var given in ReadAllAsync(run.Tenant, tries.InOrder, ct))
        {
            read += await IsMadeSinceAsync(run, given, ct) ? 0 : 1;
            known = known is null ? given : given.With(known);
        }

        return (known, read == tries.Places.Count);
    }

    /// <summary>Those that can be read, or made anew.</summary>
    private async IAsyncEnumerable<Baseline> ReadAllAsync(string tenant, IEnumerable<DeliveredRoster> places, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var place in places)
        {
            if (await planning.RebuildAsync(tenant, place, ct) && await delivered.ReadAsync(place, new EarlierRosters(rosters), ct) is { IsLost: false } given)
            {
                yield return given;
            }
        }
    }

    /// <summary>The files, and which of them say what the target has.</summary>
    private async Task<IReadOnlyList<KnownFile>> MakeAsync(string tenant, FeedSetup setup, Baseline given, FeedFiles made, CancellationToken ct)
    {
        var (feed, run) = (feeds[setup.Type], given.Place!.Run);
        var settings = await FindSettingsAsync(tenant, run, setup, ct);
        using var nothing = new KnownFiles();
        var day = RunId.DayOf(run);
        feed.Render(
            new FeedInput(given.Roster, given.Selection, settings, nothing, day)
            {
                Tenant = tenant,
                Begun = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
                IsTotal = true,
            },
            made);
        string[] names = [.. made.Names, .. made.KeptNames];
        return feed is IFeedWithMemory memory
            ? [.. memory.Known([], new SentFiles(run, names, made.Names.ToDictionary(name => name, _ => false)), settings).Where(file => names.Contains(file.Name))]
            : [.. made.Names.Select(name => new KnownFile(name, run, IsConfirmed: false))];
    }

    private async Task<FeedSettings> FindSettingsAsync(string tenant, string run, FeedSetup setup, CancellationToken ct) =>
        await runs.ShowAsync(tenant, run, ct) is { IsUnreadable: false } then ? await FindSettingsAsync(then, setup, ct) : setup.Settings;

    /// <summary>
    /// Those for taking people out of what a target has: of a feed that is complete every time those of the delivery that comes once more without them, whatever the
    /// settings ask for since; of one that says changes those of now.
    /// </summary>
    internal async Task<FeedSettings> FindLeavingSettingsAsync(string tenant, FeedSetup setup, KnownFiles has, CancellationToken ct)
    {
        var then = has.Names.Count == 0 ? setup.Settings : await FindSettingsAsync(tenant, has.RunOf(has.Names.First()), setup, ct);
        return (IFeedWithMemory.SaysChanges(feeds[setup.Type], then) ? setup.Settings : then).WithoutDemands;
    }

    /// <summary>Those of then, since by others the same rows would be others; those of now where they were not kept.</summary>
    internal async Task<FeedSettings> FindSettingsAsync(RunRecord then, FeedSetup setup, CancellationToken ct)
    {
        try
        {
            var of = (await configurations.FindAsync(then.Tenant, then.Configuration, ct)).Feeds.Where(feed => feed.Type == setup.Type).ToList();
            return (of.Find(feed => feed.Name == setup.Name) ?? (of.Count == 1 ? of[0] : setup)).Settings;
        }
        catch (TenantRefusedException)
        {
            return setup.Settings;
        }
    }

    /// <summary>Names of files that are complete every time may be those of a night.</summary>
    private bool IsLacking(KnownFile file, FeedSetup setup, KnownFiles known) =>
        feeds[setup.Type] is IFeedWithMemory ? !known.Names.Contains(file.Name) : known.Names.Count == 0;
}
