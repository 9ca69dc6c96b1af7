using System.Globalization;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>The rows of users.csv. Guardians and their students name each other.</summary>
internal sealed class OneRosterUsers(OneRosterContent content, OneRosterPlaces places)
{
    private readonly Roster _roster = content.Roster;
    private readonly OneRosterValues _values = new(content.Roster, content.Settings);

    public IEnumerable<string[]> Rows()
    {
        var students = new Grouping(_roster.Persons.Count, Pairs, pair => _roster.Guardianships[pair].Guardian);
        var guardians = new Grouping(_roster.Persons.Count, Pairs, pair => _roster.Guardianships[pair].Student);
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (content.Persons[row])
            {
                yield return Row(row, Agents(students[row], guardians[row]));
            }
        }
    }

    private int Pairs => content.Settings.Guardians ? _roster.Guardianships.Count : 0;

    private string[] Row(int row, string agents)
    {
        var person = _roster.Persons[row];
        return FormRow.Of(
            CsvForm.Users, ("sourcedId", person.Id.ToString()), ("enabledUser", "true"), ("username", OneRosterContent.Text(_values.UserName(row))),
            ("givenName", OneRosterContent.Text(_values.GivenName(row))), ("familyName", OneRosterContent.Text(_values.FamilyName(row))),
            ("middleName", OneRosterContent.Text(_values.MiddleName(row))), ("email", OneRosterContent.Text(_values.Email(row))), ("agentSourcedIds", agents),
            ("grades", person.SchoolYear < 0 ? "" : person.SchoolYear.ToString(CultureInfo.InvariantCulture)), ("primaryOrgSourcedId", places.PrimaryOrg(row) ?? ""));
    }

    private string Agents(ReadOnlySpan<int> asGuardian, ReadOnlySpan<int> asStudent)
    {
        if (asGuardian.IsEmpty && asStudent.IsEmpty)
        {
            return "";
        }

        var agents = new SortedSet<EntityId>();
        foreach (var pair in asGuardian)
        {
            Add(agents, _roster.Guardianships[pair].Student);
        }

        foreach (var pair in asStudent)
        {
            Add(agents, _roster.Guardianships[pair].Guardian);
        }

        return string.Join(',', agents);
    }

    private void Add(SortedSet<EntityId> agents, int person)
    {
        if (content.Persons[person])
        {
            agents.Add(_roster.Persons[person].Id);
        }
    }
}
