using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Remembers, for every object around the reader, where it begins, whom it refers to, and its strictest marking, until the object ends. Ids are only
/// read where there is a marking that matters, so the many objects without one cost next to nothing.
/// </summary>
internal sealed class MarkingTrail(ReadOnlyMemory<byte> body, SourceData fragment)
{
    public const int MaxDepth = 64;

    private readonly TrailedObject[] _objects = new TrailedObject[MaxDepth + 2];
    private readonly List<EntityId> _ids = [];

    /// <summary>Markings that nobody knows, of objects that are open: the innermost last.</summary>
    private readonly List<(int Depth, ulong Value)> _strange = [];

    /// <summary>The reader is in the object that begins at this depth.</summary>
    public void Enter(int depth) => _objects[depth].IsOpen = true;

    /// <param name="at">Where the id's value begins, with its quote.</param>
    public void NoteId(int depth, int at)
    {
        ref var trailed = ref _objects[depth];
        (trailed.IdAt, trailed.FurtherIdAt) = (at, trailed.IdAt);
    }

    /// <summary>A membership, a placement, a naming of a responsible: what it says of protection it says of the person in it.</summary>
    /// <param name="at">Where the reference begins.</param>
    public void NotePerson(int depth, int at) => _objects[depth].PersonAt = at;

    /// <summary>Of several the strictest counts.</summary>
    public void NoteMarking(int depth, Marking marking)
    {
        if (marking > _objects[depth].Marking)
        {
            _objects[depth].Marking = marking;
        }
    }

    /// <summary>A marking that nobody knows: of several each counts.</summary>
    public void NoteStrange(int depth, ulong value)
    {
        NoteMarking(depth, Marking.Unknown);
        _strange.Add((depth, value));
    }

    /// <summary>The same of the innermost object that is open, whatever lists are in it.</summary>
    public void NoteStrangeAround(int depth, ulong value)
    {
        while (depth > 0 && !_objects[depth].IsOpen)
        {
            depth--;
        }

        NoteStrange(depth, value);
    }

    /// <summary>The object ends: a marking on it that protects, or that nobody knows, is kept.</summary>
    public void Close(int depth)
    {
        var trailed = _objects[depth];
        _objects[depth] = default;
        if (depth > 0 && _objects[depth - 1].IsOpen && trailed.IdAt == 0)
        {
            _objects[depth - 1].WrappedAt = Math.Max(trailed.PersonAt, trailed.WrappedAt);
        }

        if (trailed.Marking < Marking.Unknown)
        {
            return;
        }

        _ids.Clear();
        AddId(trailed.IdAt);
        AddId(trailed.FurtherIdAt);
        if (trailed.PersonAt > 0 || (trailed.IdAt == 0 && trailed.WrappedAt > 0))
        {
            IdText.AddIds(body.Span[Math.Max(trailed.PersonAt, trailed.WrappedAt)..], _ids);
        }

        if (_ids.Count == 0)
        {
            HandOn(depth, trailed.Marking);
        }
        else
        {
            Keep(depth, trailed.Marking);
        }
    }

    private void Keep(int depth, Marking marking)
    {
        var first = FirstStrange(depth);
        foreach (var id in _ids)
        {
            if (marking == Marking.Protected)
            {
                fragment.Markings.Add(new MarkingRow(id, marking));
            }

            foreach (var (_, value) in _strange[first..])
            {
                fragment.Markings.Add(new MarkingRow(id, Marking.Unknown, value));
            }
        }

        _strange.RemoveRange(first, _strange.Count - first);
    }

    /// <summary>What names nobody, an enrolment or whatever else lies in a person, says it of the object around it.</summary>
    private void HandOn(int depth, Marking marking)
    {
        var (first, around) = (FirstStrange(depth), depth - 1);
        while (around >= 0 && !_objects[around].IsOpen)
        {
            around--;
        }

        if (around < 0)
        {
            _strange.RemoveRange(first, _strange.Count - first);
            return;
        }

        NoteMarking(around, marking);
        for (var at = first; at < _strange.Count; at++)
        {
            _strange[at] = (around, _strange[at].Value);
        }
    }

    private int FirstStrange(int depth)
    {
        var first = _strange.Count;
        while (first > 0 && _strange[first - 1].Depth >= depth)
        {
            first--;
        }

        return first;
    }

    private void AddId(int at)
    {
        if (at > 0 && IdText.TryRead(body.Span[at..], out var id))
        {
            _ids.Add(id);
        }
    }

    private struct TrailedObject
    {
        public int IdAt;
        public int FurtherIdAt;
        public int PersonAt;

        /// <summary>Of a person in an object that is nothing but a wrapper.</summary>
        public int WrappedAt;
        public Marking Marking;
        public bool IsOpen;
    }
}
