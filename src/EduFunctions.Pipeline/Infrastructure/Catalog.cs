namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>A member of a family that the tenant file names by its type.</summary>
public interface IPlugIn
{
    /// <summary>The value of <c>type</c> in the tenant file.</summary>
    string Type { get; }

    /// <summary>The record its settings are bound to.</summary>
    Type Settings { get; }
}

/// <summary>The members of a family by type.</summary>
public sealed class Catalog<T>(IEnumerable<T> members)
    where T : IPlugIn
{
    private readonly Dictionary<string, T> _members = members.ToDictionary(member => member.Type, StringComparer.Ordinal);

    public IReadOnlyList<string> Types => [.. _members.Keys.Order(StringComparer.Ordinal)];

    public T this[string type] => _members[type];

    public bool TryGet(string type, out T? member) => _members.TryGetValue(type, out member);
}
