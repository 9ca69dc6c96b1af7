using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What a reason was judged on, in words a registrar knows from the source. Never a name, number or address.</summary>
public static class ReasonFacts
{
    /// <summary>As detail of a unit reason: the pull does not have the unit at all.</summary>
    public const uint UnitNotInPull = uint.MaxValue;

    public static SortedDictionary<string, object> Of(in LedgerReason reason, IReadOnlyList<string> schoolTypes)
    {
        var facts = new SortedDictionary<string, object>(StringComparer.Ordinal);
        switch (reason.Reason)
        {
            case Reason.PlacementDates or Reason.DutyDates:
                Add(facts, "startDate", reason.Start);
                Add(facts, "endDate", reason.End);
                break;
            case Reason.PlacementUnit or Reason.DutyUnit:
                facts["unit"] = UnitReasons(reason.Detail);
                break;
            case Reason.PlacementCancelled:
                facts["cancelled"] = true;
                break;
            case Reason.PlacementSchoolType when reason.Detail != 0:
                facts["schoolType"] = schoolTypes[(int)reason.Detail];
                break;
            case Reason.PersonProtected:
                facts["markedOn"] = (Marking)reason.Detail == Marking.Protected ? "person" : "reference";
                break;
            case Reason.PersonMarkingUnknown:
                facts["securityMarking"] = (Marking)reason.Detail == Marking.Absent ? "absent" : "unknown value";
                break;
            case Reason.PersonAbroad:
                AddAbroad(facts, (PersonFacts)reason.Detail);
                break;
            case Reason.PersonDeceased:
                facts["personStatus"] = "Avliden";
                break;
            case Reason.GuardianNoStudent:
                facts["namedByStudents"] = reason.Detail;
                break;
        }

        return facts;
    }

    private static void Add(SortedDictionary<string, object> facts, string name, Day day)
    {
        if (!day.IsAbsent)
        {
            facts[name] = day.ToString();
        }
    }

    private static string[] UnitReasons(uint detail) =>
        detail == UnitNotInPull ? ["not in the pull"]
        : detail == 0 ? ["no eligible unit below"]
        : [.. new Reasons(detail).Each().Select(reason => reason.Code())];

    /// <summary>The country itself is part of an address, which only some tenants may hand on.</summary>
    private static void AddAbroad(SortedDictionary<string, object> facts, PersonFacts person)
    {
        if ((person & PersonFacts.Emigrated) != 0)
        {
            facts["personStatus"] = "Utvandrad";
        }

        if ((person & PersonFacts.RegisteredAbroad) != 0)
        {
            facts["registeredAbroad"] = true;
        }
    }
}
