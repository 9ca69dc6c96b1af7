namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class DutyRules
{
    public static readonly RowRule Unit = new(
        14, "duty.unit", (d, row) => d.Data.Duties[row].Unit is >= 0 and var unit && d.DutyUnits[unit].Count > 0)
    {
        Sentence = "The school of the duty is left out itself",
        Advice = "See what speaks against the school, and correct that; a duty above the schools needs eligibility.dutiesAtParents.",
        Facts = judged => [("unit", judged.Unit)],
    };

    public static readonly RowRule Dates = new(15, "duty.dates", (d, row) => d.Window.IsStrictlyOpen(d.Data.Duties[row].Start, d.Data.Duties[row].End))
    {
        Sentence = "The duty has not begun, or is over",
        Advice = "Correct the start or end date of the duty in the school register, or wait for its day.",
        Facts = JudgedOn.Dates,
        IsWindow = true,
    };
}
