using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>The tenant's choices within the eligibility rules (docs/rules.md); a source understands those that its <see cref="RuleBook"/> names, and those that none does.</summary>
public sealed record EligibilitySettings
{
    [Range(0, 3650, ErrorMessage = "must be 0 to 3650")]
    [Description("Days that dates are generous with at both ends: with 14, a pupil comes 13 days before the first day and leaves 14 days after the last one; "
        + "with 0, on the day after the first and on the last one.")]
    public int DateMarginDays { get; init; } = 14;

    [Description("Only units in these municipalities (four digits); empty takes all.")]
    public IReadOnlyList<string> Municipalities { get; init; } = [];

    [Description("Only these school types; empty takes all.")]
    [ValuesOf(nameof(Vocabularies.SchoolTypes))]
    public IReadOnlyList<string> SchoolTypes { get; init; } = [];

    [Description("The types of organisation that are schools.")]
    [ValuesOf(nameof(Vocabularies.UnitTypes))]
    public IReadOnlyList<string> UnitTypes { get; init; } = ["Skolenhet"];

    [Description("Whether a duty at a parent organisation counts at every eligible unit below it.")]
    public bool DutiesAtParents { get; init; }

    [Description("Relations that make a responsible a guardian.")]
    [ValuesOf(nameof(Vocabularies.Relations))]
    public IReadOnlyList<string> GuardianRelations { get; init; } = ["Vårdnadshavare"];

    [Description("Where the marks for active unit and hand-over come from; null takes what the source hands out.")]
    public SelectionSettings? Selection { get; init; }

    [AllowedValues("exclude", "include", ErrorMessage = "must be \"exclude\" or \"include\"")]
    [Description("What becomes of a person whose record has no security marking.")]
    public string UnknownSecurityMarking { get; init; } = "exclude";

    [Description("True accepts a source that marks nobody as protected or not: the run is then not held for it.")]
    public bool AcceptUnmarkedProtection { get; init; }

    [Description("Types of group that are taken beside Hovedgruppe and Hold: Årgang, Retning, SFO, Team, Andet.")]
    [ValuesOf(nameof(Vocabularies.GroupTypes))]
    public IReadOnlyList<string> GroupTypes { get; init; } = [];

    [Description("Whether trainees and other externs count as staff.")]
    public bool IncludeExtern { get; init; }

    [Description("Relations whose contact persons are guardians without custody too: Mor, Far, Andet, Officielt tilknyttet person.")]
    [ValuesOf(nameof(Vocabularies.Relations))]
    public IReadOnlyList<string> ContactRelations { get; init; } = [];
}

/// <summary>Either an allow-list of units and groups, or the names of the properties that carry the marks.</summary>
public sealed record SelectionSettings
{
    [Description("Ids or school unit codes of the units to take; absent takes all, empty takes none.")]
    public IReadOnlyList<string>? Units { get; init; }

    [Description("Ids of the groups to take; absent takes all, empty takes none.")]
    public IReadOnlyList<string>? Groups { get; init; }

    [Description("Names of the JSON properties that carry the marks.")]
    public SelectionProperty? Property { get; init; }
}

public sealed record SelectionProperty
{
    [Description("Property of a unit that is 1 when the unit is active.")]
    public required string ActiveUnit { get; init; }

    [Description("Property of a unit or group that is Y when it may be handed on.")]
    public required string ToLms { get; init; }
}
