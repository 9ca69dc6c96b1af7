using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class UnitRules
{
    private const int DeepestHierarchy = 32;

    public static readonly Rule[] All =
    [
        new(Reason.UnitType, (d, row) => d.Settings.IsUnitType(d.Data.Units[row].Type)),
        new(Reason.UnitDates, (d, row) => d.Window.IsStrictlyOpen(d.Data.Units[row].Start, d.Data.Units[row].End)),
        new(Reason.UnitActive, (d, row) => d.Settings.ByProperty ? d.Data.Units[row].ActiveProperty : IsListed(d, row)),
        new(Reason.UnitToLms, (d, row) => d.Settings.ByProperty ? d.Data.Units[row].ToLmsProperty : IsListed(d, row)),
        new(Reason.UnitMunicipality, (d, row) => !d.Settings.ByMunicipality || d.Settings.HasMunicipality(Municipality(d.Data, row))),
        new(Reason.UnitSchoolType, (d, row) => !d.Settings.BySchoolType || d.Settings.HasSchoolType(d.Data.Units[row].SchoolTypes)),
    ];

    /// <summary>The unit's own, or that of its nearest ancestor that has one.</summary>
    public static short Municipality(SourceData data, int unit)
    {
        // Bounded, since a source may have units that are each other's parents.
        for (var depth = 0; unit >= 0 && depth < DeepestHierarchy; depth++)
        {
            if (data.Units[unit].Municipality != MunicipalityCode.None)
            {
                return data.Units[unit].Municipality;
            }

            unit = data.Units[unit].Parent;
        }

        return MunicipalityCode.None;
    }

    private static bool IsListed(Decisions d, int row) =>
        d.Settings.ListsUnit(d.Data.Units.Id(row), d.Data.Texts.ToString(d.Data.Units[row].SchoolUnitCode));
}
