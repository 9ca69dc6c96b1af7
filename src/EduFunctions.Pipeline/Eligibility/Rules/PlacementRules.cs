namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class PlacementRules
{
    public static readonly RowRule Unit = new(6, "placement.unit", (d, row) => d.IsUnit(d.Data.SchoolPlacements[row].Unit))
    {
        Sentence = "The school of the enrolment is left out itself",
        Advice = "See what speaks against the school, and correct that.",
        Facts = judged => [("unit", judged.Unit)],
    };

    public static readonly RowRule Dates = new(
        7, "placement.dates", (d, row) => d.Window.IsStrictlyOpen(d.Data.SchoolPlacements[row].Start, d.Data.SchoolPlacements[row].End))
    {
        Sentence = "The enrolment has not begun, or is over",
        Advice = "Correct the start or end date of the enrolment in the school register, or wait for its day.",
        Facts = JudgedOn.Dates,
        IsWindow = true,
    };
}
