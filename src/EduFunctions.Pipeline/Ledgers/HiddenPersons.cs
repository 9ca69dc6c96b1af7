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
        var stored = await memories.FindAsync(tenant, ct);
        return await ProtectedTable.FindAsync(blobs, RosterPath.Roster(tenant, run), ct) is { } known && (stored.Memory is not null || stored.Tag is null)
            ? [.. known, .. stored.Memory?.People.Select(person => person.Id) ?? []]
            : null;
    }

    /// <summary>Whether somebody is remembered to be protected, whatever any roster says; null while nobody can say.</summary>
    public async Task<Predicate<EntityId>?> FindRememberedAsync(string tenant, CancellationToken ct) => await memories.FindAsync(tenant, ct) switch
    {
        { Memory: { } memory } => id => TextIds.IsKnown(id) && memory.Has(id),
        { Tag: null } => _ => false,
        _ => null,
    };

    /// <summary>Who answers for somebody protected: that one of them has no account tells whose child it is.</summary>
    public async Task<HashSet<EntityId>> FindCompanionsAsync(string tenant, CancellationToken ct) =>
        [.. (await memories.FindAsync(tenant, ct)).Memory?.People.SelectMany(person => person.Companions) ?? []];
}
