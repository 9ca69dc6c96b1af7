using System.Text.Json;
using Azure;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>A target that rests.</summary>
/// <param name="Freeze">What waits, and until when.</param>
/// <param name="Since">When an operator said so; null for what the tenant file says.</param>
public sealed record RestingFeed(string Feed, FeedFreeze Freeze, DateTimeOffset? Since = null, string? By = null, string? Reason = null);

/// <summary>
/// Lets targets rest by an operator's word (<c>state/{tenant}/freezes.json</c>), and go on again. What the tenant file says of it (<c>freeze</c>) counts
/// beside that, and nobody but its author changes it.
/// </summary>
public sealed class Freezing(BlobStorage blobs, TenantStore tenants, Catalog<IDelivery> deliveries, ActLog acts, TimeProvider time)
{
    private const int LongestDays = 366;

    /// <summary>What rests today, whoever says so.</summary>
    public async Task<IReadOnlyList<RestingFeed>> ListAsync(Tenant tenant, CancellationToken ct)
    {
        var today = tenant.DateAt(time.GetUtcNow());
        var filed = from feed in tenant.Feeds where feed.Freeze is not null select new RestingFeed(feed.Name, feed.Freeze!);
        var ordered = (await ReadAsync(tenant.Id, ct)).Rests.Select(rest => rest.Shown(FindFeed(tenant, rest)?.Name));
        return [.. filed.Concat(ordered).Where(resting => resting.Freeze.IsOn(today))];
    }

    /// <summary>The tenant with what operators have said of its feeds.</summary>
    public async Task<Tenant> ApplyAsync(Tenant tenant, CancellationToken ct)
    {
        var rests = (await ReadAsync(tenant.Id, ct)).Rests;
        return rests.Count == 0 ? tenant : tenant with { Feeds = [.. tenant.Feeds.Select(feed => Ordered(feed, rests.LastOrDefault(rest => FindFeed(tenant, rest) == feed)))] };
    }

    private static FeedSetup Ordered(FeedSetup feed, OrderedRest? rest) => feed with { Ordered = rest?.Freeze, OrderedBy = rest?.By };

    /// <summary>Lets a target rest; what was said of it before is replaced.</summary>
    /// <param name="until">The first day on which all goes on again, YYYY-MM-DD.</param>
    /// <param name="what"><c>all</c>, <c>adds</c> or <c>removals</c>.</param>
    /// <returns>Why it is not done; null when it is.</returns>
    /// <exception cref="TenantRefusedException">The tenant file cannot be used.</exception>
    [Told]
    public async Task<string?> FreezeAsync(string id, string feed, string until, string what, Asker by, CancellationToken ct)
    {
        var tenant = await tenants.ReadSettingsAsync(id, ct);
        var today = tenant.DateAt(time.GetUtcNow());
        if (FindRefusal(tenant, feed, by) is { } refusal)
        {
            return refusal;
        }

        if (FeedFreeze.Find(until, what) is not { } freeze || !freeze.IsOn(today) || freeze.IsOn(today.AddDays(LongestDays)))
        {
            return $"Say until which day, after {today:yyyy-MM-dd} and at most a year ahead (YYYY-MM-DD), and what waits: all, adds or removals.";
        }

        var act = await acts.WriteAsync(Act(ActKind.Freeze, id, feed, by) with { What = [freeze.What, freeze.Until] }, ct);
        var rest = new OrderedRest(feed, freeze, act.At, act.By, act.Reason) { Target = TargetOf(tenant.FeedOf(feed)) };
        await ChangeAsync(id, others => [.. others.Where(other => FindFeed(tenant, other)?.Name != feed), rest], ct);
        return null;
    }

    /// <summary>Lets a target go on.</summary>
    /// <returns>Why it is not done; null when it is.</returns>
    /// <exception cref="TenantRefusedException">The tenant file cannot be used.</exception>
    [Told]
    public async Task<string?> ThawAsync(string id, string feed, Asker by, CancellationToken ct)
    {
        var tenant = await tenants.ReadSettingsAsync(id, ct);
        if (FindRefusal(tenant, feed, by) is { } refusal)
        {
            return refusal;
        }

        if ((await ReadAsync(id, ct)).Rests.All(rest => FindFeed(tenant, rest)?.Name != feed))
        {
            return tenant.FeedOf(feed).Freeze is null
                ? $"Nobody has let the feed {feed} rest."
                : $"The feed {feed} rests by the tenant file (freeze): it is changed there.";
        }

        await acts.WriteAsync(Act(ActKind.Thaw, id, feed, by), ct);
        await ChangeAsync(id, others => [.. others.Where(other => FindFeed(tenant, other)?.Name != feed)], ct);
        return null;
    }

    [Told]
    private static string? FindRefusal(Tenant tenant, string feed, Asker by) =>
        tenant.Feeds.All(known => known.Name != feed) ? $"The tenant has no feed \"{feed}\"; it has {string.Join(", ", tenant.Feeds.Select(known => known.Name))}."
        : by.Reason is null && tenant.RequiresReasons() ? Asker.Lack
        : null;

    private static Act Act(ActKind kind, string tenant, string feed, Asker by) => new() { Tenant = tenant, Kind = kind, By = by.Name, Reason = by.Reason, Feed = feed };

    /// <summary>A target is its address, whatever its feed is called by now; where none of the feeds goes there, the one of that name rests. Null for none.</summary>
    private FeedSetup? FindFeed(Tenant tenant, OrderedRest rest) =>
        tenant.Feeds.FirstOrDefault(feed => rest.Target is not null && TargetOf(feed) == rest.Target) ?? tenant.FindFeed(rest.Feed);

    /// <summary>Null where the address is a secret, which not every host has: such a target is known by its feed's name.</summary>
    private string? TargetOf(FeedSetup feed) => deliveries[feed.Delivery.Type].IsSecret(feed.Delivery) ? null : deliveries.KeyOf(feed).Name;

    private async Task ChangeAsync(string tenant, Func<IReadOnlyList<OrderedRest>, IReadOnlyList<OrderedRest>> change, CancellationToken ct)
    {
        for (var tries = new WriteTries(Containers.State, Name(tenant)); ; await tries.NextAsync(ct))
        {
            var (rests, tag) = await ReadAsync(tenant, ct);
            var changed = JsonSerializer.SerializeToUtf8Bytes(change(rests), Serialization.Indented);
            if (await blobs.TryReplaceAsync(Containers.State, Name(tenant), changed, tag, ct) is not null)
            {
                return;
            }
        }
    }

    private async Task<(IReadOnlyList<OrderedRest> Rests, ETag? Tag)> ReadAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, Name(tenant), ct) is { } blob
            ? (StoredJson.Parse<IReadOnlyList<OrderedRest>>(Containers.State, Name(tenant), blob.Content, "Look at \"acts\" for what operators have let rest, delete it, and say so again."), blob.Tag)
            : ([], null);

    private static string Name(string tenant) => $"{tenant}/freezes.json";

    /// <summary>As it is stored.</summary>
    /// <param name="Feed">What the feed was called then.</param>
    private sealed record OrderedRest(string Feed, FeedFreeze Freeze, DateTimeOffset? Since, string? By, string? Reason)
    {
        /// <summary><see cref="TargetKey.Name"/> of what rests; null where only the feed's name is known.</summary>
        public string? Target { get; init; }

        /// <param name="feed">What the feed is called now; null for one that there is no more.</param>
        public RestingFeed Shown(string? feed) => new(feed ?? Feed, Freeze, Since, By, Reason);
    }
}
