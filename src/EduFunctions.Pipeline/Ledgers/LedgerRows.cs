using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

// Rows of the decision ledger, stored byte for byte (LedgerFile): a changed field means a new version of the file.

/// <summary>What was decided on a person; sorted by id.</summary>
public struct LedgerPerson
{
    public EntityId Id;
    public int FirstReason;
    public int FirstSection;

    /// <summary>Bit n is set when the run's feed n has the person.</summary>
    public uint Feeds;
    public ushort Reasons;
    public ushort Sections;
    public Roles Candidate;
    public Roles Eligible;
    public ushort Reserved1;
    public int Reserved2;
}

/// <summary>A failing reason with what it was judged on. Holds no value of a person.</summary>
public struct LedgerReason
{
    /// <summary>The unit for placements and duties, the person otherwise.</summary>
    public EntityId Entity;
    public Day Start;
    public Day End;

    /// <summary>What else was looked at; <see cref="ReasonFacts"/> says what it means for which reason.</summary>
    public uint Detail;
    public Reason Reason;
    public Roles Role;
    public ushort Reserved;
}
