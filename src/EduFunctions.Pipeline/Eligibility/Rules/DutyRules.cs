namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class DutyRules
{
    public static readonly Rule[] All =
    [
        new(Reason.DutyUnit, (d, row) => d.Data.Duties[row].Unit is >= 0 and var unit && d.DutyUnits[unit].Count > 0),
        new(Reason.DutyDates, (d, row) => d.Window.IsStrictlyOpen(d.Data.Duties[row].Start, d.Data.Duties[row].End)),
    ];
}
