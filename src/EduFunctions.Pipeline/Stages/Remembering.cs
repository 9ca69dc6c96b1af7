using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>A pull judged by what is remembered, and where that is stored.</summary>
internal sealed record RecalledPull(Recollection Recollection, StoredMemory Stored)
{
    public int Waiting => Recollection.Waiting;
}

/// <summary>Brings what is remembered of the protected to every decision, and keeps it before any of them takes effect.</summary>
public sealed class Remembering(BlobStorage blobs, MemoryStore memories, MemoryRebuilding rebuilding, RosterStore rosters, ReceiptStore receipts, Seals seals)
{
    /// <summary>What is remembered now; null when nothing ever was.</summary>
    internal async Task<ProtectionMemory?> FindAsync(string tenant, CancellationToken ct) => (await memories.FindAsync(tenant, ct)).Memory;

    /// <summary>Makes the data say of everybody whether he or she is protected.</summary>
    internal async Task<RecalledPull> RecallAsync(Occasion occasion, SnapshotManifest manifest, SourceData data, CancellationToken ct)
    {
        var tenant = occasion.Tenant.Id;
        var stored = await memories.FindAsync(tenant, ct);
        var memory = stored.Memory ?? await rebuilding.RebuildAsync(tenant, occasion.Run, KeyOf(manifest), ct);
        var recollection = Recollection.Of(data, memory, occasion.Sight());
        if (recollection.HasNew)
        {
            await foreach (var roster in DeliveredAsync(tenant, ct))
            {
                recollection.Add(roster);
            }
        }

        recollection.Apply();
        return new RecalledPull(recollection, stored);
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
    internal async Task ReleaseAsync(Tenant tenant, CancellationToken ct)
    {
        var stored = await memories.FindAsync(tenant.Id, ct);
        if (stored.Memory is { } memory)
        {
            await SaveAsync(tenant.Id, memory.Without(person => person.Clears >= tenant.Guard.UnprotectAfterRuns), stored, ct);
        }
    }

    private async Task SaveAsync(string tenant, ProtectionMemory memory, StoredMemory before, CancellationToken ct)
    {
        if (await memories.SaveAsync(tenant, memory, before, ct) is { } record)
        {
            await seals.SealAsync(tenant, [record], ct);
        }
    }

    /// <summary>The rosters that the tenant's targets were given last, each once; one that cannot be read says nothing.</summary>
    private async IAsyncEnumerable<Roster> DeliveredAsync(string tenant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var feed in await blobs.FoldersAsync(Containers.State, $"{tenant}/feeds/", ct))
        {
            if (await receipts.FindLastAsync(tenant, feed, ct) is { } last && paths.Add(last.Roster.Roster)
                && await rosters.TryFindAsync(last.Roster.Roster, ct) is { } roster)
            {
                yield return roster;
            }
        }
    }

    /// <summary>Of the first pull: nobody else's hashes are made with it.</summary>
    private static ulong KeyOf(SnapshotManifest manifest) =>
        BitConverter.ToUInt64(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{manifest.Tenant}/{manifest.Sha256}")));
}
