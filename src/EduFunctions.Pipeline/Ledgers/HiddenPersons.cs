using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>Who is told of to nobody but those who may find protected persons: by a run's roster, or by what has been remembered since.</summary>
public sealed class HiddenPersons(BlobStorage blobs, MemoryStore memories)
{
    /// <returns>Null where it cannot be told.</returns>
    public async Task<HashSet<EntityId>?> FindAsync(string tenant, string run, CancellationToken ct)
    {
        var stored = await memories.ShowAsync(tenant, ct);
        return await ProtectedTable.FindAsync(blobs, RosterPath.Roster(tenant, run), ct) is { } known && await FindNowAsync(tenant, stored, ct) is { } now ? [.. known, .. now] : null;
    }

    /// <summary>Whether somebody is remembered to be protected, whatever any roster says; null while nobody can say.</summary>
    /// <param name="orCompanion">Or answers for somebody who is.</param>
    public async Task<Predicate<EntityId>?> FindRememberedAsync(string tenant, bool orCompanion, CancellationToken ct)
    {
        var stored = await memories.ShowAsync(tenant, ct);
        var companions = orCompanion ? CompanionsOf(stored) : [];
        return stored.Memory is { } memory ? id => TextIds.IsKnown(id) && (memory.Has(id) || companions.Contains(id))
            : await FindNowAsync(tenant, stored, ct) is { } now ? now.ToHashSet().Contains
            : null;
    }

    /// <summary>
    /// Who answers for somebody protected, also as a run has seen it that may have been a dry one, which remembers nothing: that one of them has no account, or
    /// another, tells whose child it is.
    /// </summary>
    public async Task<HashSet<EntityId>> FindCompanionsAsync(string tenant, string run, CancellationToken ct) =>
        [.. CompanionsOf(await memories.FindAsync(tenant, ct)), .. await ProtectedTable.FindKeysOnlyAsync(blobs, RosterPath.Roster(tenant, run), ct) ?? []];

    private static HashSet<EntityId> CompanionsOf(StoredMemory stored) => [.. stored.Memory?.People.SelectMany(person => person.Companions) ?? []];

    /// <summary>Who is protected by now; null where it cannot be told.</summary>
    private async Task<IEnumerable<EntityId>?> FindNowAsync(string tenant, StoredMemory stored, CancellationToken ct) =>
        stored.Memory is { } memory ? memory.People.Select(person => person.Id)
        : stored.IsLost ? null
        : await NewestSight.FindAsync(blobs, tenant, ct);
}
