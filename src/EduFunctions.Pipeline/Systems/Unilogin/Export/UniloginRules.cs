using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>Who of Unilogin is handed on. Whoever is in the export is active: units and placements have no rules.</summary>
internal static class UniloginRules
{
    private static readonly RowRule Extern = new(
        23, "person.extern", (d, row) => d.Settings.IncludesExtern || d.Data.Duties[row].Role is not (DutyRoles.Trainee or DutyRoles.Extern))
    {
        Sentence = "The person is a trainee or another extern at the institution",
        Advice = "Set eligibility.includeExtern to hand on externs as staff, or correct the role in the administrative system.",
        IsOnPerson = true,
    };

    private static readonly RelationRule Custody = new(
        24, "guardian.custody", (d, in row) => row.HasCustody || d.Settings.IsContactRelation(row.Relation))
    {
        Sentence = "The person is a contact without custody of the student",
        Advice = "Correct the custody in the administrative system, or add the relation to eligibility.contactRelations.",
        Facts = _ => [("childCustody", false)],
        Roles = Roles.Guardian,
    };

    [Told]
    public static RuleBook Book { get; } = new()
    {
        Duties = [Extern],
        Persons = [PersonRules.Protected, PersonRules.MarkingUnknown, PersonRules.Abroad],
        Groups =
        [
            GroupRules.Type with
            {
                Passes = (d, row) =>
                    d.Data.Groups[row].Type is GroupTypes.Class or GroupTypes.Teaching || d.Settings.ListsGroupType(d.Data.Groups[row].Type),
            },
            GroupRules.Dates with { Passes = (d, row) => d.Window.IsOpen(d.Data.Groups[row].Start, d.Data.Groups[row].End) },
        ],
        Guardian = GuardianRules.NoStudent,
        Custody = Custody,
        MarkingAdvice = "Use the package fuld, the least that says it",
        Settings = [nameof(EligibilitySettings.GroupTypes), nameof(EligibilitySettings.IncludeExtern), nameof(EligibilitySettings.ContactRelations)],
    };
}
