namespace EduFunctions.Pipeline.Guards;

/// <summary>What is counted and guarded apart. A person is of one kind: staff before student before guardian, as targets have them.</summary>
public enum RowKind : byte
{
    Students,
    Staff,
    Guardians,
    Sections,
    Memberships,
}

/// <summary>What becomes of a row from one delivery to the next.</summary>
public enum Change : byte
{
    /// <summary>In neither feed.</summary>
    Absent,
    Same,
    Added,
    Changed,
    Removed,
}
