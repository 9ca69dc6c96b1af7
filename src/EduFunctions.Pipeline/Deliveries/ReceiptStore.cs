using System.Text.Json.Serialization;
using Azure;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>What a target was last given: equal files need not be sent again, files for another target must.</summary>
/// <param name="Folder">Where the files lie in the container of feeds.</param>
/// <param name="Roster">What they were made of: what the next night is compared with.</param>
/// <param name="GoodAt">When the target was last known to be up to date; null for never.</param>
public sealed record LastDelivery(
    string Run, string Target, IReadOnlyList<FeedFile> Files, string Folder, DeliveredRoster Roster, DateTimeOffset? GoodAt = null)
{
    /// <summary>The kind of feed; null from releases that did not note it, where the receipt says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Whose delivery it is.</summary>
    [JsonIgnore]
    public TargetKey Key => TargetKey.Of(Target, Type);

    /// <inheritdoc cref="Receipt.Contents"/>
    public IReadOnlyList<FeedFile>? Contents { get; init; }

    /// <summary>Hash of the target's key, once it is on record whose target that is; null from releases that did not note it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Claim { get; init; }

    /// <summary>Number of the run that wrote this: one of an earlier run never takes the place of a later one's.</summary>
    public int Number { get; init; }

    /// <summary>Whether both say the same, however lists compare.</summary>
    internal bool IsLike(LastDelivery? other) => other is not null
        && (Run, Target, Folder, Roster, GoodAt, Number) == (other.Run, other.Target, other.Folder, other.Roster, other.GoodAt, other.Number)
        && Files.SequenceEqual(other.Files);

    /// <summary>What the feed was called then.</summary>
    internal string FeedName => Folder.Split('/')[2];

    public bool HasContentsOf(Receipt receipt) => (Contents ?? Files).SequenceEqual(receipt.Contents ?? receipt.Files);
}

/// <summary>Keeps the receipts of runs, and per feed what was delivered last.</summary>
public sealed class ReceiptStore(BlobStorage blobs, Discretion discretion)
{
    internal const string FileName = "receipt.json";
    internal const string LastFileName = "delivered.json";
    internal const string KnownFileName = "held.json";

    /// <summary>Beside the blobs that tell of a target: the hash of its key, so that one list tells which target is on record where.</summary>
    internal const string TargetNote = "target";

    /// <summary>Beside it: the kind of feed.</summary>
    internal const string TypeNote = "feedtype";

    public static string Name(string tenant, string run, string feed) => FeedPath.Sent(tenant, run, feed, FileName);

    public async Task<Receipt?> FindAsync(string tenant, string run, string feed, CancellationToken ct)
    {
        var name = Name(tenant, run, feed);
        return await blobs.ReadAsync(Containers.Feeds, name, ct) is { } blob ? Parse(name, blob.Content) : null;
    }

    /// <summary>As it came: it may name people whom the file named.</summary>
    public Task SaveAnswerAsync(Receipt receipt, string file, ReadOnlyMemory<byte> answer) =>
        blobs.WriteAsync(Containers.Feeds, $"{Folder(receipt)}/answers/{file}", answer, CancellationToken.None);

    /// <summary>The receipt with its bytes, to be gone on with and sealed.</summary>
    public async Task<(Receipt Receipt, StoredRecord Stored)?> ReadAsync(string tenant, string run, string feed, CancellationToken ct)
    {
        var name = Name(tenant, run, feed);
        return await blobs.ReadAsync(Containers.Feeds, name, ct) is { } blob
            ? (Parse(name, blob.Content), new StoredRecord(Containers.Feeds, name, blob.Content))
            : null;
    }

    /// <summary>Unlike all else that is a turn's own, it lies over nothing but what the turn has seen: a feed may be ended also by who has not the turn.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="FencedOffException">Somebody else has written it since it was read.</exception>
    public async Task<StoredRecord> SaveAsync(Receipt receipt, CancellationToken ct)
    {
        var stored = new StoredRecord(Containers.Feeds, Name(receipt.Tenant, receipt.Run, receipt.Feed), discretion.Tell(receipt.Tenant, receipt));
        var turn = OwnTurn.Of(stored.Name);
        if (turn is null || !turn.TryFind(stored.Container, stored.Name, out var seen))
        {
            seen = (await blobs.ReadAsync(stored.Container, stored.Name, ct))?.Tag;
        }

        var written = await blobs.TryReplaceAsync(stored.Container, stored.Name, stored.Content, seen, ct)
            ?? await FindOwnAsync(stored, ct)
            ?? throw new FencedOffException($"The receipt of {receipt.Feed} of run {receipt.Run} has been written by another host.");
        turn?.See(stored.Container, stored.Name, written);
        return stored;
    }

    /// <summary>A write whose answer was lost is asked for again, and then finds what it has written itself.</summary>
    private async Task<ETag?> FindOwnAsync(StoredRecord written, CancellationToken ct) =>
        await blobs.ReadAsync(written.Container, written.Name, ct) is { } there && there.Content.AsSpan().SequenceEqual(written.Content) ? there.Tag : null;

