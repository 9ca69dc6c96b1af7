namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class UnitRules
{
    public static readonly RowRule Type = new(0, "unit.type", (d, row) => d.Settings.IsUnitType(d.Data.Units[row].Type))
    {
        Sentence = "The organisation is no school",
        Advice = "Correct its type in the school register, or add the type to eligibility.unitTypes.",
    };

    public static readonly RowRule Dates = new(1, "unit.dates", (d, row) => d.Window.IsStrictlyOpen(d.Data.Units[row].Start, d.Data.Units[row].End))
    {
        Sentence = "The school has not begun, or is closed",
        Advice = "Correct the start or end date of the unit in the school register, or wait for its day.",
    };
}
