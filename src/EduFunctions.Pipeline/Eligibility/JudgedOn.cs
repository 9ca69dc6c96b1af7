using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>What is kept of a person, or of a placement or duty, to tell later what a rule was judged on.</summary>
public sealed record JudgedOn
{
    public Day Start { get; init; }

    public Day End { get; init; }

    /// <summary>What speaks against the unit, in codes.</summary>
    public IReadOnlyList<string> Unit { get; init; } = [];

    public string? SchoolType { get; init; }

    public bool Cancelled { get; init; }

    public Marking OwnMarking { get; init; }

    public MarkedOn MarkedOn { get; init; }

    public PersonFacts Facts { get; init; }

    /// <summary>How many students name the person.</summary>
    public int NamedBy { get; init; }

    /// <summary>The facts of whatever a window decides.</summary>
    public static IEnumerable<(string Name, object? Value)> Dates(JudgedOn judged) =>
        [("startDate", Shown(judged.Start)), ("endDate", Shown(judged.End))];

    private static string? Shown(Day day) => day.IsAbsent ? null : day.ToString();
}
