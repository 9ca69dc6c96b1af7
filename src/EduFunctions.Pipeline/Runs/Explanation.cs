using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Why a person is, or is not, handed on: the answer of <c>explain</c> and of the people call. Holds ids only.</summary>
public sealed record Explanation
{
    public required string Tenant { get; init; }

    public required string Run { get; init; }

    public required DateOnly Date { get; init; }

    public required string Person { get; init; }

    public required IReadOnlyList<RoleExplanation> Roles { get; init; }

    public required IReadOnlyList<string> Sections { get; init; }

    public required IReadOnlyDictionary<string, FeedExplanation> Feeds { get; init; }

    public string? ChangedSince { get; init; }

    public static Explanation Of(string tenant, string run, LedgerEntry entry)
    {
        var window = new DateWindow(entry.Facts.Date, entry.Facts.MarginDays);
        return new Explanation
        {
            Tenant = tenant,
            Run = run,
            Date = entry.Facts.Date,
            Person = entry.Person.Id.ToString(),
            Roles = [.. AllRoles.Where(role => (entry.Person.Candidate & role) != 0).Select(role => RoleExplanation.Of(role, entry, window))],
            Sections = [.. entry.Sections.Select(section => section.ToString())],
            Feeds = entry.Facts.Feeds
                .Select((name, number) => (Name: name, Included: (entry.Person.Feeds & (1u << number)) != 0))
                .ToDictionary(feed => feed.Name, feed => new FeedExplanation(feed.Included)),
        };
    }

    private static readonly Roles[] AllRoles = [Eligibility.Roles.Student, Eligibility.Roles.Staff, Eligibility.Roles.Guardian];
}

/// <param name="Reasons">All failing reasons, also of placements or duties beside one that passes.</param>
public sealed record RoleExplanation(Roles Role, bool Eligible, IReadOnlyList<ReasonExplanation> Reasons)
{
    internal static RoleExplanation Of(Roles role, LedgerEntry entry, DateWindow window) => new(
        role,
        (entry.Person.Eligible & role) != 0,
        [.. entry.Reasons.Where(reason => reason.Role == role).Select(reason => ReasonExplanation.Of(reason, entry.Facts, window))]);
}

/// <param name="Entity">The unit for placements and duties, the person otherwise; null when the source names none.</param>
/// <param name="EligibleFrom">First day on which the rule passes, where days decide.</param>
/// <param name="EligibleUntil">Last day on which it passes.</param>
public sealed record ReasonExplanation(
    string Code, string? Entity, IReadOnlyDictionary<string, object> Facts, DateOnly? EligibleFrom, DateOnly? EligibleUntil)
{
    internal static ReasonExplanation Of(LedgerReason reason, LedgerFacts facts, DateWindow window)
    {
        var isDates = reason.Reason is Reason.PlacementDates or Reason.DutyDates;
        var (from, until) = isDates ? window.Opening(reason.Start, reason.End) : (null, null);
        return new ReasonExplanation(
            reason.Reason.Code(),
            reason.Entity.IsNone ? null : reason.Entity.ToString(),
            ReasonFacts.Of(reason, facts.SchoolTypes),
            from,
            until);
    }
}

public sealed record FeedExplanation(bool Included);
