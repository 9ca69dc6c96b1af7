using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Stages;

/// <summary>A pull judged by what is remembered, and where that is stored.</summary>
internal sealed record RecalledPull(Recollection Recollection, StoredMemory Stored)
{
    /// <summary>What is wrong with the sealed chain; null when nothing is.</summary>
    public CutChain? Cut { get; init; }

    public int Waiting => Recollection.Waiting;
}

/// <summary>Brings what is remembered of the protected to every decision, and keeps it before any of them takes effect.</summary>
public sealed class Remembering(
    MemoryStore memories, MemoryHistory history, MemoryRebuilding rebuilding, TargetRosters delivered, EarlierPulls pulls, Seals seals)
{
    /// <summary>What is remembered now; null when nothing ever was.</summary>
    internal async Task<ProtectionMemory?> FindAsync(string tenant, string run, CancellationToken ct)
    {
        var stored = await memories.FindAsync(tenant, ct);
        return stored.Memory is { } memory && !await history.IsLatestAsync(tenant, run, stored, ct)
            ? (await rebuilding.RebuildAsync(tenant, run, memory.Key, memory, ct)).Memory
            : stored.Memory;
    }

    /// <summary>Makes the data say of everybody whether he or she is protected.</summary>
    internal async Task<RecalledPull> RecallAsync(Occasion occasion, SnapshotManifest manifest, SourceData data, CancellationToken ct)
    {
        var (tenant, run) = (occasion.Tenant.Id, occasion.Run);
        var stored = await memories.FindAsync(tenant, ct);
        var standing = stored.Memory is null ? null : await history.JudgeAsync(tenant, run, stored, ct);
        var isBelieved = standing is { IsLatest: true };
        var (memory, hasNights) = isBelieved ? (stored.Memory!, true) : await rebuilding.RebuildAsync(tenant, run, KeyOf(manifest), stored.Memory, ct);
        if (!isBelieved && (stored.Tag is not null || (manifest.Previous is not null && await memories.HasBeenAsync(tenant, ct))))
        {
            data.Findings.Count(FindingCodes.MemoryLost, 1);
        }

        var recollection = Recollection.Of(data, memory, occasion.Sight(isRefused: data.Refusal is not null));
        if (hasNights)
        {
            await LookBackAsync(occasion.Tenant, manifest, recollection, data, ct);
        }
        else
        {
            recollection.NoteLooked();
        }

        recollection.Apply();
        return new RecalledPull(recollection, isBelieved ? stored : stored with { Memory = null }) { Cut = standing?.Cut };
    }

    /// <summary>Whoever comes to light in rosters is looked for in earlier pulls, and what those say in rosters again.</summary>
    private async Task LookBackAsync(Tenant tenant, SnapshotManifest manifest, Recollection recollection, SourceData data, CancellationToken ct)
    {
        var read = new HashSet<EntityId>();
        do
        {
            await LookAsync(tenant, recollection, ct);
            var unread = recollection.Newcomers.Except(read).ToHashSet();
            await pulls.AddAsync(manifest, unread, data, ct);
            await foreach (var roster in unread.Count > 0 ? pulls.RostersAsync(manifest, ct) : AsyncEnumerable.Empty<Roster>())
            {
                recollection.AddNames(roster, unread);
            }

            read.UnionWith(unread);
        }
        while (recollection.AddEarlier());
    }

    /// <summary>Searches what targets were given last, as long as that brings anything more to light.</summary>
    private async Task LookAsync(Tenant tenant, Recollection recollection, CancellationToken ct)
    {
        if (!recollection.IsToLook)
        {
            return;
        }

        var (isWhole, hasMore, left) = (true, true, await delivered.LeftAsync(tenant.Id, ct));
        while (hasMore)
        {
            hasMore = recollection.Add(left);
            await foreach (var roster in delivered.AllAsync(tenant.Id, [.. tenant.Feeds.Select(feed => feed.Name)], hasOthers: true, ct))
            {
                isWhole &= roster is not null;
                hasMore |= roster is not null && recollection.Add(roster);
            }
        }

        if (isWhole)
        {
            recollection.NoteLooked();
        }
    }

    /// <summary>Keeps what is remembered from now on; the values of everybody who is protected are read by now.</summary>
    internal async Task<ProtectionMemory> RememberAsync(Occasion occasion, RecalledPull pull, CancellationToken ct)
    {
        var memory = pull.Recollection.Remember();
        if (occasion.IsKept)
        {
            await SaveAsync(occasion.Tenant.Id, memory, pull.Stored, ct);
        }

        return memory;
    }

    /// <summary>An operator has let go of those who waited.</summary>
    internal async Task ReleaseAsync(Tenant tenant, string run, CancellationToken ct)
    {
        var stored = await memories.FindAsync(tenant.Id, ct);
        if (stored.Memory is { } memory && await history.IsLatestAsync(tenant.Id, run, stored, ct))
        {
            var released = SameHumans.Due(memory.People, tenant.Guard.UnprotectAfterRuns).SelectMany(human => human).ToHashSet();
            await SaveAsync(tenant.Id, memory.Without(released.Contains), stored, ct);
        }
    }

    private async Task SaveAsync(string tenant, ProtectionMemory memory, StoredMemory before, CancellationToken ct)
    {
        if (await memories.SaveAsync(tenant, memory, before, ct) is { } record)
        {
            await seals.SealAsync(tenant, [record], ct);
        }
    }

    /// <summary>Of the first pull: nobody else's hashes are made with it.</summary>
    private static ulong KeyOf(SnapshotManifest manifest) =>
        BitConverter.ToUInt64(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{manifest.Tenant}/{manifest.Sha256}")));
}
