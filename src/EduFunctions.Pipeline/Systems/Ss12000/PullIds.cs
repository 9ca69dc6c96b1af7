using System.Collections.Concurrent;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The ids of a whole pull: who is there, who is referred to, and so who is missing.</summary>
/// <param name="silent">What says nothing of the collections' sizes.</param>
internal sealed class PullIds(SilentSizes? silent = null)
{
    private readonly ConcurrentDictionary<string, CollectionIds> _collections = new(StringComparer.Ordinal);

    public CollectionIds this[string collection] => _collections.GetOrAdd(collection, New);

    /// <summary>The collection is read anew.</summary>
    public void Restart(string collection) => _collections[collection] = New(collection);

    /// <summary>Ids of a collection, in order, that the pull refers to but does not have.</summary>
    public IReadOnlyList<EntityId> Missing(string collection)
    {
        var (own, missing) = (this[collection].Own, new List<EntityId>());
        foreach (var id in Referred(collection).Ids)
        {
            if (!own.Contains(id))
            {
                missing.Add(id);
            }
        }

        return missing;
    }

    public IdCounts Count(string collection)
    {
        var dangling = Missing(collection).Count;
        return new IdCounts(this[collection].Own.Ids.Length, Referred(collection).Ids.Length - dangling, dangling);
    }

    private CollectionIds New(string collection) => collection == SnapshotManifest.Deletions
        ? new DeletedIds { Silent = silent ?? SilentSizes.None }
        : new CollectionIds(RowParts.Of(collection)) { Silent = silent ?? SilentSizes.None };

    private IdCollector Referred(string collection)
    {
        var referred = new IdCollector();
        foreach (var from in _collections.Values)
        {
            if (from.References.TryGetValue(collection, out var ids))
            {
                referred.Add(ids);
            }
        }

        return referred;
    }
}
