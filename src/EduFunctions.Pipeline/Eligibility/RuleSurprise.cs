using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>
/// A rule that nobody failed last time and that everybody fails now tells of the source, or of the tenant's settings, and not of so many people at once.
/// </summary>
public static class RuleSurprise
{
    private const int Fewest = 10;

    /// <summary>Codes of the rules that somebody, or something, fails.</summary>
    public static IReadOnlyList<string> Failing(Decisions decisions)
    {
        var rules = new RuleCatalog(decisions.Rules);
        return [.. Kinds(decisions).SelectMany(kind => rules.Each(Of(kind.Reasons).Some)).Select(rule => rule.Code).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <param name="failedBefore">Codes that somebody failed last time.</param>
    /// <exception cref="RunHeldException">A rule fails all now and failed nobody then.</exception>
    [Told]
    public static void Require(Decisions decisions, IReadOnlyCollection<string> failedBefore, string runBefore)
    {
        var rules = new RuleCatalog(decisions.Rules);
        foreach (var (kind, reasons) in Kinds(decisions).Where(kind => kind.Reasons.Length >= Fewest))
        {
            foreach (var code in rules.Each(Of(reasons).All).Select(rule => rule.Code).Where(code => !failedBefore.Contains(code)))
            {
                throw new RunHeldException(IsProtecting(code)
                    ? $"All {reasons.Length} {kind} fail the rule {code}, and in run {runBefore} none did, so nothing is handed on. Ask the register whether they are "
                        + "protected; when it has taken the markings back, they are seen again after guard.unprotectAfterRuns nights and an approval."
                    : $"All {reasons.Length} {kind} fail the rule {code}, and in run {runBefore} none did, so nothing is handed on. Look at what the source "
                        + "says of them, and at the tenant's settings; if it is right, run again with --accept-shrink.");
            }
        }
    }

    [Told]
    private static IEnumerable<(string Kind, Reasons[] Reasons)> Kinds(Decisions d) =>
        [("units", d.Units), ("placements", d.Placements), ("duties", d.Duties), ("persons", PersonsByPull(d)), ("groups", d.Groups)];

    private static bool IsProtecting(string code) => code == PersonRules.Protected.Code || code == PersonRules.MarkingUnknown.Code;

    /// <summary>Whoever is protected by what was said earlier, and not by this pull, says nothing of it.</summary>
    private static Reasons[] PersonsByPull(Decisions d) => [.. d.Persons.Where((_, row) => d.Data.Persons[row].MarkedOn == MarkedOn.Pull)];

    private static (Reasons All, Reasons Some) Of(Reasons[] rows)
    {
        var (all, some) = (rows.Length == 0 ? Reasons.None : rows[0], Reasons.None);
        foreach (var row in rows)
        {
            (all, some) = (all & row, some | row);
        }

        return (all, some);
    }
}