    internal static Receipt Parse(string name, byte[] json) => StoredJson.Parse<Receipt>(
        Containers.Feeds, name, json, "Put it back from a backup; without it, delete it and run again: what the target has is then found by the other receipts.");

    /// <summary>Null also for what cannot be read.</summary>
    public async Task<LastDelivery?> FindLastAsync(string tenant, string feed, CancellationToken ct) => (await ReadLastAsync(tenant, feed, ct)).Last;

    /// <summary>What was delivered last, and whether that is damaged.</summary>
    internal async Task<(LastDelivery? Last, bool IsDamaged)> LookAsync(string tenant, string feed, CancellationToken ct)
    {
        var (last, tag) = await ReadLastAsync(tenant, feed, ct);
        return (last, last is null && tag is not null);
    }

    /// <summary>Moves on what the next night is compared with. A feed that needed no sending was made of another roster all the same.</summary>
    /// <exception cref="FencedOffException">A later run has delivered the feed.</exception>
    public async Task SaveLastAsync(Receipt receipt, CancellationToken ct)
    {
        for (var tries = new WriteTries(Containers.State, LastName(receipt.Tenant, receipt.Feed)); ; await tries.NextAsync(ct))
        {
            var (before, tag) = await ReadLastAsync(receipt.Tenant, receipt.Feed, ct);
            if (before?.Number > receipt.Number)
            {
                throw new FencedOffException($"The feed {receipt.Feed} has been delivered by run {before.Run}, which is later than {receipt.Run}.");
            }

            var last = (receipt.State == ReceiptState.SkippedUnchanged ? before : null)
                ?? new LastDelivery(receipt.Run, receipt.Target, receipt.Files, Folder(receipt), receipt.Roster!) { Contents = receipt.Contents };
            last = last with { Roster = receipt.Roster!, GoodAt = receipt.IsGood ? receipt.Finished : before?.GoodAt, Number = receipt.Number, Type = receipt.Type };
            last = last with { Claim = last.Key.Hash };
            if (last.Claim != before?.Claim)
            {
                await new TargetClaims(blobs).ClaimAsync(receipt.Tenant, last.Target, ct);
            }

            var json = StateJson.Write(last);
            if (await blobs.TryReplaceAsync(Containers.State, LastName(receipt.Tenant, receipt.Feed), json, tag, ct, StateJson.NoteOf(json, NoteOf(last.Key))) is not null)
            {
                return;
            }
        }
    }

    /// <returns>Null and a tag for what cannot be read.</returns>
    private async Task<(LastDelivery? Last, ETag? Tag)> ReadLastAsync(string tenant, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, LastName(tenant, feed), ct) is { } blob ? (StateJson.TryParse<LastDelivery>(blob), blob.Tag) : (null, null);

    /// <summary>The newest receipt of a delivery by another run that is wanted; what is damaged says nothing.</summary>
    internal async Task<Receipt?> FindDeliveredAsync(string tenant, string run, Func<Receipt, bool> isWanted, CancellationToken ct) =>
        await ListDeliveredAsync(tenant, run, isWanted, ct) is [var newest, ..] ? newest : null;

    /// <summary>All of them, newest first.</summary>
    internal async Task<IReadOnlyList<Receipt>> ListDeliveredAsync(string tenant, string run, Func<Receipt, bool> isWanted, CancellationToken ct)
    {
        var found = new List<Receipt>();
        await foreach (var blob in blobs.ListAsync(Containers.Feeds, $"{tenant}/", ct))
        {
            if (blob.Name.Split('/') is [_, var other, _, FileName]
                && other != run && await FindReadableAsync(blob.Name, ct) is { IsDelivered: true } delivered && isWanted(delivered))
            {
                found.Add(delivered);
            }
        }

        found.Reverse();
        return [.. found.OrderByDescending(receipt => receipt.Number)];
    }

    /// <summary>Those of a run that can be read.</summary>
    internal async Task<IReadOnlyList<Receipt>> ListOfAsync(string tenant, string run, CancellationToken ct)
    {
        var found = new List<Receipt>();
        foreach (var feed in await blobs.FoldersAsync(Containers.Feeds, $"{tenant}/{run}/", ct))
        {
            found.AddRange(await FindWholeAsync(tenant, run, feed, ct) is { } receipt ? [receipt] : []);
        }

        return found;
    }

    /// <summary>Null also for a damaged one.</summary>
    internal Task<Receipt?> FindWholeAsync(string tenant, string run, string feed, CancellationToken ct) => FindReadableAsync(Name(tenant, run, feed), ct);

    /// <summary>What a run did to a target, whatever the feed was called then; and whether there is a receipt that cannot be read, and may be of it.</summary>
    internal async Task<(Receipt? Receipt, bool MayBe)> LookForAsync(string tenant, string run, TargetKey target, CancellationToken ct)
    {
        var isDamaged = false;
        foreach (var feed in await blobs.FoldersAsync(Containers.Feeds, $"{tenant}/{run}/", ct))
        {
            var (receipt, isThisDamaged) = await LookAsync(tenant, run, feed, ct);
            if (receipt?.Key.Is(target) == true)
            {
                return (receipt, false);
            }

            isDamaged |= isThisDamaged;
        }

        return (null, isDamaged);
    }

