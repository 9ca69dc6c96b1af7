using System.Collections.Concurrent;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>The ids of a whole pull: who is there, who is referred to, and so who is missing.</summary>
internal sealed class PullIds
{
    private readonly ConcurrentDictionary<string, CollectionIds> _collections = new(StringComparer.Ordinal);

    public CollectionIds this[string collection] => _collections.GetOrAdd(collection, _ => new CollectionIds());

    /// <summary>The collection is read anew.</summary>
    public void Restart(string collection) => _collections[collection] = new CollectionIds();

    /// <summary>Ids of a collection that the pull refers to but does not have.</summary>
    public IEnumerable<EntityId> Missing(string collection) => Referred(collection).Where(id => !this[collection].Own.Contains(id));

    public IdCounts Count(string collection)
    {
        var referred = Referred(collection).ToList();
        var dangling = referred.Count(id => !this[collection].Own.Contains(id));
        return new IdCounts(this[collection].Own.Count, referred.Count - dangling, dangling);
    }

    private IEnumerable<EntityId> Referred(string collection) =>
        _collections.Values.SelectMany(from => from.References.GetValueOrDefault(collection) ?? []).Distinct();
}
