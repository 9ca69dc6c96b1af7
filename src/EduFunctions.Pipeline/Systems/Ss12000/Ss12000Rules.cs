using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Who of an SS 12000 register is handed on (docs/rules.md).</summary>
internal static class Ss12000Rules
{
    private static readonly RowRule PlacementCancelled = new(8, "placement.cancelled", (d, row) => !d.Data.SchoolPlacements[row].Cancelled)
    {
        Sentence = "The enrolment was cancelled",
        Advice = "Take the cancellation back in the school register when it is wrong.",
        Facts = judged => [("cancelled", judged.Cancelled)],
    };

    private static readonly RowRule PlacementSchoolType = new(9, "placement.schoolType", (d, row) =>
        !d.Settings.BySchoolType || d.Settings.HasSchoolType(SchoolTypeSet.Of(d.Data.SchoolPlacements[row].SchoolType)))
    {
        Sentence = "The enrolment is of a school type that is not wanted",
        Advice = "Correct the school type of the enrolment in the school register, or add it to eligibility.schoolTypes.",
        Facts = judged => [("schoolType", judged.SchoolType)],
    };

    private static readonly RowRule Deceased = new(13, "person.deceased", (d, row) => (d.Data.Persons[row].Facts & PersonFacts.Deceased) == 0)
    {
        Sentence = "The person is deceased",
        Advice = "Correct the person's status in the school register when it is wrong.",
        Facts = _ => [("personStatus", "Avliden")],
    };

    private static readonly RowRule GroupToLms = new(20, "group.toLms", (d, row) =>
        d.Settings.ByProperty ? d.Data.Groups[row].ToLmsProperty : d.Settings.ListsGroup(d.Data.Groups.Id(row)))
    {
        Sentence = "The group is not marked to be handed on",
        Advice = "Set Till LMS on the group in the school register, or list the group in eligibility.selection.",
    };

    private static readonly RowRule GroupSchoolType = new(21, "group.schoolType", (d, row) =>
        !d.Settings.BySchoolType
        || d.Data.Groups[row].SchoolType == 0
        || d.Settings.HasSchoolType(SchoolTypeSet.Of(d.Data.Groups[row].SchoolType)))
    {
        Sentence = "The group is of a school type that is not wanted",
        Advice = "Correct the school type of the group in the school register, or add it to eligibility.schoolTypes.",
    };

    [Told]
    public static RuleBook Book { get; } = new()
    {
        Units = [UnitRules.Type, UnitRules.Dates, SelectedUnits.Active, SelectedUnits.ToLms, SelectedUnits.InMunicipality, SelectedUnits.SchoolType],
        Placements = [PlacementRules.Unit, PlacementRules.Dates, PlacementCancelled, PlacementSchoolType],
        Duties = [DutyRules.Unit, DutyRules.Dates],
        Persons = [PersonRules.Protected, PersonRules.MarkingUnknown, PersonRules.Abroad, Deceased],
        Groups = [GroupRules.Type, GroupRules.Unit, GroupRules.Dates, GroupToLms, GroupSchoolType, GroupRules.NoSyllabus],
        Guardian = GuardianRules.NoStudent with { Passes = (d, in row) => d.Settings.IsGuardianRelation(row.Relation) },
        MarkingAdvice = "Ask the customer to let this client read securityMarking",
        Settings =
        [
            nameof(EligibilitySettings.Municipalities), nameof(EligibilitySettings.SchoolTypes), nameof(EligibilitySettings.UnitTypes),
            nameof(EligibilitySettings.DutiesAtParents), nameof(EligibilitySettings.GuardianRelations), nameof(EligibilitySettings.Selection),
        ],
    };
}
