using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility.Rules;

/// <summary>The rules for Unilogin, where whoever is in the export is active: units and placements have none.</summary>
internal static class UniloginRules
{
    public static readonly Rule[] Persons =
    [
        new(Reason.PersonProtected, (d, row) => d.Data.Persons[row].StrictestMarking != Marking.Protected),
        new(Reason.PersonMarkingUnknown, (d, row) => PersonRules.IsMarkingKnown(d, d.Data.Persons[row])),
        new(Reason.PersonAbroad, (d, row) => (d.Data.Persons[row].Facts & PersonFacts.RegisteredAbroad) == 0),
    ];

    public static readonly Rule[] Duties =
    [
        new(Reason.PersonExtern, (d, row) => d.Settings.IncludesExtern || !d.Settings.IsExternRole(d.Data.Duties[row].Role)),
    ];

    public static readonly Rule[] Groups =
    [
        new(Reason.GroupType, (d, row) =>
            d.Data.Groups[row].Type is GroupTypes.Class or GroupTypes.Teaching || d.Settings.ListsGroupType(d.Data.Groups[row].Type)),
        new(Reason.GroupDates, (d, row) => d.Window.IsOpen(d.Data.Groups[row].Start, d.Data.Groups[row].End)),
    ];
}
