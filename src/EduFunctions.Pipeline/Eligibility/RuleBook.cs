namespace EduFunctions.Pipeline.Eligibility;

/// <summary>The rules for the pulls of one source.</summary>
public sealed record RuleBook
{
    public RowRule[] Units { get; init; } = [];

    public RowRule[] Placements { get; init; } = [];

    public RowRule[] Duties { get; init; } = [];

    public RowRule[] Persons { get; init; } = [];

    public RowRule[] Groups { get; init; } = [];

    /// <summary>Whether somebody answers for a student at all, by whom the student names.</summary>
    public required RelationRule Guardian { get; init; }

    /// <summary>Whether who answers for a student may be handed on as guardian; null when all may.</summary>
    public RelationRule? Custody { get; init; }

    /// <summary>What an operator can do when nobody has a marking.</summary>
    public required string MarkingAdvice { get; init; }

    /// <summary>Properties of <see cref="EligibilitySettings"/> that these rules ask beside those that all sources understand.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public IReadOnlyList<Rule> All => [.. Units, .. Placements, .. Duties, .. Persons, .. Groups, Guardian, .. Custody is null ? Array.Empty<Rule>() : [Custody]];
}
