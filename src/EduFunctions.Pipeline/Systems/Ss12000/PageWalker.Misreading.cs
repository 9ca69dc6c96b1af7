using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <content>What is not understood of the entity being read.</content>
internal ref partial struct PageWalker
{
    /// <summary>The latest of the dates that stand for none: 0001-01-01, 1753-01-01, 1899-12-30 and this.</summary>
    private static readonly Day LastNoDate = Model.Day.From(new DateOnly(1900, 1, 1));

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

    /// <summary>
    /// Whether something can still say anything: what has ended, or was cancelled, says nothing of tonight, so what else of it is not understood does not
    /// matter. Ends that cannot be ends are not understood, and end nothing.
    /// </summary>
    /// <param name="isOut">Whether it was cancelled, or is of a kind that nobody asks for.</param>
    /// <param name="before">The <see cref="Misreadings"/> before it was begun; what was added since is forgotten where it does not matter.</param>
    public readonly bool CanMatter(Day start, Day end, int before, bool isOut = false)
    {
        if (isOut || (end.IsDay && end <= Over && CanEnd(start, end)))
        {
            _misread.RemoveRange(before, _misread.Count - before);
            return false;
        }

        if (end.IsDay && !CanEnd(start, end))
        {
            Note(FindingCodes.DateInvalid, "endDate");
            Misread("endDate"u8, "dates from the start on", "another date");
        }

        return true;
    }

    /// <summary>
    /// Systems write the first date they know for none, and nothing ends before it began; the day before alone is how registers take back what never came to be.
    /// </summary>
    private static bool CanEnd(Day start, Day end) => end > LastNoDate && !(start.IsDay && end.Number < start.Number - 1);

    /// <summary>The entity is not understood: something in the targets stays as it is.</summary>
    public readonly void Doubt(EntityKind kind, EntityId entity) => Fragment.Doubts.Add(new DoubtRow(kind, entity));

    /// <summary>
    /// The same of what says something of a person. Where it does not say of whom, whoever it was about in the last pull stays (<see cref="LostParts"/>); without an
    /// id of its own it may be about anybody.
    /// </summary>
    public readonly void DoubtPerson(EntityKind kind, EntityId id, EntityId person)
    {
        if (!person.IsNone)
        {
            Doubt(EntityKind.Person, person);
        }
        else if (id.IsNone)
        {
            Doubt(kind, default);
        }
    }

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
