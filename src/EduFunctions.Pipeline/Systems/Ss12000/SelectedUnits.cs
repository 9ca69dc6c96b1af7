using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Rules on which organisations are schools that the tenant wants.</summary>
internal static class SelectedUnits
{
    private const int DeepestHierarchy = 32;

    public static readonly RowRule Active = new(
        2, "unit.active", (d, row) => d.Settings.ByProperty ? d.Data.Units[row].ActiveProperty : IsListed(d, row))
    {
        Sentence = "The school is not marked as active",
        Advice = "Set Aktiv enhet in the school register, or list the school in eligibility.selection.",
    };

    public static readonly RowRule ToLms = new(
        3, "unit.toLms", (d, row) => d.Settings.ByProperty ? d.Data.Units[row].ToLmsProperty : IsListed(d, row))
    {
        Sentence = "The school is not marked to be handed on",
        Advice = "Set Till LMS in the school register, or list the school in eligibility.selection.",
    };

    public static readonly RowRule InMunicipality = new(
        4, "unit.municipality", (d, row) => !d.Settings.ByMunicipality || d.Settings.HasMunicipality(Municipality(d.Data, row)))
    {
        Sentence = "The school is in a municipality that is not wanted",
        Advice = "Correct the municipality code in the school register, or add it to eligibility.municipalities.",
    };

    public static readonly RowRule SchoolType = new(
        5, "unit.schoolType", (d, row) => !d.Settings.BySchoolType || d.Settings.HasSchoolType(d.Data.Units[row].SchoolTypes))
    {
        Sentence = "The school has no school type that is wanted",
        Advice = "Correct the school types in the school register, or add one to eligibility.schoolTypes.",
    };

    /// <summary>The unit's own, or that of its nearest ancestor that has one.</summary>
    private static short Municipality(SourceData data, int unit)
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
