using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>Why a person is, or is not, handed on: the answer of <c>explain</c> and of the people call. Of people it holds ids only.</summary>
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

    /// <summary>Ids of the schools that reasons are about.</summary>
    internal IEnumerable<string> Schools => Roles.SelectMany(role => role.Reasons).Select(reason => reason.Entity).OfType<string>().Where(entity => entity != Person);

    /// <summary>Whether the register did not hand the person out: the feeds say so.</summary>
    internal bool IsOfAbsent => Feeds.Values.Any(feed => feed.Reasons.Any(reason => reason.Code == FeedReasons.NotInPull));

    /// <param name="rules">Those of all sources: the ledger may be older than the tenant's source.</param>
    public static Explanation Of(string tenant, string run, LedgerEntry entry, RuleCatalog rules) => new()
    {
        Tenant = tenant,
        Run = run,
        Date = entry.Facts.Date,
        Person = entry.Person.Id.ToString(),
        Roles = [.. AllRoles.Where(role => entry.Person.Candidate.HasFlag(role)).Select(role => RoleExplanation.Of(role, entry, rules))],
        Sections = [.. entry.Sections.Select(section => section.ToString())],
        Feeds = entry.Facts.Feeds
            .ToDictionary(feed => feed, feed => FeedReasons.Of(feed, entry)),
    };

    /// <summary>The same with what schools are called.</summary>
    internal Explanation Naming(NamedSchools schools) => this with
    {
        Roles = [.. Roles.Select(role => role with { Reasons = [.. role.Reasons.Select(reason => reason with { SchoolName = schools[reason.Entity] })] })],
    };

    /// <summary>Of somebody whom the register did not hand out.</summary>
    internal static Explanation OfAbsent(string tenant, string run, DateOnly date, EntityId person, IEnumerable<string> feeds) => new()
    {
        Tenant = tenant,
        Run = run,
        Date = date,
        Person = person.ToString(),
        Roles = [],
        Sections = [],
        Feeds = feeds.ToDictionary(feed => feed, _ => new FeedExplanation(Included: false) { Reasons = [new FeedReason(FeedReasons.NotInPull)] }),
    };
}

/// <param name="Reasons">All failing reasons, also of placements or duties beside one that passes.</param>
public sealed record RoleExplanation(Roles Role, bool Eligible, IReadOnlyList<ReasonExplanation> Reasons)
{
    internal static RoleExplanation Of(Roles role, LedgerEntry entry, RuleCatalog rules) =>
        new(role, entry.Person.Eligible.HasFlag(role), [.. OfStays(role, entry, rules), .. OfPerson(role, entry, rules)]);

    private static IEnumerable<ReasonExplanation> OfStays(Roles role, LedgerEntry entry, RuleCatalog rules) =>
        from stay in entry.Stays
        where stay.Role == role
        from rule in rules.Each(stay.Reasons)
        select ReasonExplanation.Of(rule, stay, entry, rules);

    private static IEnumerable<ReasonExplanation> OfPerson(Roles role, LedgerEntry entry, RuleCatalog rules)
    {
        var failed = rules.Each(rules.Regarding(entry.Person.Reasons, role));
        return (role == Roles.Guardian && !entry.Person.HasStudent ? failed.Prepend(GuardianRules.NoStudent) : failed)
            .Select(rule => new ReasonExplanation(rule.Code, entry.Person.Id.ToString(), ReasonFacts.Of(rule, entry.Person), null, null));
    }
}

/// <param name="Entity">The unit for placements and duties, the person otherwise; null when the source names none.</param>
/// <param name="EligibleFrom">First day on which the rule passes, where days decide.</param>
/// <param name="EligibleUntil">Last day on which it passes.</param>
public sealed record ReasonExplanation(
    string Code, string? Entity, IReadOnlyDictionary<string, object> Facts, DateOnly? EligibleFrom, DateOnly? EligibleUntil)
{
    /// <summary>What the school is called, for pages; null for what is about the person, and for a school of which no name may be told.</summary>
    [JsonIgnore]
    public string? SchoolName { get; init; }

    /// <summary>The days of the placement or duty, for pages, where somebody has several at one school; nothing for what is about the person.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object> Days { get; init; } = new Dictionary<string, object>();

    internal static ReasonExplanation Of(Rule rule, LedgerStay stay, LedgerEntry entry, RuleCatalog rules)
    {
        var facts = entry.Facts;
        var (from, until) = rule.IsWindow ? new DateWindow(facts.Date, facts.MarginDays).Opening(stay.Start, stay.End) : (null, null);
        var entity = rule.IsOnPerson ? entry.Person.Id : stay.Unit;
        return new ReasonExplanation(
            rule.Code, entity.IsNone ? null : entity.ToString(), ReasonFacts.Of(rule, stay, facts.SchoolTypes, rules), from, until)
        {
            Days = ReasonFacts.Days(stay),
        };
    }
}

/// <param name="Included">Whether the feed's choice of the run's roster has the person; what the guard keeps back is among the reasons.</param>
public sealed record FeedExplanation(bool Included)
{
    /// <summary>Why it is without the person, or what of the person it is without, or has otherwise.</summary>
    public IReadOnlyList<FeedReason> Reasons { get; init; } = [];

    /// <summary>How far the run's delivery has come; null for a feed that is not built yet.</summary>
    public ReceiptState? State { get; init; }
}
