using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>OneRoster's words. Homerooms and scheduled classes are classes and teaching groups, so that feeds know them. Rosters store the numbers: new ones go to the end.</summary>
internal static class OneRosterVocabularies
{
    public static Vocabularies Make() => new()
    {
        UnitTypes = new("school", "department", "district", "local", "state", "national"),
        DutyRoles = new(
            "teacher", "aide", "administrator", "principal", "counselor", "proctor", "siteAdministrator", "districtAdministrator", "systemAdministrator"),
        Relations = new("guardian", "parent", "relative"),
    };
}

/// <summary>Numbers in the unit types.</summary>
internal static class OrgTypes
{
    public const byte School = 1;
}

/// <summary>Numbers in the relations.</summary>
internal static class AgentRelations
{
    public const byte Guardian = 1;
    public const byte Parent = 2;
    public const byte Relative = 3;
}
