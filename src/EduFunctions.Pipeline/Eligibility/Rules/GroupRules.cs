using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class GroupRules
{
    public static readonly Rule[] All =
    [
        new(Reason.GroupType, (d, row) => d.Data.Groups[row].Type is >= GroupTypes.Teaching and <= GroupTypes.StaffGroup),
        new(Reason.GroupUnit, (d, row) => d.IsUnit(d.Data.Groups[row].Unit)),
        new(Reason.GroupDates, (d, row) => d.Window.IsStrictlyOpen(d.Data.Groups[row].Start, d.Data.Groups[row].End)),
        new(Reason.GroupToLms, (d, row) =>
            d.Settings.ByProperty ? d.Data.Groups[row].ToLmsProperty : d.Settings.ListsGroup(d.Data.Groups.Id(row))),
        new(Reason.GroupSchoolType, (d, row) =>
            !d.Settings.BySchoolType
            || d.Data.Groups[row].SchoolType == 0
            || d.Settings.HasSchoolType(SchoolTypeSet.Of(d.Data.Groups[row].SchoolType))),
        new(Reason.GroupNoSyllabus, (d, row) => d.Data.Groups[row].Type != GroupTypes.Teaching || d.HasSyllabus[row]),
    ];
}
