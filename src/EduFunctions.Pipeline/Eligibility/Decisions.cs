using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>
/// What was decided on every entity of a pull: by row number, all failing reasons. Filled in the order units, persons, placements, duties, guardians,
/// and groups beside all that follows units; a rule may ask for what was decided before it.
/// </summary>
public sealed class Decisions(SourceData data, RuleBook rules, RuleSettings settings, DateWindow window)
{
    private readonly RuleCatalog _catalog = new(rules);

    public SourceData Data { get; } = data;

    public RuleSettings Settings { get; } = settings;

    public DateWindow Window { get; } = window;

    public RuleBook Rules { get; } = rules;

    public Reasons[] Units { get; } = new Reasons[data.Units.Count];

    /// <summary>By row of the school placements.</summary>
    public Reasons[] Placements { get; } = new Reasons[data.SchoolPlacements.Count];

    public Reasons[] Duties { get; } = new Reasons[data.Duties.Count];

    /// <summary>What speaks against a person whatever the role; <see cref="PersonReasons"/> tells what of it a role regards.</summary>
    public Reasons[] Persons { get; } = new Reasons[data.Persons.Count];

    public Reasons[] Groups { get; } = new Reasons[data.Groups.Count];

    /// <summary>The roles a person might have had.</summary>
    public Roles[] Candidates { get; } = new Roles[data.Persons.Count];

    /// <summary>The roles a person has.</summary>
    public Roles[] Eligible { get; } = new Roles[data.Persons.Count];

    /// <summary>By row of units: the eligible units at which a duty there counts.</summary>
    public IReadOnlyList<int>[] DutyUnits { get; set; } = [];

    /// <summary>By row of groups: whether a current activity gives the group a syllabus.</summary>
    public bool[] HasSyllabus { get; } = new bool[data.Groups.Count];

    /// <summary>By row of persons: whether an eligible student names the person as one who answers for him or her.</summary>
    public bool[] HasStudent { get; } = new bool[data.Persons.Count];

    /// <summary>Eligible guardian and eligible student, as rows of persons.</summary>
    public Table<(int Guardian, int Student)> Guardianships { get; } = new();

    public Reasons PersonReasons(int person, Roles role) => _catalog.Regarding(Persons[person], role);

    public bool IsUnit(int unit) => unit >= 0 && Data.Units.IsCurrent(unit) && Units[unit].Passes;

    public bool IsGroup(int group) => group >= 0 && Data.Groups.IsCurrent(group) && Groups[group].Passes;

    public bool IsDuty(int duty) => duty >= 0 && Data.Duties.IsCurrent(duty) && Duties[duty].Passes;

    public bool Is(int person, Roles role) => person >= 0 && (Eligible[person] & role) != 0;

    /// <summary>Whether a group becomes one section for each of its syllabuses, and none without; where the register has no syllabuses, it is one by itself.</summary>
    public bool IsBySyllabus(int group) => Data.Syllabuses.IsListed && Data.Groups[group].Type == GroupTypes.Teaching;

    public bool IsCurrentActivity(int activity) =>
        Data.Activities.IsCurrent(activity) && Window.IsStrictlyOpen(Data.Activities[activity].Start, Data.Activities[activity].End);
}
