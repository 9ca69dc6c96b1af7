using System.Runtime.InteropServices;

namespace EduFunctions.Pipeline.Model;

/// <summary>One kind of finding with its count and the first ids in order. Never holds a name, a number or an address.</summary>
public sealed record Finding(string Code, int Count, IReadOnlyList<string> Sample);

/// <summary>A finding on an entity (without an id: <see cref="EntityId.IsNone"/>) and, for a reference, where it leads.</summary>
/// <param name="Property">Where in the entity it stands, in the words of the source's form (<c>enrolments.schoolType</c>); null where that is said by the code.</param>
public readonly record struct FindingRow(EntityKind Kind, EntityId Entity, EntityId RefersTo, string? Property = null);

/// <summary>Collects findings from many pages; the result does not depend on their order.</summary>
public sealed class FindingLog
{
    public const int SampleSize = 10;

    private readonly SortedDictionary<string, List<FindingRow>> _rows = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, List<FindingRow>> Rows => _rows;

    public void Add(string code, EntityKind kind, EntityId entity, EntityId refersTo = default, string? property = null) =>
        Of(code).Add(new FindingRow(kind, entity, refersTo, property));

    /// <summary>A finding that concerns so many that naming them would help nobody.</summary>
    public void Count(string code, int count) => _counts[code] = _counts.GetValueOrDefault(code) + count;

    public void Clear()
    {
        _rows.Clear();
        _counts.Clear();
    }

    public void Add(FindingLog other)
    {
        foreach (var (code, rows) in other._rows)
        {
            Of(code).AddRange(CollectionsMarshal.AsSpan(rows));
        }

        foreach (var (code, count) in other._counts)
        {
            Count(code, count);
        }
    }

    /// <param name="mayBeNamed">False for protected persons: they are counted without their id.</param>
    public IReadOnlyList<Finding> Summarise(Func<EntityId, bool> mayBeNamed) =>
    [
        .. _rows.Select(kind => new Finding(kind.Key, kind.Value.Count, Sample(kind.Value, mayBeNamed)))
            .Concat(_counts.Where(entry => entry.Value > 0).Select(entry => new Finding(entry.Key, entry.Value, [])))
            .OrderBy(finding => finding.Code, StringComparer.Ordinal),
    ];

    private static string[] Sample(List<FindingRow> rows, Func<EntityId, bool> mayBeNamed) =>
    [
        .. rows.Select(row => row.Entity)
            .Where(id => !id.IsNone && mayBeNamed(id)).Distinct().Order().Take(SampleSize).Select(id => id.ToString()),
    ];

    private List<FindingRow> Of(string code) => _rows.TryGetValue(code, out var rows) ? rows : _rows[code] = [];
}
