using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class GroupRules
{
    public static readonly RowRule Type = new(
        17, "group.type", (d, row) => d.Data.Groups[row].Type is >= GroupTypes.Teaching and <= GroupTypes.StaffGroup)
    {
        Sentence = "The group is of a type that is not handed on",
        Advice = "Choose another type in the school register; types beyond the usual ones may be settings of eligibility.",
    };

    public static readonly RowRule Unit = new(18, "group.unit", (d, row) => d.IsUnit(d.Data.Groups[row].Unit))
    {
        Sentence = "The school of the group is left out itself",
        Advice = "See what speaks against the school, and correct that.",
    };

    public static readonly RowRule Dates = new(
        19, "group.dates", (d, row) => d.Window.IsStrictlyOpen(d.Data.Groups[row].Start, d.Data.Groups[row].End))
    {
        Sentence = "The group has not begun, or is over",
        Advice = "Correct the start or end date of the group in the school register, or wait for its day.",
    };

    public static readonly RowRule NoSyllabus = new(
        22, "group.noSyllabus", (d, row) => !d.IsBySyllabus(row) || d.HasSyllabus[row])
    {
        Sentence = "No activity of today gives the teaching group a subject or course",
        Advice = "Plan an activity with a syllabus for the group in the school register.",
    };
}
