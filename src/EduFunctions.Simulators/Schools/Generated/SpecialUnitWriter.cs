using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

internal sealed class SpecialUnitWriter(WorldLayout layout, WorldIds ids)
{
    public void Write(SpecialUnit unit, int index, Utf8JsonWriter writer)
    {
        writer.WriteHead(ids.Unit(unit), layout.Calendar, index);
        writer.WriteOptional("displayName", unit == SpecialUnit.WithoutName ? null : $"Enhet {(int)unit}");
        writer.WriteString("organisationType", unit == SpecialUnit.UnknownType ? "Campus" : "Skolenhet");
        writer.WriteReference("parentOrganisation", unit == SpecialUnit.UnknownParent ? ids.Missing(1_000_000) : ids.Department);
        writer.WriteOptional("schoolUnitCode", unit == SpecialUnit.WithoutUnitCode ? null : $"{98000000 + (int)unit}");
        writer.WriteStrings("schoolTypes", [unit == SpecialUnit.UnknownSchoolType ? "NYSKOLA" : "GR"]);
        writer.WriteOptional("municipalityCode", Municipality(unit));
        writer.WriteFlags(
            layout.Options, activeUnit: unit != SpecialUnit.WithoutUnitCode, toLms: unit != SpecialUnit.UnknownSchoolType);
        writer.WritePeriod(PeriodOf(unit));
    }

    private string? Municipality(SpecialUnit unit) => unit switch
    {
        SpecialUnit.OtherMunicipality => "0198",
        SpecialUnit.UnknownParent => null,
        _ => layout.Options.MunicipalityCode,
    };

    private Period PeriodOf(SpecialUnit unit) => unit switch
    {
        SpecialUnit.Closed => layout.Calendar.LongAgo,
        SpecialUnit.ClosedRecently => layout.Calendar.Recent,
        SpecialUnit.Future => layout.Calendar.Later,
        SpecialUnit.OpensSoon => layout.Calendar.Soon,
        SpecialUnit.WithoutStart => new Period(null),
        SpecialUnit.InvalidDate => layout.Calendar.Invalid,
        _ => layout.Calendar.Running,
    };
}
