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
    /// <param name="from">The collections whose references count; null for all.</param>
    public IReadOnlyList<EntityId> Missing(string collection, IEnumerable<string>? from = null)
    {
        var (own, missing) = (this[collection].Own, new List<EntityId>());
        foreach (var id in Referred(collection, from ?? _collections.Keys).Ids)
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
        return new IdCounts(this[collection].Own.Ids.Length, Referred(collection, _collections.Keys).Ids.Length - dangling, dangling);
    }

    /// <summary>For pages of the collection.</summary>
    public CollectionIds New(string collection) => collection == SnapshotManifest.Deletions
        ? new DeletedIds { Silent = silent ?? SilentSizes.None }
        : new CollectionIds(RowParts.Of(collection)) { Silent = silent ?? SilentSizes.None, Marks = new RowMarks() };

    private IdCollector Referred(string collection, IEnumerable<string> from)
    {
        var referred = new IdCollector();
        foreach (var name in from)
        {
            if (this[name].References.TryGetValue(collection, out var ids))
            {
                referred.Add(ids);
            }
        }

        return referred;
    }
}
