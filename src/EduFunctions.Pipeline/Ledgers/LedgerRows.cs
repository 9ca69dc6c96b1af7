using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

// Rows of the decision ledger, stored byte for byte (LedgerFile): a changed field means a new version of the file.

/// <summary>What was decided on a person; sorted by id. Holds no value of the person.</summary>
public struct LedgerPerson
{
    public EntityId Id;
    public int FirstStay;
    public int FirstSection;

    /// <summary>Bit n is set when the run's feed n has the person.</summary>
    public uint Feeds;

    /// <summary>Failing reasons of the person itself, whatever the role.</summary>
    public Reasons Reasons;
    public ushort Stays;
    public ushort Sections;

    /// <summary>Students that name the person as guardian.</summary>
    public ushort NamedBy;
    public Roles Candidate;
    public Roles Eligible;
    public Marking OwnMarking;
    public PersonFacts Facts;

    /// <summary>Whether one of the students that name the person is eligible.</summary>
    public bool HasStudent;
    public MarkedOn MarkedOn;

    /// <summary>Where the notes of the feeds on the person begin, if there are any.</summary>
    public int FirstNote;
}

/// <summary>Something that a feed found on a person of its roster, which may be why it is without the person; sorted by person, feed, code.</summary>
/// <param name="Feed">By number, as in <see cref="LedgerFacts.Feeds"/>.</param>
/// <param name="Code">By number, as in <see cref="LedgerFacts.NoteCodes"/>.</param>
public readonly record struct LedgerNote(EntityId Person, int Feed, int Code);

/// <summary>A placement or duty of a person with what it was judged on, passing or not: so that it can be told what changed.</summary>
public struct LedgerStay
{
    public EntityId Unit;
    public Day Start;
    public Day End;

    /// <summary>Failing reasons of this placement or duty.</summary>
    public Reasons Reasons;

    /// <summary>Failing reasons of the unit, or <see cref="ReasonFacts.UnitNotInPull"/>.</summary>
    public uint UnitReasons;
    public Roles Role;

    /// <summary>School type of a placement by number, 0 when absent.</summary>
    public byte SchoolType;
    public bool Cancelled;
    public byte Reserved1;
    public int Reserved2;
}
