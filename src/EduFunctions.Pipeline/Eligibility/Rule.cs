namespace EduFunctions.Pipeline.Eligibility;

/// <summary>One sentence of the rules: whether the row with this number passes. Asks the decisions, changes nothing.</summary>
internal sealed record Rule(Reason Reason, Func<Decisions, int, bool> Passes);

internal static class RuleList
{
    /// <summary>Asks all rules, also after one has failed: every reason is kept.</summary>
    public static Reasons Ask(this Rule[] rules, Decisions decisions, int row)
    {
        var reasons = Reasons.None;
        foreach (var rule in rules)
        {
            if (!rule.Passes(decisions, row))
            {
                reasons |= Reasons.Of(rule.Reason);
            }
        }

        return reasons;
    }
}
