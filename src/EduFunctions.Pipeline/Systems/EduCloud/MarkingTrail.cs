using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <summary>
/// Remembers, for every object around the reader, where its id stands and its marking, until the object ends. Ids are only read where
/// there is a marking that matters, so the many objects without one cost next to nothing.
/// </summary>
internal sealed class MarkingTrail(ReadOnlyMemory<byte> body, SourceData fragment)
{
    public const int MaxDepth = 64;

    private readonly (int IdAt, Marking Marking)[] _objects = new (int, Marking)[MaxDepth + 2];

    /// <param name="at">Where the id's value begins, with its quote.</param>
    public void NoteId(int depth, int at) => _objects[depth].IdAt = at;

    public void NoteMarking(int depth, Marking marking) => _objects[depth].Marking = marking;

    /// <summary>The object ends: a marking on it that protects, or that nobody knows, is kept.</summary>
    public void Close(int depth)
    {
        var (idAt, marking) = _objects[depth];
        _objects[depth] = default;
        if (marking >= Marking.Unknown && idAt > 0 && TryRead(idAt, out var id))
        {
            fragment.Markings.Add(new MarkingRow(id, marking));
        }
    }

    private bool TryRead(int at, out EntityId id)
    {
        var json = new Utf8JsonReader(body.Span[at..]);
        json.Read();
        return EntityId.TryRead(JsonText.Of(ref json, out _), out id);
    }
}
