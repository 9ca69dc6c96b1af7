using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>The rules for the pulls of one kind of register.</summary>
/// <param name="Guardian">Whether somebody answers for a student at all, by whom the student names.</param>
/// <param name="Custody">Whether who answers for a student may be handed on as guardian.</param>
/// <param name="TeachesSyllabuses">Whether a teaching group is one section per syllabus, or one by itself.</param>
/// <param name="MarkingAdvice">What an operator can do when nobody has a marking.</param>
internal sealed record RuleBook(
    Rule[] Units, Rule[] Placements, Rule[] Duties, Rule[] Persons, Rule[] Groups, RelationRule Guardian, RelationRule Custody, bool TeachesSyllabuses,
    string MarkingAdvice)
{
    private static readonly RuleBook EduCloud = new(
        UnitRules.All, PlacementRules.All, DutyRules.All, PersonRules.All, GroupRules.All,
        (d, in row) => d.Settings.IsGuardianRelation(row.Relation), (_, in _) => true, TeachesSyllabuses: true,
        "Ask the customer to let the key pair read securityMarking");

    private static readonly RuleBook Unilogin = new(
        Units: [], Placements: [], UniloginRules.Duties, UniloginRules.Persons, UniloginRules.Groups,
        (_, in _) => true, (d, in row) => row.HasCustody || d.Settings.IsContactRelation(row.Relation), TeachesSyllabuses: false,
        "Use the package fuld, the least that says it");

    public static RuleBook Of(Register register) => register == Register.Unilogin ? Unilogin : EduCloud;
}

/// <summary>One sentence on a student's naming of a person.</summary>
internal delegate bool RelationRule(Decisions decisions, in ResponsibleRow row);
