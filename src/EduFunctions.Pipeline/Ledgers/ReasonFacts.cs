using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What a reason was judged on, in words a registrar knows from the source. Never a name, number or address.</summary>
public static class ReasonFacts
{
    /// <summary>In place of a unit's reasons: the pull does not have the unit at all.</summary>
    public const uint UnitNotInPull = uint.MaxValue;

    /// <summary>Facts behind a reason of a placement or duty.</summary>
    public static SortedDictionary<string, object> Of(Reason reason, in LedgerStay stay, IReadOnlyList<string> schoolTypes)
    {
        var facts = new SortedDictionary<string, object>(StringComparer.Ordinal);
        switch (reason)
        {
            case Reason.PlacementDates or Reason.DutyDates:
                Add(facts, "startDate", stay.Start);
                Add(facts, "endDate", stay.End);
                break;
            case Reason.PlacementUnit or Reason.DutyUnit:
                facts["unit"] = UnitReasons(stay.UnitReasons);
                break;
            case Reason.PlacementCancelled:
                facts["cancelled"] = stay.Cancelled;
                break;
            case Reason.PlacementSchoolType when stay.SchoolType != 0:
                facts["schoolType"] = schoolTypes[stay.SchoolType];
                break;
        }

        return facts;
    }

    /// <summary>Facts behind a reason of the person itself.</summary>
    public static SortedDictionary<string, object> Of(Reason reason, in LedgerPerson person)
    {
        var facts = new SortedDictionary<string, object>(StringComparer.Ordinal);
        switch (reason)
        {
            case Reason.PersonProtected:
                facts["markedOn"] = person.OwnMarking == Marking.Protected ? "person"
                    : person.MarkedOn == MarkedOn.Earlier ? "earlier"
                    : person.MarkedOn == MarkedOn.SharedIdentity ? "sharedIdentity"
                    : "reference";
                break;
            case Reason.PersonMarkingUnknown:
                facts["securityMarking"] = person.OwnMarking == Marking.Absent ? "absent" : "unknown value";
                break;
            case Reason.PersonAbroad:
                AddAbroad(facts, person.Facts);
                break;
            case Reason.PersonDeceased:
                facts["personStatus"] = "Avliden";
                break;
            case Reason.GuardianCustody:
                facts["childCustody"] = false;
                break;
            case Reason.GuardianNoStudent:
                facts["namedByStudents"] = (int)person.NamedBy;
                break;
        }

        return facts;
    }

    public static IReadOnlyList<string> UnitReasons(uint reasons) =>
        reasons == UnitNotInPull ? ["not in the pull"]
        : reasons == 0 ? ["no eligible unit below"]
        : [.. new Reasons(reasons).Each().Select(reason => reason.Code())];

    private static void Add(SortedDictionary<string, object> facts, string name, Day day)
    {
        if (!day.IsAbsent)
        {
            facts[name] = day.ToString();
        }
    }

    /// <summary>The country itself is part of an address, which only some tenants may hand on.</summary>
    private static void AddAbroad(SortedDictionary<string, object> facts, PersonFacts person)
    {
        if (person.HasFlag(PersonFacts.Emigrated))
        {
            facts["personStatus"] = "Utvandrad";
        }

        if (person.HasFlag(PersonFacts.RegisteredAbroad))
        {
            facts["registeredAbroad"] = true;
        }
    }
}
