namespace EduFunctions.Simulators.Unikum;

/// <summary>A relation by its four facts but the operation.</summary>
public readonly record struct UnikumRelation(string Type, string Subject, string Target);

/// <summary>What the receiver knows: objects by kind and id, and how they are related.</summary>
public sealed class UnikumState
{
    private readonly Dictionary<(string Kind, string Id), string[]> _objects = [];
    private readonly HashSet<UnikumRelation> _relations = [];
    private readonly Dictionary<(string Type, string Subject), HashSet<string>> _bySubject = [];

    public IReadOnlyCollection<UnikumRelation> Relations => _relations;

    /// <summary>Ids of a kind (school, class, user), in order.</summary>
    public IReadOnlyList<string> Objects(string kind) =>
        [.. _objects.Keys.Where(key => key.Kind == kind).Select(key => key.Id).Order(StringComparer.Ordinal)];

    /// <summary>An object's columns, null for one that is not there.</summary>
    public IReadOnlyList<string>? Find(string kind, string id) => _objects.GetValueOrDefault((kind, id));

    /// <summary>The pairs of a type as <c>subject object</c>, in order.</summary>
    public IReadOnlyList<string> Related(string type) =>
        [.. _relations.Where(relation => relation.Type == type).Select(relation => $"{relation.Subject} {relation.Target}").Order(StringComparer.Ordinal)];

    /// <summary>What a subject is related to.</summary>
    public IReadOnlyCollection<string> ObjectsOf(string type, string subject) => _bySubject.GetValueOrDefault((type, subject)) ?? [];

    internal bool Has(string kind, string id) => _objects.ContainsKey((kind, id));

    internal bool Has(UnikumRelation relation) => _relations.Contains(relation);

    internal void Put(string kind, string id, string[] columns) => _objects[(kind, id)] = columns;

    internal bool Add(UnikumRelation relation)
    {
        var key = (relation.Type, relation.Subject);
        (_bySubject.TryGetValue(key, out var objects) ? objects : _bySubject[key] = []).Add(relation.Target);
        return _relations.Add(relation);
    }

    internal bool Remove(UnikumRelation relation)
    {
        _bySubject.GetValueOrDefault((relation.Type, relation.Subject))?.Remove(relation.Target);
        return _relations.Remove(relation);
    }
}
