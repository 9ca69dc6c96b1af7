namespace EduFunctions.Pipeline.Probing;

/// <summary>What a register was seen to do. Counts, statuses and words of the standard; nothing that stands in its rows.</summary>
public sealed record ProbeReport
{
    /// <summary>The address up to the version.</summary>
    public required string Register { get; init; }

    public required string Profile { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Calls that were made.</summary>
    public required int Requests { get; init; }

    /// <summary>Rows that were read, by collection.</summary>
    public required IReadOnlyDictionary<string, int> Rows { get; init; }

    public required IReadOnlyList<ProbeResult> Results { get; init; }

    /// <summary>Whether nothing that is needed was missed.</summary>
    public bool IsSufficient => !Results.Any(result => result is { Grade: ProbeGrade.Needed, Outcome: ProbeOutcome.Miss });
}

/// <param name="Sentence">What a register does that passes.</param>
/// <param name="Standard">Where that is asked for.</param>
/// <param name="Why">What it means for a roster client.</param>
public sealed record ProbeResult(string Code, ProbeGrade Grade, ProbeOutcome Outcome, string Seen, string Sentence, string Standard, string Why);
