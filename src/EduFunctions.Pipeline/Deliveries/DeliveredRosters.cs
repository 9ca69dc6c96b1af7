using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>What a feed is compared with.</summary>
/// <param name="Place">Where it lies; null for a first delivery and a lost one.</param>
/// <param name="IsLost">Whether there was one that cannot be read.</param>
public sealed record Baseline(DeliveredRoster? Place, bool IsLost, Roster Roster, FeedSelection Selection)
{
    /// <summary>Where what is lost should lie, when that is known.</summary>
    public DeliveredRoster? Lost { get; init; }

    /// <summary>What is on record of the delivery; null when nothing is.</summary>
    public LastDelivery? Last { get; init; }

    /// <summary>What has to be told of it.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>What keeps everything back, since it may be there and would go; null for nothing.</summary>
    public Hold? Unconfirmed { get; init; }

    /// <summary>With whoever only an older one has.</summary>
    internal Baseline With(Baseline older)
    {
        var (roster, selection) = UnitedRosters.Of(older.Roster, older.Selection, Roster, Selection);
        return this with { Roster = roster, Selection = selection };
    }
}

/// <summary>Finds what a target was given last, as a roster.</summary>
public sealed class DeliveredRosters(BlobStorage blobs, ReceiptStore receipts)
{
    private static readonly Roster Nobody = new() { Vocabulary = new RosterVocabulary([], [], [], []) };

    /// <summary>What is on record of the feed at its target: never is a target compared with what another was given.</summary>
    public async Task<Baseline> FindAsync(string tenant, string feed, TargetKey target, EarlierRosters rosters, CancellationToken ct)
    {
        var (last, isDamaged) = await receipts.LookAsync(tenant, feed, ct);
        return last is null ? Nothing(isLost: isDamaged || await receipts.HasKnownAsync(tenant, feed, ct))
            : last.Key.Is(target) ? (await ReadAsync(last.Roster, rosters, ct)) with { Last = last }
            : Nothing(isLost: true) with { Last = last };
    }

    /// <summary>Where the rosters of all deliveries to a target lie that receipts tell of, newest first.</summary>
    public async Task<IReadOnlyList<DeliveredRoster>> PlacesAsync(string tenant, string run, TargetKey target, CancellationToken ct) =>
        [.. (await receipts.ListDeliveredAsync(tenant, run, receipt => receipt.Key.Is(target), ct)).Select(receipt => receipt.Roster).OfType<DeliveredRoster>()];

    /// <param name="place">Null when there was nothing, or nothing that could be read.</param>
    public async Task<Baseline> ReadAsync(DeliveredRoster? place, EarlierRosters rosters, CancellationToken ct)
    {
        try
        {
            await using var selection = place is null ? null : await blobs.OpenAsync(Containers.Rosters, place.Selection, ct);
            return selection is not null && await rosters.FindAsync(place!.Roster, ct) is { } roster
                && await SelectionFile.ReadAsync(selection, RosterPath.OwnerOf(place.Selection), ct) is var chosen && chosen.IsOf(roster)
                ? new Baseline(place, false, roster, chosen)
                : Nothing(isLost: true) with { Lost = place };
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return Nothing(isLost: true) with { Lost = place };
        }
    }

    /// <summary>Who was delivered last with which unique value, where that can be read.</summary>
    public async Task<Holders> FindHoldersAsync(string tenant, string feed, TargetKey target, CancellationToken ct) =>
        (await receipts.LookAsync(tenant, feed, ct)).Last is { } last && last.Key.Is(target) ? await ReadHoldersAsync(last.Roster, ct) : Holders.None;

    /// <inheritdoc cref="FindHoldersAsync"/>
    public async Task<Holders> ReadHoldersAsync(DeliveredRoster? place, CancellationToken ct)
    {
        try
        {
            await using var selection = place is null ? null : await blobs.OpenAsync(Containers.Rosters, place.Selection, ct);
            return selection is null ? Holders.None : new Holders((await SelectionFile.ReadAsync(selection, RosterPath.OwnerOf(place!.Selection), ct)).Values);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return Holders.None;
        }
    }

    /// <summary>What has moved in the feed lately, where that can be read: no snapshot brings it back.</summary>
    public async Task<IReadOnlyList<Movement>> FindMovementsAsync(DeliveredRoster place, CancellationToken ct)
    {
        try
        {
            await using var selection = await blobs.OpenAsync(Containers.Rosters, place.Selection, ct);
            return selection is null ? [] : (await SelectionFile.ReadAsync(selection, RosterPath.OwnerOf(place.Selection), ct)).Movements;
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return [];
        }
    }

    public static Baseline Nothing(bool isLost) =>
        new(null, isLost, Nobody, new FeedSelection(new BitArray(0), new BitArray(0), new FindingLog()));
}
