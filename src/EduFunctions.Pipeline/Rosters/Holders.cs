using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>A value that a target wants no two people to have, and who was delivered with it: hashes of both. Stored byte for byte (SelectionFile).</summary>
public readonly record struct UniqueValue(ulong Person, ulong Value);

/// <summary>Who was delivered last with which login or address: whoever has one keeps it, on whatever night somebody else comes along with it.</summary>
public sealed class Holders(IReadOnlyList<UniqueValue> values)
{
    // Few values are asked for by two, on most nights none.
    private readonly Lazy<Dictionary<ulong, ulong>> _values = new(() => values.DistinctBy(value => value.Person).ToDictionary(value => value.Person, value => value.Value));

    public static Holders None { get; } = new([]);

    /// <summary>What somebody was delivered with; null for nothing.</summary>
    public ulong? Find(EntityId person) => _values.Value.TryGetValue(Movement.KeyOf(person), out var held) ? held : null;

    public bool Has(EntityId person, ulong value) => _values.Value.TryGetValue(Movement.KeyOf(person), out var held) && held == value;
}
