namespace EduFunctions.Pipeline.Eligibility;

/// <summary>One sentence of the rules with all there is to say of it.</summary>
/// <param name="Number">Its bit in <see cref="Reasons"/>. Ledgers store it, so it never changes and is never given to another rule.</param>
/// <param name="Code">Stable, part of the API, never translated.</param>
public abstract record Rule(byte Number, string Code)
{
    /// <summary>What it means that somebody or something fails it, for who knows no codes.</summary>
    public required string Sentence { get; init; }

    /// <summary>What can be done about it, and where.</summary>
    public required string Advice { get; init; }

    /// <summary>What it was judged on, in words a registrar knows from the source; what is null is left out. Never a name, number or address.</summary>
    public Func<JudgedOn, IEnumerable<(string Name, object? Value)>> Facts { get; init; } = _ => [];

    /// <summary>For a rule on persons: the roles in which it is asked at all.</summary>
    public Roles Roles { get; init; } = Roles.Student | Roles.Staff | Roles.Guardian;

    /// <summary>Whether days decide, so that it can be told from when until when it passes.</summary>
    public bool IsWindow { get; init; }

    /// <summary>Whether it is about the person, although asked of a placement or duty.</summary>
    public bool IsOnPerson { get; init; }
}

/// <summary>A rule on the rows of one kind.</summary>
/// <param name="Passes">Whether the row with this number passes. Asks the decisions, changes nothing.</param>
public sealed record RowRule(byte Number, string Code, Func<Decisions, int, bool> Passes) : Rule(Number, Code);

/// <summary>A rule on a student's naming of a person.</summary>
/// <param name="Passes">Whether the naming passes.</param>
public sealed record RelationRule(byte Number, string Code, RelationTest Passes) : Rule(Number, Code);

public delegate bool RelationTest(Decisions decisions, in Model.ResponsibleRow row);

internal static class RuleList
{
    /// <summary>Asks all rules, also after one has failed: every reason is kept.</summary>
    public static Reasons Ask(this RowRule[] rules, Decisions decisions, int row)
    {
        var reasons = Reasons.None;
        foreach (var rule in rules)
        {
            if (!rule.Passes(decisions, row))
            {
                reasons |= Reasons.Of(rule);
            }
        }

        return reasons;
    }
}
