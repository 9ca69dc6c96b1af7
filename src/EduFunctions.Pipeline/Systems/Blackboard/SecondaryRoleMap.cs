using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Who has which further role: by the duties of staff, by the school type and unit of students' placements. A bit per role and person.</summary>
internal sealed class SecondaryRoleMap
{
    private const string DutyRole = "dutyRole:";
    private const string SchoolType = "schoolType:";
    private const string Unit = "unit:";

    private readonly Roster _roster;
    private readonly string[] _names;
    private readonly BitArray[] _holders;

    public SecondaryRoleMap(Roster roster, IReadOnlyDictionary<string, IReadOnlyList<string>> settings)
    {
        _roster = roster;
        _names = [.. settings.Values.SelectMany(roles => roles).Distinct().Order(StringComparer.Ordinal)];
        _holders = [.. _names.Select(_ => new BitArray(roster.Persons.Count))];
        Roles = [.. _names.Select(Encoding.UTF8.GetBytes)];
        var units = roster.Units.Rows.ToArray().Select(unit => RolesOf(
            settings, $"{Unit}{unit.Id}", unit.SchoolUnitCode.IsEmpty ? $"{Unit}{unit.Id}" : $"{Unit}{roster.Texts.ToString(unit.SchoolUnitCode)}")).ToArray();
        Mark(roster.StaffUnits, units, [.. roster.Vocabulary.DutyRoles.Select(role => RolesOf(settings, DutyRole + role))]);
        Mark(roster.StudentUnits, units, [.. roster.Vocabulary.SchoolTypes.Select(type => RolesOf(settings, SchoolType + type))]);
    }

    /// <summary>All roles there are, in order.</summary>
    public IReadOnlyList<byte[]> Roles { get; }

    public static bool IsCondition(string condition) =>
        new[] { DutyRole, SchoolType, Unit }.Any(kind => condition.StartsWith(kind, StringComparison.Ordinal) && condition.Length > kind.Length);

    public bool Has(int person, int role) => _holders[role][person];

    private void Mark(Table<PersonUnit> places, int[][] ofUnit, int[][] ofKind)
    {
        foreach (ref readonly var place in places.Rows)
        {
            Mark(place.Person, ofUnit[place.Unit]);
            Mark(place.Person, place.Kind < ofKind.Length ? ofKind[place.Kind] : []);
        }
    }

    private void Mark(int person, int[] roles)
    {
        foreach (var role in roles)
        {
            _holders[role][person] = true;
        }
    }

    private int[] RolesOf(IReadOnlyDictionary<string, IReadOnlyList<string>> settings, params string[] conditions) =>
    [
        .. conditions.Distinct().SelectMany(condition => settings.GetValueOrDefault(condition) ?? [])
            .Select(role => Array.BinarySearch(_names, role, StringComparer.Ordinal)),
    ];
}
