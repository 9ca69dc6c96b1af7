namespace EduFunctions.Pipeline.Runs;

/// <summary>The tenant's latest run (<c>state/{tenant}/active.json</c>) and its number, which only ever rises.</summary>
public sealed record ActiveRun(string Run, int Number)
{
    /// <summary>The record as the run began; null for a run that was taken up again.</summary>
    public RunRecord? Begun { get; init; }
}
