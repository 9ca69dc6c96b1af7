namespace EduFunctions.Pipeline.Probing;

/// <summary>One thing a roster client needs to know of a register. Judging asks nothing: it looks at what was seen.</summary>
internal sealed record ProbeCheck(string Code, ProbeGrade Grade, string Sentence, string Standard, string Why, Func<ProbedRegister, ProbeVerdict> Judge)
{
    public ProbeResult Of(ProbedRegister seen)
    {
        var verdict = Judge(seen);
        return new ProbeResult(Code, Grade, verdict.Outcome, verdict.Seen, Sentence, Standard, Why);
    }
}

internal sealed record ProbeVerdict(ProbeOutcome Outcome, string Seen)
{
    public static ProbeVerdict Pass(string seen) => new(ProbeOutcome.Pass, seen);

    public static ProbeVerdict Miss(string seen) => new(ProbeOutcome.Miss, seen);

    public static ProbeVerdict Unseen(string why) => new(ProbeOutcome.Unseen, why);

    public static ProbeVerdict If(bool passes, string seen) => passes ? Pass(seen) : Miss(seen);

    /// <summary>Of what holds for places one by one; each says what is wrong with it, or null.</summary>
    public static ProbeVerdict Each<T>(IReadOnlyCollection<T> places, Func<T, string?> wrong, string passed, string unseen)
    {
        var misses = places.Select(wrong).OfType<string>().ToList();
        return places.Count == 0 ? Unseen(unseen) : misses.Count == 0 ? Pass(passed) : Miss(string.Join("; ", misses));
    }
}
