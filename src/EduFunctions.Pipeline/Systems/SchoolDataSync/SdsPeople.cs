using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>Who there is, what everybody is at which school, and who answers for whom.</summary>
internal sealed class SdsPeople(SdsContent content)
{
    private readonly Roster _roster = content.Roster;
    private readonly SdsValues _values = new(content.Roster, content.Settings);

    public IEnumerable<string[]> Users()
    {
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (content.Persons[row])
            {
                yield return
                [
                    _roster.Persons[row].Id.ToString(), Text(_values.UserName(row)), Text(_values.GivenName(row)), Text(_values.FamilyName(row)), Text(_values.Email(row)),
                ];
            }
        }
    }

    /// <summary>One row for a person, a school and a role. The first duty, else the first school, is the primary one.</summary>
    public IEnumerable<string[]> Roles()
    {
        var (rows, primary) = (new HashSet<(int Person, string Unit, string Role)>(), new Dictionary<int, (string Unit, string Role)>());
        foreach (var (person, unit, role) in Places())
        {
            if (content.Persons[person] && rows.Add((person, content.Units[unit], role)))
            {
                primary.TryAdd(person, (content.Units[unit], role));
            }
        }

        return rows.OrderBy(row => row.Person).ThenBy(row => row.Unit, StringComparer.Ordinal).ThenBy(row => row.Role, StringComparer.Ordinal).Select(row => (string[])
        [
            _roster.Persons[row.Person].Id.ToString(), row.Unit, row.Role,
            row.Role == SdsWords.Student ? SdsWords.GradeOf(_roster.Persons[row.Person].SchoolYear) : "",
            primary[row.Person] == (row.Unit, row.Role) ? "true" : "false",
        ]);
    }

    /// <summary>By student, then guardian.</summary>
    public IEnumerable<string[]> Relationships() => Pairs().OrderBy(pair => pair.Student).ThenBy(pair => pair.Guardian)
        .Select(pair => (string[])[_roster.Persons[pair.Student].Id.ToString(), _roster.Persons[pair.Guardian].Id.ToString(), SdsWords.Guardian]);

    /// <summary>Staff before students, each earliest first.</summary>
    private IEnumerable<(int Person, int Unit, string Role)> Places()
    {
        var duties = SdsWords.OfDuties(_roster.Vocabulary, content.Settings);
        var stays = new Grouping(_roster.Persons.Count, _roster.StudentUnits.Count, row => _roster.StudentUnits[row].Person);
        return
        [
            .. _roster.StaffUnits.Rows.ToArray().Select(duty => (duty.Person, duty.Unit, duties[duty.Kind])),
            .. _roster.StudentUnits.Rows.ToArray().Select(stay => (stay.Person, stay.Unit, SdsWords.Student)),
            .. Pairs().SelectMany(pair => stays[pair.Student].ToArray().Select(stay => (pair.Guardian, _roster.StudentUnits[stay].Unit, SdsWords.Other))),
        ];
    }

    private IEnumerable<Guardianship> Pairs() => !content.Settings.Guardians ? []
        : _roster.Guardianships.Rows.ToArray().Where(pair => content.Persons[pair.Guardian] && content.Persons[pair.Student]);

    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);
}
