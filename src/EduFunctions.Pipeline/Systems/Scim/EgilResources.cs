using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>The kinds of the school extension (SS 12000:2018), as receivers of EGIL read them.</summary>
internal sealed class EgilResources
{
    private readonly ScimContent _content;
    private readonly Roster _roster;
    private readonly string _organisation;
    private readonly Grouping _stays;

    /// <summary>By person and unit: the first duty there.</summary>
    private readonly Dictionary<(int Person, int Unit), string> _employments = [];

    public EgilResources(ScimContent content, FeedInput input)
    {
        (_content, _roster) = (content, content.Roster);
        _organisation = Derived($"org|{input.Tenant}");
        _stays = new Grouping(_roster.Persons.Count, _roster.StudentUnits.Count, row => _roster.StudentUnits[row].Person);
    }

    /// <summary>In the order of the kinds.</summary>
    public IEnumerable<ScimResource> All(string tenant) =>
        [Resource(ScimType.Organisations, _organisation, [("displayName", ScimJson.Text(tenant))]), .. Schools(), .. Users(), .. Employments(), .. Groups(), .. Activities()];

    private static string Derived(string name) => EntityId.Derive(Encoding.UTF8.GetBytes(name)).ToString();

    private static ScimResource Resource(ScimType type, string id, IEnumerable<(string Name, string? Value)> attributes, IEnumerable<string>? links = null) =>
        new(type, id, ScimJson.Object([("schemas", ScimJson.Texts([type.Schema])), ("externalId", ScimJson.Text(id)), .. attributes]),
            [.. (links ?? []).Distinct().Order(StringComparer.Ordinal)]);

    private static ScimResource Named(ScimType type, string id, string name, IEnumerable<(string Name, string? Value)> attributes, IEnumerable<string>? links = null) =>
        Resource(type, id, attributes.Prepend(("displayName", ScimJson.Text(name))), links) with { Text = name };

    private IEnumerable<ScimResource> Schools() => _roster.Units.Rows.ToArray().Select(unit => Named(ScimType.SchoolUnits, unit.Id.ToString(), _content.NameOf(unit),
    [
        ("schoolUnitCode", ScimJson.Text(_content.Text(unit.SchoolUnitCode))),
        ("organisation", ScimJson.Link(ScimType.Organisations, _organisation)),
    ]));

    private IEnumerable<ScimResource> Users()
    {
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (_content.Persons[row])
            {
                var json = ScimJson.Object([.. _content.UserOf(row, ScimType.SchoolUser), (ScimType.SchoolUser, ScimJson.Object(("enrolments", Enrolments(row))))]);
                yield return new ScimResource(ScimType.Users, _content.IdOf(row), json, []) { UserName = _content.UserNameOf(row), Text = _content.TextOf(row) };
            }
        }
    }

    private string Enrolments(int row)
    {
        var year = _roster.Persons[row].SchoolYear;
        return ScimJson.Array(_stays[row].ToArray().Select(at => _roster.StudentUnits[at]).DistinctBy(stay => stay.Unit).Select(stay => ScimJson.Link(
            ScimType.SchoolUnits, _roster.Units[stay.Unit].Id.ToString(),
            ("schoolYear", year < 0 ? null : year.ToString(CultureInfo.InvariantCulture)), ("schoolType", ScimJson.Text(_roster.Vocabulary.SchoolTypes[stay.Kind])))));
    }

    private IEnumerable<ScimResource> Employments()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var duty in _roster.StaffUnits.Rows.ToArray().Where(duty => _content.Persons[duty.Person]))
        {
            var (person, unit, role) = (_content.IdOf(duty.Person), _roster.Units[duty.Unit].Id.ToString(), _roster.Vocabulary.DutyRoles[duty.Kind]);
            var id = Derived($"employment|{person}|{unit}|{role}");
            _employments.TryAdd((duty.Person, duty.Unit), id);
            if (known.Add(id))
            {
                yield return Resource(
                    ScimType.Employments, id,
                    [("employedAt", ScimJson.Link(ScimType.SchoolUnits, unit)), ("user", ScimJson.Link(ScimType.Users, person)), ("employmentRole", ScimJson.Text(role))], [person]);
            }
        }
    }

    private IEnumerable<ScimResource> Groups() => Chosen().Select(row =>
    {
        var section = _roster.Sections[row];
        return Named(
            ScimType.StudentGroups, section.Id.ToString(), _content.NameOf(row),
            [Owner(row), ("studentGroupType", ScimJson.Text(_roster.Vocabulary.GroupTypes[section.GroupType]))],
            _content.MembersOf(row).Select(_content.IdOf));
    });

    /// <summary>What is taught to a group, by those who are employed where it is.</summary>
    private IEnumerable<ScimResource> Activities()
    {
        foreach (var row in Chosen())
        {
            var group = _roster.Sections[row].Id.ToString();
            string[] teachers = [.. _content.TeachersOf(row).Select(person => _employments.GetValueOrDefault((person, _roster.Sections[row].Unit))).OfType<string>()];
            if (teachers.Length > 0)
            {
                yield return Named(
                    ScimType.Activities, Derived($"activity|{group}"), _content.NameOf(row),
                    [Owner(row), ("groups", ScimJson.Array([ScimJson.Link(ScimType.StudentGroups, group)]))], teachers);
            }
        }
    }

    private IEnumerable<int> Chosen() => Enumerable.Range(0, _roster.Sections.Count).Where(row => _content.Sections[row]);

    private (string Name, string? Value) Owner(int section) => ("owner", ScimJson.Link(ScimType.SchoolUnits, _roster.Units[_roster.Sections[section].Unit].Id.ToString()));
}
