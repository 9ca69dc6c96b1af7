using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class PlacementRules
{
    public static readonly Rule[] All =
    [
        new(Reason.PlacementUnit, (d, row) => d.IsUnit(d.Data.SchoolPlacements[row].Unit)),
        new(Reason.PlacementDates, (d, row) => d.Window.IsStrictlyOpen(d.Data.SchoolPlacements[row].Start, d.Data.SchoolPlacements[row].End)),
        new(Reason.PlacementCancelled, (d, row) => !d.Data.SchoolPlacements[row].Cancelled),
        new(Reason.PlacementSchoolType, (d, row) =>
            !d.Settings.BySchoolType || d.Settings.HasSchoolType(SchoolTypeSet.Of(d.Data.SchoolPlacements[row].SchoolType))),
    ];
}
