namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Groups that some schools have beside the ordinary ones; teaching groups from <see cref="WithoutActivity"/> on.</summary>
internal enum SpecialGroup
{
    Test,
    Schedule,
    Other,
    UnknownType,
    EndedClass,
    EndedRecently,
    FutureClass,
    WithoutStart,
    InvalidDate,
    AtClosedUnit,
    Empty,
    UnknownMember,
    WithoutActivity,
    ActivityWithoutSyllabus,
    ActivityEnded,
    UnknownSyllabus,
    TwoSyllabuses,
}

/// <summary>Activities of those schools beside one per teaching group.</summary>
internal enum SpecialActivity
{
    WithoutSyllabus,
    Ended,
    UnknownSyllabus,
    FirstOfTwo,
    SecondOfTwo,
    OfAClass,
    OfTwoGroups,
    OfUnknownGroup,
}
