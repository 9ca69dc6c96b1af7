using System.Numerics;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>Why something is left out. The values are stored: new ones go to the end.</summary>
public enum Reason : byte
{
    UnitType,
    UnitDates,
    UnitActive,
    UnitToLms,
    UnitMunicipality,
    UnitSchoolType,
    PlacementUnit,
    PlacementDates,
    PlacementCancelled,
    PlacementSchoolType,
    PersonProtected,
    PersonMarkingUnknown,
    PersonAbroad,
    PersonDeceased,
    DutyUnit,
    DutyDates,
    GuardianNoStudent,
    GroupType,
    GroupUnit,
    GroupDates,
    GroupToLms,
    GroupSchoolType,
    GroupNoSyllabus,
    PersonExtern,
    GuardianCustody,
}

/// <summary>The codes of the reasons: stable, part of the API, never translated.</summary>
public static class ReasonCodes
{
    private static readonly string[] Codes =
    [
        "unit.type", "unit.dates", "unit.active", "unit.toLms", "unit.municipality", "unit.schoolType",
        "placement.unit", "placement.dates", "placement.cancelled", "placement.schoolType",
        "person.protected", "person.markingUnknown", "person.abroad", "person.deceased",
        "duty.unit", "duty.dates",
        "guardian.noStudent",
        "group.type", "group.unit", "group.dates", "group.toLms", "group.schoolType", "group.noSyllabus",
        "person.extern", "guardian.custody",
    ];

    public static string Code(this Reason reason) => Codes[(int)reason];
}

/// <summary>All failing reasons of one thing, a bit each; none means that it passes.</summary>
public readonly record struct Reasons(uint Bits)
{
    public static Reasons None => default;

    public bool Passes => Bits == 0;

    public bool Has(Reason reason) => (Bits & (1u << (int)reason)) != 0;

    public static Reasons Of(Reason reason) => new(1u << (int)reason);

    public static Reasons operator &(Reasons left, Reasons right) => new(left.Bits & right.Bits);

    public static Reasons operator |(Reasons left, Reasons right) => new(left.Bits | right.Bits);

    public Reasons Without(Reason reason) => new(Bits & ~(1u << (int)reason));

    public IEnumerable<Reason> Each()
    {
        for (var bits = Bits; bits != 0; bits &= bits - 1)
        {
            yield return (Reason)BitOperations.TrailingZeroCount(bits);
        }
    }
}
