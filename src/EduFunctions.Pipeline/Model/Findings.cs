namespace EduFunctions.Pipeline.Model;

/// <summary>What is wrong with single rows of a source; the run goes on. Codes are stable and part of the API.</summary>
public static class FindingCodes
{
    public const string IdMissing = "id.missing";
    public const string IdDuplicate = "id.duplicate";
    public const string NameMissing = "name.missing";
    public const string AttributeMissing = "attribute.missing";
    public const string DateInvalid = "date.invalid";
    public const string ValueUnknown = "value.unknown";
    public const string ReferenceDangling = "reference.dangling";
    public const string AddressesAbsent = "addresses.absent";
}

/// <summary>One kind of finding with its count and the first ids in order. Never holds a name, a number or an address.</summary>
public sealed record Finding(string Code, int Count, IReadOnlyList<string> Sample);

/// <summary>Collects findings from many pages; the result does not depend on their order.</summary>
public sealed class FindingLog
{
    public const int SampleSize = 10;

    private readonly Dictionary<string, List<EntityId>> _entities = [];

    /// <summary>An entity without an id (<see cref="EntityId.IsNone"/>) is counted, not named.</summary>
    public void Add(string code, EntityId entity)
    {
        if (!_entities.TryGetValue(code, out var entities))
        {
            _entities[code] = entities = [];
        }

        entities.Add(entity);
    }

    public void Add(FindingLog other)
    {
        foreach (var (code, entities) in other._entities)
        {
            foreach (var entity in entities)
            {
                Add(code, entity);
            }
        }
    }

    /// <param name="mayBeNamed">False for protected persons: they are counted without their id.</param>
    public IReadOnlyList<Finding> Summarise(Func<EntityId, bool> mayBeNamed) =>
    [
        .. _entities
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => new Finding(kind.Key, kind.Value.Count, Sample(kind.Value.Where(mayBeNamed)))),
    ];

    private static string[] Sample(IEnumerable<EntityId> entities) =>
        [.. entities.Where(id => !id.IsNone).Distinct().Order().Take(SampleSize).Select(id => id.ToString())];
}
