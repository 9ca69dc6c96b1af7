namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class UnitRules
{
    public static readonly RowRule Dates = new(1, "unit.dates", (d, row) => d.Window.IsStrictlyOpen(d.Data.Units[row].Start, d.Data.Units[row].End))
    {
        Sentence = "The school has not begun, or is closed",
        Advice = "Correct the start or end date of the unit in the school register, or wait for its day.",
    };
}
