namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>What is special about a person. Those the rules turn on come first, because small worlds reach only so far.</summary>
internal enum PersonSituation
{
    Ordinary,
    Protected,
    ProtectedRegistration,
    ProtectedOnReference,
    Unmarked,
    UnknownMarking,
    Deceased,
    Emigrated,
    RegisteredAbroad,
    RegisteredAbroadWithoutType,
    PostalAddressAbroad,
    UnknownStatus,
    NoEmail,
    NoUserName,
    NoFamilyName,
    UpperCaseId,
    InvalidBirthDate,
}

/// <summary>What is special about an enrolment, a placement or a duty.</summary>
internal enum StaySituation
{
    Ordinary,
    EndedLongAgo,
    StartsLater,
    AtClosedUnit,
    EndedRecently,
    StartsSoon,
    EndsToday,
    StartsToday,
    WithoutStart,
    InvalidDate,
    AtFutureUnit,
    AtUnitWithoutStart,
    InOtherMunicipality,
    AtUnknownUnit,
    Cancelled,
    UnknownSchoolType,
    TwoPlaces,
    MovedHere,
}

internal static class Situations
{
    /// <summary>Spreads the situations evenly: each occurs once in every period.</summary>
    public static T Of<T>(int ordinal, int period)
        where T : struct, Enum
    {
        var situations = Values<T>.All;
        var (place, rest) = Math.DivRem(ordinal % period, period / (situations.Length - 1));
        return rest == 0 && place + 1 < situations.Length ? situations[place + 1] : situations[0];
    }

    private static class Values<T>
        where T : struct, Enum
    {
        public static readonly T[] All = Enum.GetValues<T>();
    }
}
