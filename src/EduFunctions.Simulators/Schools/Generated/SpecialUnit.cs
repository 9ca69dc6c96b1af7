namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Units beside the ordinary schools, each with something a rule or a finding turns on.</summary>
internal enum SpecialUnit
{
    Closed,
    ClosedRecently,
    Future,
    OpensSoon,
    WithoutStart,
    InvalidDate,
    OtherMunicipality,
    WithoutUnitCode,
    WithoutName,
    UnknownParent,
    UnknownType,
    UnknownSchoolType,
}
