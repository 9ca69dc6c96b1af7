using EduFunctions.Pipeline.Eligibility;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What a reason was judged on, from what the ledger keeps.</summary>
internal static class ReasonFacts
{
    /// <summary>In place of a unit's reasons: the pull does not have the unit at all.</summary>
    public const uint UnitNotInPull = uint.MaxValue;

    /// <summary>Facts behind a reason of a placement or duty.</summary>
    public static SortedDictionary<string, object> Of(Rule rule, in LedgerStay stay, IReadOnlyList<string> schoolTypes, RuleCatalog rules) => Of(rule, new JudgedOn
    {
        Start = stay.Start,
        End = stay.End,
        Unit = UnitReasons(stay.UnitReasons, rules),
        SchoolType = stay.SchoolType == 0 ? null : schoolTypes[stay.SchoolType],
        Cancelled = stay.Cancelled,
    });

    /// <summary>Facts behind a reason of the person itself.</summary>
    public static SortedDictionary<string, object> Of(Rule rule, in LedgerPerson person) => Of(rule, new JudgedOn
    {
        OwnMarking = person.OwnMarking,
        MarkedOn = person.MarkedOn,
        Facts = person.Facts,
        NamedBy = person.NamedBy,
    });

    /// <summary>By which somebody tells one placement or duty at a school from another.</summary>
    public static IReadOnlyDictionary<string, object> Days(in LedgerStay stay) => JudgedOn.Dates(new JudgedOn { Start = stay.Start, End = stay.End })
        .Where(day => day.Value is not null).ToDictionary(day => day.Name, day => day.Value!);

    public static IReadOnlyList<string> UnitReasons(uint reasons, RuleCatalog rules) =>
        reasons == UnitNotInPull ? ["not in the pull"]
        : reasons == 0 ? ["no eligible unit below"]
        : [.. rules.Each(new Reasons(reasons)).Select(rule => rule.Code)];

    private static SortedDictionary<string, object> Of(Rule rule, JudgedOn judged)
    {
        var facts = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in rule.Facts(judged))
        {
            if (value is not null)
            {
                facts[name] = value;
            }
        }

        return facts;
    }
}
