namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What properties are called in findings, each kept once however many rows of a page tell of it.</summary>
internal sealed class PropertyNames
{
    private readonly Dictionary<(string Part, string Name), string> _names = [];

    /// <param name="part">The list within the entity; empty outside of any.</param>
    public string Of(string part, string name)
    {
        if (!_names.TryGetValue((part, name), out var known))
        {
            _names[(part, name)] = known = part.Length == 0 ? name : name.Length == 0 ? part : $"{part}.{name}";
        }

        return known;
    }
}
