namespace EduFunctions.Benchmarks.Measuring;

/// <summary>Rounds in which several candidates were measured in turn.</summary>
internal sealed record MeasuredRounds(IReadOnlyList<MeasuredRound> Rounds)
{
    public IReadOnlyDictionary<string, Measurement> Medians =>
        Rounds[0].Runs.Keys.ToDictionary(name => name, name => Measurement.MedianOf([.. Rounds.Select(round => round.Runs[name])]));
}

/// <param name="Load">The machine's at its beginning.</param>
internal sealed record MeasuredRound(double Load, IReadOnlyDictionary<string, Measurement> Runs);