    /// <summary>A receipt, and whether there is one that cannot be read.</summary>
    internal async Task<(Receipt? Receipt, bool IsDamaged)> LookAsync(string tenant, string run, string feed, CancellationToken ct)
    {
        var blob = await blobs.ReadAsync(Containers.Feeds, Name(tenant, run, feed), ct);
        var receipt = blob is null ? null : StoredJson.TryParse<Receipt>(blob.Content);
        return (receipt, blob is not null && receipt is null);
    }

    private async Task<Receipt?> FindReadableAsync(string name, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Feeds, name, ct) is { } blob ? StoredJson.TryParse<Receipt>(blob.Content) : null;

    /// <summary>What kind of feed it was of, as its receipt says; null where that is gone.</summary>
    internal async Task<string?> FindTypeAsync(LastDelivery last, CancellationToken ct) => (await FindReadableAsync($"{last.Folder}/{FileName}", ct))?.Type;

    internal Task SaveLastAsync(string tenant, string feed, LastDelivery last, CancellationToken ct) =>
        WriteAsync(LastName(tenant, feed), last, NoteOf(last.Key), ct);

    internal static Dictionary<string, string> NoteOf(TargetKey target)
    {
        var note = new Dictionary<string, string> { [TargetNote] = target.Hash };
        if (target.Type is { } type)
        {
            note[TypeNote] = type;
        }

        return note;
    }

    /// <summary>Whether exactly this is known already.</summary>
    internal async Task<bool> IsKnownAsync(string tenant, string feed, IReadOnlyList<KnownFile> known, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, KnownName(tenant, feed), ct) is { } blob && StateJson.IsWhole(blob) && blob.Content.AsSpan().SequenceEqual(StateJson.Write(known));

    /// <summary>Whether what the target may have tells of a delivery that came to its end. One that failed leaves it, too, and is no delivery.</summary>
    internal async Task<bool> HasKnownAsync(string tenant, string feed, CancellationToken ct)
    {
        if (await blobs.ReadAsync(Containers.State, KnownName(tenant, feed), ct) is not { } blob)
        {
            return false;
        }

        foreach (var run in StateJson.TryParse<IReadOnlyList<KnownFile>>(blob)?.Select(file => file.Run).Distinct() ?? [""])
        {
            if (run.Length == 0 || await FindAsync(tenant, run, feed, ct) is null or { IsDelivered: true })
            {
                return true;
            }
        }

        return false;
    }

    private async Task WriteAsync<T>(string name, T value, IDictionary<string, string> note, CancellationToken ct)
    {
        var json = StateJson.Write(value);
        await blobs.WriteAsync(Containers.State, name, json, ct, StateJson.NoteOf(json, note));
    }

    /// <summary>What the target may have, file by file; nothing when nothing was ever sent.</summary>
    /// <exception cref="UnreadableBlobException">It is damaged.</exception>
    public async Task<IReadOnlyList<KnownFile>> FindKnownAsync(string tenant, string feed, CancellationToken ct) => await TryFindKnownAsync(tenant, feed, ct) ?? [];

    /// <summary>The same; null when that was never written, or is gone.</summary>
    public async Task<IReadOnlyList<KnownFile>?> TryFindKnownAsync(string tenant, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, KnownName(tenant, feed), ct) is { } blob
            ? StateJson.Parse<IReadOnlyList<KnownFile>>(Containers.State, KnownName(tenant, feed), blob, Remedy(tenant, feed))
            : null;

    /// <summary>The same; null also when it is damaged.</summary>
    internal async Task<IReadOnlyList<KnownFile>?> FindReadableAsync(string tenant, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, KnownName(tenant, feed), ct) is { } blob ? StateJson.TryParse<IReadOnlyList<KnownFile>>(blob) : null;

    /// <param name="target">Whose files they are.</param>
    public Task SaveKnownAsync(string tenant, string feed, IReadOnlyList<KnownFile> known, TargetKey target, CancellationToken ct) =>
        SaveKnownAsync(tenant, feed, known, NoteOf(target), ct);

    internal Task SaveKnownAsync(string tenant, string feed, IReadOnlyList<KnownFile> known, IDictionary<string, string> note, CancellationToken ct) =>
        WriteAsync(KnownName(tenant, feed), known, note, ct);

    internal static string Folder(Receipt receipt) => FeedPath.Folder(receipt.Tenant, receipt.Run, receipt.Feed);

    /// <summary>What brings back what is known of a target.</summary>
    [Told]
    internal static string Remedy(string tenant, string feed) => $"Look at \"rebaseline --tenant {tenant} --feed {feed} --dry-run\"; without --dry-run it makes it known again.";

    internal static string LastName(string tenant, string feed) => FeedPath.State(tenant, feed, LastFileName);

    internal static string KnownName(string tenant, string feed) => FeedPath.State(tenant, feed, KnownFileName);
}
