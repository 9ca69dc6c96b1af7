using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <content>What is not understood of the entity being read.</content>
internal ref partial struct PageWalker
{
    /// <summary>Whether the entity being read has something that is not understood, or no id, so that it is lost.</summary>
    public readonly bool IsDoubtful(EntityId id) => id.IsNone || _misread.Count > 0;

    /// <summary>How much of the entity being read has not been understood so far.</summary>
    public readonly int Misreadings => _misread.Count;

    /// <summary>
    /// What lacks the very thing that makes it what it is (a membership its person, a placement its school) says nothing that can be read: not that nobody
    /// is there.
    /// </summary>
    /// <param name="isThere">Whether it was read.</param>
    /// <param name="before">The <see cref="Misreadings"/> before the item was begun; what stands there and is not understood is told already.</param>
    /// <param name="expected">In the plural.</param>
    public readonly void RequireOf(ReadOnlySpan<byte> name, bool isThere, int before, string expected = References)
    {
        if (!isThere && _misread.Count == before)
        {
            Misread(name, expected, "nothing");
        }
    }

    /// <summary>The entity is not understood: something in the targets stays as it is.</summary>
    public readonly void Doubt(EntityKind kind, EntityId entity) => Fragment.Doubts.Add(new DoubtRow(kind, entity));

    /// <summary>Tells of what was not understood; an entity without an id is not either.</summary>
    public readonly void Tell(EntityKind kind, EntityId id)
    {
        foreach (var (property, expected, found) in _misread)
        {
            Fragment.Note(new MisreadValue(Place.Collection, Place.Page, kind, id, property, expected, found));
        }

        if (id.IsNone && _misread.Count == 0)
        {
            Fragment.Note(new MisreadValue(Place.Collection, Place.Page, kind, id, "id", "ids", "nothing"));
        }

        _misread.Clear();
    }

    /// <summary>Passes over something in the place of an entity: whatever it was meant to be is lost.</summary>
    public void LoseEntity(EntityKind kind)
    {
        Misread("data"u8, "objects", JsonKind.Of(_json.Type));
        Skip();
        Doubt(kind, default);
        Tell(kind, default);
        Close(kind, default);
    }

    /// <summary>Notes that what stands here is not what the property holds.</summary>
    /// <param name="expected">In the plural.</param>
    public readonly void Misread(ReadOnlySpan<byte> name, string expected, string found) =>
        Misread(Encoding.UTF8.GetString(name), expected, found);

    private readonly void Misread(string expected) => Misread(_json.Name, expected, JsonKind.Of(_json.Type));

    private readonly void Misread(string name, string expected, string found) =>
        _misread.Add((Part.Length == 0 ? name : name.Length == 0 ? Part : $"{Part}.{name}", expected, found));
}
