using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>Who of OneRoster files is handed on (docs/rules.md). Dates may be left out: what has none is current while it is in the files.</summary>
internal static class OneRosterRules
{
    private static readonly RowRule Disabled = new(25, "person.disabled", (d, row) => !d.Data.Persons[row].IsDisabled)
    {
        Sentence = "The user is not enabled in the register",
        Advice = "Set enabledUser to true in the school register when the person is to be handed on.",
        Facts = _ => [("enabledUser", false)],
    };

    [Told]
    public static RuleBook Book { get; } = new()
    {
        Units = [UnitRules.Type with { Passes = (d, row) => d.Data.Units[row].Type == OrgTypes.School }],
        Placements =
        [
            PlacementRules.Unit,
            PlacementRules.Dates with { Passes = (d, row) => d.Window.IsOpen(d.Data.SchoolPlacements[row].Start, d.Data.SchoolPlacements[row].End) },
        ],
        Duties =
        [
            DutyRules.Unit,
            DutyRules.Dates with { Passes = (d, row) => d.Window.IsOpen(d.Data.Duties[row].Start, d.Data.Duties[row].End) },
        ],
        Persons = [PersonRules.Protected, PersonRules.MarkingUnknown, Disabled],
        Groups =
        [
            GroupRules.Type,
            GroupRules.Unit,
            GroupRules.Dates with { Passes = (d, row) => d.Window.IsOpen(d.Data.Groups[row].Start, d.Data.Groups[row].End) },
            GroupRules.NoSyllabus,
        ],
        Guardian = GuardianRules.NoStudent with { Passes = (_, in row) => row.Relation is AgentRelations.Guardian or AgentRelations.Parent },
        MarkingAdvice = "Have the sender add the column metadata.securityMarking to users.csv",
        Settings = [nameof(EligibilitySettings.DutiesAtParents)],
    };
}
