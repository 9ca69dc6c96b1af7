using EduFunctions.Pipeline.Eligibility;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>Why a person is, or is not, handed on: the answer of <c>explain</c> and of the people call. Holds ids only.</summary>
public sealed record Explanation
{
    private static readonly Roles[] AllRoles = [Eligibility.Roles.Student, Eligibility.Roles.Staff, Eligibility.Roles.Guardian];

    public required string Tenant { get; init; }

    public required string Run { get; init; }

    public required DateOnly Date { get; init; }

    public required string Person { get; init; }

    public required IReadOnlyList<RoleExplanation> Roles { get; init; }

    public required IReadOnlyList<string> Sections { get; init; }

    public required IReadOnlyDictionary<string, FeedExplanation> Feeds { get; init; }

    /// <summary>What is not as it was in the run before; null when nothing changed or there is no run before.</summary>
    public ChangesSince? ChangedSince { get; init; }

    public static Explanation Of(string tenant, string run, LedgerEntry entry) => new()
    {
        Tenant = tenant,
        Run = run,
        Date = entry.Facts.Date,
        Person = entry.Person.Id.ToString(),
        Roles = [.. AllRoles.Where(role => entry.Person.Candidate.HasFlag(role)).Select(role => RoleExplanation.Of(role, entry))],
        Sections = [.. entry.Sections.Select(section => section.ToString())],
        Feeds = entry.Facts.Feeds
            .ToDictionary(feed => feed, feed => new FeedExplanation(entry.IsIn(feed))),
    };
}

/// <param name="Reasons">All failing reasons, also of placements or duties beside one that passes.</param>
public sealed record RoleExplanation(Roles Role, bool Eligible, IReadOnlyList<ReasonExplanation> Reasons)
{
    internal static RoleExplanation Of(Roles role, LedgerEntry entry) =>
        new(role, entry.Person.Eligible.HasFlag(role), [.. OfStays(role, entry), .. OfPerson(role, entry)]);

    private static IEnumerable<ReasonExplanation> OfStays(Roles role, LedgerEntry entry) =>
        from stay in entry.Stays
        where stay.Role == role
        from reason in stay.Reasons.Each()
        select ReasonExplanation.Of(reason, stay, entry);

    private static IEnumerable<ReasonExplanation> OfPerson(Roles role, LedgerEntry entry)
    {
        var reasons = Eligibility.Decisions.Regarding(entry.Person.Reasons, role);
        if (role == Roles.Guardian && !entry.Person.HasStudent)
        {
            reasons |= Eligibility.Reasons.Of(Reason.GuardianNoStudent);
        }

        return reasons.Each().OrderByDescending(reason => reason == Reason.GuardianNoStudent)
            .Select(reason => new ReasonExplanation(
                reason.Code(), entry.Person.Id.ToString(), ReasonFacts.Of(reason, entry.Person), null, null));
    }
}

/// <param name="Entity">The unit for placements and duties, the person otherwise; null when the source names none.</param>
/// <param name="EligibleFrom">First day on which the rule passes, where days decide.</param>
/// <param name="EligibleUntil">Last day on which it passes.</param>
public sealed record ReasonExplanation(
    string Code, string? Entity, IReadOnlyDictionary<string, object> Facts, DateOnly? EligibleFrom, DateOnly? EligibleUntil)
{
    internal static ReasonExplanation Of(Reason reason, LedgerStay stay, LedgerEntry entry)
    {
        var facts = entry.Facts;
        var isDates = reason is Reason.PlacementDates or Reason.DutyDates;
        var (from, until) = isDates ? new DateWindow(facts.Date, facts.MarginDays).Opening(stay.Start, stay.End) : (null, null);
        var entity = reason == Reason.PersonExtern ? entry.Person.Id : stay.Unit;
        return new ReasonExplanation(
            reason.Code(), entity.IsNone ? null : entity.ToString(), ReasonFacts.Of(reason, stay, facts.SchoolTypes), from, until);
    }
}

public sealed record FeedExplanation(bool Included);
