using System.Text.RegularExpressions;

namespace EduFunctions.Simulators.Unikum;

/// <summary>
/// Carries the relation file out line by line, each line on what the ones before have left. Strict about order: what a person gains comes before what
/// is lost, a school before its classes on the way in and after them on the way out.
/// </summary>
internal sealed class RelationImport(UnikumOptions options, UnikumState state, UnikumReport report, string file)
{
    private static readonly string[] Fields = ["subject", "object", "type", "operation"];

    private static readonly Dictionary<string, (string Subject, string Object)> Types = new()
    {
        ["school_in_org"] = ("school", "organisation"),
        ["class_in_school"] = ("class", "school"),
        ["staff_in_school"] = ("user", "school"),
        ["student_in_school"] = ("user", "school"),
        ["external_user_in_school"] = ("user", "school"),
        ["student_in_class"] = ("user", "class"),
        ["teacher_in_class"] = ("user", "class"),
        ["guardian_for"] = ("user", "user"),
        ["mentor_for"] = ("user", "user"),
        ["administrator_for"] = ("user", "school"),
    };

    private readonly HashSet<string> _losing = [];
    private readonly Dictionary<string, int> _orphans = [];
    private readonly HashSet<UnikumRelation> _withoutSchool = [];
    private readonly HashSet<UnikumRelation> _schoolGone = [];
    private readonly HashSet<UnikumRelation> _added = [];

    public void Read(string[] lines)
    {
        for (var number = 1; number <= lines.Length; number++)
        {
            if (Parse(lines[number - 1]) is not var (relation, isRemoval))
            {
                report.Error(file, number, "the line does not have the agreed columns");
            }
            else if (Refusal(relation) is { } refusal)
            {
                report.Error(file, number, refusal);
            }
            else if (isRemoval)
            {
                Remove(relation, number);
            }
            else
            {
                Add(relation, number);
            }
        }

        foreach (var (child, line) in _orphans.Where(orphan => state.ObjectsOf("student_in_school", orphan.Key).Count > 0))
        {
            report.Warn(file, line, $"the child {child} is at a school and in no class any more");
        }
    }

    private (UnikumRelation Relation, bool IsRemoval)? Parse(string line)
    {
        var order = Regex.Matches(options.Layout, @"\{(\w+)\}").Select(field => Array.IndexOf(Fields, field.Groups[1].Value)).ToArray();
        var delimiter = options.Layout[options.Layout.IndexOf('}', StringComparison.Ordinal) + 1];
        var columns = line.Split(delimiter);
        if (columns.Length != Fields.Length)
        {
            return null;
        }

        var values = new string[Fields.Length];
        for (var column = 0; column < columns.Length; column++)
        {
            values[order[column]] = columns[column];
        }

        return values[3] is "add" or "remove" ? (new UnikumRelation(values[2], values[0], values[1]), values[3] == "remove") : null;
    }

    private string? Refusal(UnikumRelation relation) =>
        !Types.TryGetValue(relation.Type, out var sides) ? $"\"{relation.Type}\" is no relation"
        : !state.Has(sides.Subject, relation.Subject) ? $"there is no {sides.Subject} {relation.Subject}"
        : sides.Object == "organisation" ? (relation.Target == options.OrganisationId ? null : $"there is no organisation {relation.Target}")
        : !state.Has(sides.Object, relation.Target) ? $"there is no {sides.Object} {relation.Target}"
        : null;

    private void Add(UnikumRelation relation, int line)
    {
        report.Added++;
        _added.Add(relation);
        foreach (var person in PersonsOf(relation).Where(_losing.Contains))
        {
            report.Error(file, line, $"{person} gains something after having lost something");
        }

        if (relation.Type == "student_in_class" && _orphans.Remove(relation.Subject, out var since))
        {
            report.Error(file, since, $"orphaned: the child {relation.Subject} was in no class until line {line}");
        }

        if (!state.Add(relation))
        {
            report.Warn(file, line, "it is there already");
        }

        CheckSchool(relation, line);
    }

    /// <summary>A class relation may lack its school altogether, for somebody who works at another one; it may not come before it.</summary>
    private void CheckSchool(UnikumRelation relation, int line)
    {
        if (IsInClass(relation) && SchoolOf(relation.Target) is { } school && !SchoolsOf(relation.Subject).Contains(school))
        {
            _withoutSchool.Add(relation);
            report.Warn(file, line, $"{relation.Subject} is not at the school of the class");
        }
        else if (IsInSchool(relation) && _withoutSchool.Any(earlier => earlier.Subject == relation.Subject && SchoolOf(earlier.Target) == relation.Target))
        {
            report.Error(file, line, "the school comes after its class");
        }
    }

    private void Remove(UnikumRelation relation, int line)
    {
        report.Removed++;
        _losing.UnionWith(PersonsOf(relation));
        if (_added.Contains(relation))
        {
            report.Error(file, line, "the file takes back what it has given");
        }

        if (!state.Remove(relation))
        {
            report.Warn(file, line, "it is not there");
            return;
        }

        if (relation.Type == "student_in_class" && state.ObjectsOf("student_in_class", relation.Subject).Count == 0)
        {
            _orphans[relation.Subject] = line;
        }

        if (_schoolGone.Contains(relation))
        {
            report.Error(file, line, "the class goes after its school");
        }

        if (IsInSchool(relation))
        {
            _schoolGone.UnionWith(new[] { "student_in_class", "teacher_in_class" }
                .SelectMany(type => state.ObjectsOf(type, relation.Subject).Select(group => new UnikumRelation(type, relation.Subject, group)))
                .Where(member => SchoolOf(member.Target) == relation.Target));
        }
    }

    private static bool IsInClass(UnikumRelation relation) => relation.Type is "student_in_class" or "teacher_in_class";

    private static bool IsInSchool(UnikumRelation relation) => relation.Type is "staff_in_school" or "student_in_school";

    private static IEnumerable<string> PersonsOf(UnikumRelation relation) =>
        Types[relation.Type] switch
        {
            ("user", "user") => [relation.Subject, relation.Target],
            ("user", _) => [relation.Subject],
            _ => [],
        };

    private string? SchoolOf(string @class) => state.ObjectsOf("class_in_school", @class).FirstOrDefault();

    private IEnumerable<string> SchoolsOf(string person) =>
        state.ObjectsOf("staff_in_school", person).Concat(state.ObjectsOf("student_in_school", person));
}
