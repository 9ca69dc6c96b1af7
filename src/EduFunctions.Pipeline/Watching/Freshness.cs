using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Collects the facts that <see cref="FreshnessStatus"/> judges: last good deliveries, first sights, the planner's last night.</summary>
public sealed class Freshness(BlobStorage blobs, ReceiptStore receipts, Freezing freezing, PipelineOptions options, TimeProvider time)
{
    public const string Planner = "planner";

    private const string PlannerName = "planner.json";

    /// <summary>Every feed of the tenant, in the order of its file.</summary>
    public async Task<IReadOnlyList<FreshnessStatus>> OfAsync(Tenant tenant, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = tenant.DateAt(now);
        var seen = await ReadAsync<FirstSights>(SightsName(tenant.Id), ct) ?? FirstSights.None;
        var judged = new List<FreshnessStatus>();
        foreach (var feed in (await WithRestsAsync(tenant, ct)).Feeds.Where(feed => feed.Enabled))
        {
            var last = await receipts.FindLastAsync(tenant.Id, feed.Name, ct);
            var rest = feed.FindRest(freeze => freeze.HoldsAll(today) || (last is null && freeze.HoldsFirst(today)));
            var facts = new FreshnessFacts(feed.Name, last?.GoodAt, seen.Feeds.GetValueOrDefault(feed.Name, now), feed.FreshnessHours)
            {
                Rest = rest,
                PartRests = rest is null && feed.RestsOn(today).ToList() is { Count: > 0 } some ? some : null,
                Rested = RestedAt(tenant, feed, today),
            };
            judged.Add(FreshnessStatus.Of(facts, now));
        }

        return judged;
    }

    /// <summary>When the last rest that is over was over by its day: the night of that day brings what waited.</summary>
    private static DateTimeOffset? RestedAt(Tenant tenant, FeedSetup feed, DateOnly today) =>
        feed.Freezes.Max(freeze => freeze.EndedBy(today)) is { } day ? tenant.StartOf(day) : null;

    /// <summary>Operators' words that cannot be read are as if nobody had said them: the next run tells of it.</summary>
    private async Task<Tenant> WithRestsAsync(Tenant tenant, CancellationToken ct)
    {
        try
        {
            return await freezing.ApplyAsync(tenant, ct);
        }
        catch (UnreadableBlobException)
        {
            return tenant;
        }
    }

    /// <summary>Whether nights are begun at all, by any host.</summary>
    public async Task<FreshnessStatus> OfPlannerAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var planner = await ReadAsync<PlannerSigns>(PlannerName, ct);
        return FreshnessStatus.Of(new FreshnessFacts(Planner, planner?.Planned, planner?.FirstSeen ?? now, options.PlannerHours), now);
    }

    /// <summary>Takes note of feeds that are seen for the first time: from now on their first delivery is awaited.</summary>
    public async Task SeeAsync(Tenant tenant, CancellationToken ct)
    {
        var seen = await ReadAsync<FirstSights>(SightsName(tenant.Id), ct) ?? FirstSights.None;
        var now = time.GetUtcNow();
        var feeds = tenant.Feeds.ToDictionary(feed => feed.Name, feed => seen.Feeds.GetValueOrDefault(feed.Name, now));
        if (!feeds.Keys.ToHashSet().SetEquals(seen.Feeds.Keys))
        {
            await WriteAsync(SightsName(tenant.Id), new FirstSights(feeds), ct);
        }
    }

    /// <summary>The same of the planner.</summary>
    public async Task SeePlannerAsync(CancellationToken ct)
    {
        if (await ReadAsync<PlannerSigns>(PlannerName, ct) is null)
        {
            await WriteAsync(PlannerName, new PlannerSigns(time.GetUtcNow(), Planned: null), ct);
        }
    }

    /// <summary>When somebody last looked whether nights begin; null when nobody ever did.</summary>
    public async Task<DateTimeOffset?> FindPlannedAsync(CancellationToken ct) => (await ReadAsync<PlannerSigns>(PlannerName, ct))?.Planned;

    /// <summary>The planner's sign of life.</summary>
    public async Task NightStartedAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var before = await ReadAsync<PlannerSigns>(PlannerName, ct);
        await WriteAsync(PlannerName, new PlannerSigns(before?.FirstSeen ?? now, now), ct);
    }

    /// <summary>What cannot be read is as if it were not there: the watch writes it again.</summary>
    private async Task<T?> ReadAsync<T>(string name, CancellationToken ct)
        where T : class =>
        await blobs.ReadAsync(Containers.State, name, ct) is { } blob ? StoredJson.TryParse<T>(blob.Content) : null;

    private Task WriteAsync<T>(string name, T content, CancellationToken ct) =>
        blobs.WriteAsync(Containers.State, name, JsonSerializer.SerializeToUtf8Bytes(content, Serialization.Indented), ct);

    private static string SightsName(string tenant) => $"{tenant}/watch.json";

    private sealed record FirstSights(IReadOnlyDictionary<string, DateTimeOffset> Feeds)
    {
        public static FirstSights None { get; } = new(new Dictionary<string, DateTimeOffset>());
    }

    private sealed record PlannerSigns(DateTimeOffset FirstSeen, DateTimeOffset? Planned);
}
