using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What is not as it was in an earlier run, and why.</summary>
/// <param name="Changes">In words: the rule and what went from what to what.</param>
[Told]
public sealed record ChangesSince(string Run, DateOnly Date, IReadOnlyList<string> Changes)
{
    // Told by itself, as the codes are that stand in its place.
    private const string Included = "included";

    private static readonly Roles[] AllRoles = [Roles.Student, Roles.Staff, Roles.Guardian];

    /// <param name="before">The entry of the earlier run; null when its pull did not have the person.</param>
    /// <param name="date">The day of the earlier run.</param>
    public static ChangesSince? Of(string run, DateOnly date, LedgerEntry? before, LedgerEntry now, RuleCatalog rules)
    {
        var changes = before is null ? ["person: new in the pull"] : Between(before, now, rules).ToList();
        return changes.Count == 0 ? null : new ChangesSince(run, date, changes);
    }

    private static IEnumerable<string> Between(LedgerEntry before, LedgerEntry now, RuleCatalog rules) =>
    [
        .. AllRoles.SelectMany(role => OfStays(role, before, now, rules)),
        .. OfPerson(before.Person, now.Person, rules),
        .. AllRoles.Where(role => before.Person.Eligible.HasFlag(role) != now.Person.Eligible.HasFlag(role))
            .Select(role => Went($"{Word(role)}: eligible", before.Person.Eligible.HasFlag(role), now.Person.Eligible.HasFlag(role))),
        .. OfSections(before, now),
        .. OfFeeds(before, now),
    ];

    /// <summary>Placements or duties at the same unit are compared in their order.</summary>
    private static IEnumerable<string> OfStays(Roles role, LedgerEntry before, LedgerEntry now, RuleCatalog rules)
    {
        var earlier = ByUnit(role, before);
        var later = ByUnit(role, now);
        var kind = role == Roles.Student ? "placement" : "duty";
        foreach (var key in earlier.Keys.Union(later.Keys).OrderBy(key => key))
        {
            var changes = (earlier.TryGetValue(key, out var then), later.TryGetValue(key, out var today)) switch
            {
                (true, true) => OfStay(kind, then, before.Facts, today, now.Facts, rules),
                (true, false) => [$"{kind}: gone at {key.Unit}"],
                _ => [$"{kind}: new at {key.Unit}"],
            };
            foreach (var change in changes)
            {
                yield return change;
            }
        }
    }

    private static Dictionary<(EntityId Unit, int Number), LedgerStay> ByUnit(Roles role, LedgerEntry entry) => entry.Stays
        .Where(stay => stay.Role == role)
        .GroupBy(stay => stay.Unit)
        .SelectMany(unit => unit.Select((stay, number) => (Key: (unit.Key, number), stay)))
        .ToDictionary(stay => stay.Key, stay => stay.stay);

    private static IEnumerable<string> OfStay(
        string kind, LedgerStay then, LedgerFacts thenFacts, LedgerStay today, LedgerFacts todayFacts, RuleCatalog rules)
    {
        if (then.Start != today.Start)
        {
            yield return Went($"{kind}.dates: startDate", then.Start, today.Start);
        }

        if (then.End != today.End)
        {
            yield return Went($"{kind}.dates: endDate", then.End, today.End);
        }

        var dates = kind == "placement" ? PlacementRules.Dates : DutyRules.Dates;
        if ((then.Start, then.End) == (today.Start, today.End) && then.Reasons.Has(dates) != today.Reasons.Has(dates))
        {
            yield return $"{kind}.dates: {(today.Reasons.Has(dates) ? "outside" : "inside")} the window now, the day went from "
                + $"{Day.From(thenFacts.Date)} to {Day.From(todayFacts.Date)}";
        }

        if (then.Cancelled != today.Cancelled)
        {
            yield return Went($"{kind}.cancelled: cancelled", then.Cancelled, today.Cancelled);
        }

        if (thenFacts.SchoolTypes[then.SchoolType] != todayFacts.SchoolTypes[today.SchoolType])
        {
            yield return Went($"{kind}.schoolType: schoolType", thenFacts.SchoolTypes[then.SchoolType], todayFacts.SchoolTypes[today.SchoolType]);
        }

        if (then.UnitReasons != today.UnitReasons)
        {
            yield return Went($"{kind}.unit: unit", Unit(then.UnitReasons, rules), Unit(today.UnitReasons, rules));
        }
    }

    private static IEnumerable<string> OfPerson(LedgerPerson before, LedgerPerson now, RuleCatalog rules)
    {
        var changed = new Reasons(before.Reasons.Bits ^ now.Reasons.Bits);
        foreach (var rule in rules.Each(changed))
        {
            yield return Went(rule.Code, before.Reasons.Has(rule) ? "failing" : "passing", now.Reasons.Has(rule) ? "failing" : "passing");
        }

        if (before.HasStudent != now.HasStudent)
        {
            yield return Went("guardian.noStudent: eligible student", before.HasStudent, now.HasStudent);
        }
    }

    private static IEnumerable<string> OfSections(LedgerEntry before, LedgerEntry now) =>
    [
        .. now.Sections.Except(before.Sections).Select(section => $"sections: new in {section}"),
        .. before.Sections.Except(now.Sections).Select(section => $"sections: gone from {section}"),
    ];

    private static IEnumerable<string> OfFeeds(LedgerEntry before, LedgerEntry now) =>
        from feed in now.Facts.Feeds.Intersect(before.Facts.Feeds)
        let then = before.IsIn(feed)
        let today = now.IsIn(feed)
        where then != today
        select Went($"feeds.{feed}: {Included}", then, today);

    private static string Unit(uint reasons, RuleCatalog rules) =>
        reasons == 0 ? "eligible" : string.Join(", ", ReasonFacts.UnitReasons(reasons, rules));

    private static string Word(Roles role) => role switch { Roles.Student => "student", Roles.Staff => "staff", _ => "guardian" };

    internal static string Went(string what, object then, object today) => $"{what} went from {Shown(then)} to {Shown(today)}";

    private static string Shown(object value) => value switch { bool flag => flag ? "true" : "false", "" => "absent", _ => value.ToString()! };
}
