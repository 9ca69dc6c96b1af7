namespace EduFunctions.Pipeline.Probing;

/// <summary>How much a roster client depends on something.</summary>
public enum ProbeGrade
{
    /// <summary>Without it nobody can tell who goes to which school.</summary>
    Needed,

    /// <summary>The standard says it, and clients that go around it pay for it.</summary>
    Expected,

    /// <summary>It saves calls, or names a mistake earlier.</summary>
    Nice,
}

/// <summary>What became of a check.</summary>
public enum ProbeOutcome
{
    Pass,
    Miss,

    /// <summary>Nothing came that would show it.</summary>
    Unseen,
}
