using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>What a reference that leads nowhere looks like beside the ids that are there.</summary>
internal enum Oddness
{
    /// <summary>Like one of them: the row may be gone.</summary>
    None,

    /// <summary>Like none of them: something else stands there.</summary>
    Shape,

    /// <summary>It is one of them but for zeros at the beginning.</summary>
    Zeros,
}

/// <summary>What the ids of a file look like: of which kinds of characters they are, and how long. Whatever else is written in the place of one is no id.</summary>
internal sealed class IdShapes
{
    private const string Uuid = "uuid";

    private readonly Dictionary<string, (int Shortest, int Longest)> _lengths = [];
    private readonly HashSet<EntityId> _plain = [];

    public IdShapes(IEnumerable<EntityId> ids)
    {
        foreach (var id in ids)
        {
            var (shape, length) = (ShapeOf(id), id.TextLength);
            var known = _lengths.GetValueOrDefault(shape, (length, length));
            _lengths[shape] = (Math.Min(known.Item1, length), Math.Max(known.Item2, length));
            _plain.Add(LeadingZeros.Without(id));
        }
    }

    /// <param name="id">None of those that are there.</param>
    public Oddness Of(EntityId id) => _plain.Contains(LeadingZeros.Without(id)) ? Oddness.Zeros
        : _lengths.TryGetValue(ShapeOf(id), out var lengths) && id.TextLength >= lengths.Shortest && id.TextLength <= lengths.Longest ? Oddness.None
        : Oddness.Shape;

    /// <summary>Its kinds of characters: digits, letters, and each of the others by itself.</summary>
    private static string ShapeOf(EntityId id) => !id.IsText ? Uuid
        : string.Concat(id.ToString().Select(c => char.IsAsciiDigit(c) ? '0' : char.IsLetter(c) ? 'a' : c).Distinct().Order());
}
