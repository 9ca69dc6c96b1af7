namespace EduFunctions.Pipeline.Checking;

/// <summary>How it is known that a target has a rule.</summary>
public enum Certainty
{
    /// <summary>The vendor, or the standard, says so.</summary>
    Stated,

    /// <summary>Real files, answers or clients show it.</summary>
    Seen,

    /// <summary>It follows from what is stated or seen, or guards against what nobody has said.</summary>
    Inferred,

    /// <summary>No target asks for it: we do, of files that we have made ourselves.</summary>
    Ours,
}

/// <summary>One thing that a target asks of a file.</summary>
/// <param name="Code">Begins with the target's short name.</param>
/// <param name="Sentence">What has to be so; goes on after the name of a column.</param>
/// <param name="Source">Document and section that the rule is taken from.</param>
public sealed record TargetRule(string Code, string Sentence, string Source, Certainty Certainty)
{
    /// <summary>Whether files that break it are known, or likely, to be taken all the same.</summary>
    public bool IsWarning { get; init; }
}
