using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>What users are where: a row for each place and duty, guardians where their students are. Of several at one school the first is the primary one.</summary>
internal sealed class OneRosterPlaces
{
    private readonly OneRosterContent _content;
    private readonly Roster _roster;
    private readonly List<Place> _places = [];
    private readonly List<EntityId> _ids = [];
    private readonly HashSet<EntityId> _known = [];
    private readonly HashSet<(int Person, int Unit)> _primary = [];
    private readonly Dictionary<int, int> _firstUnits = [];

    public OneRosterPlaces(OneRosterContent content)
    {
        (_content, _roster) = (content, content.Roster);
        var words = OneRosterWords.OfDuties(_roster.Vocabulary, content.Settings);
        foreach (ref readonly var duty in _roster.StaffUnits.Rows)
        {
            Add(duty.Person, duty.Unit, duty.Start, words[duty.Kind]);
        }

        foreach (ref readonly var stay in _roster.StudentUnits.Rows)
        {
            Add(stay.Person, stay.Unit, stay.Start, OneRosterWords.Student);
        }

        AddGuardians();
    }

    /// <summary>The school at which somebody was first; null for whom the files do not have.</summary>
    public string? PrimaryOrg(int person) => _firstUnits.TryGetValue(person, out var unit) ? _content.Units[unit] : null;

    public IEnumerable<string[]> Rows()
    {
        foreach (var at in IdSort.Order(_ids.ToArray()))
        {
            var place = _places[at];
            yield return FormRow.Of(
                CsvForm.Roles, ("sourcedId", _ids[at].ToString()), ("userSourcedId", _roster.Persons[place.Person].Id.ToString()),
                ("roleType", place.IsPrimary ? "primary" : "secondary"), ("role", place.Word), ("beginDate", place.Start.IsDay ? place.Start.ToString() : ""),
                ("orgSourcedId", _content.Units[place.Unit]));
        }
    }

    private void AddGuardians()
    {
        var stays = new Grouping(_roster.Persons.Count, _roster.StudentUnits.Count, row => _roster.StudentUnits[row].Person);
        foreach (ref readonly var pair in _roster.Guardianships.Rows)
        {
            foreach (var stay in IsShown(pair) ? stays[pair.Student] : [])
            {
                Add(pair.Guardian, _roster.StudentUnits[stay].Unit, Day.Absent, OneRosterWords.Guardian);
            }
        }
    }

    /// <summary>Whether the files say that somebody answers for somebody.</summary>
    private bool IsShown(in Guardianship pair) => _content.Settings.Guardians && _content.Persons[pair.Guardian] && _content.Persons[pair.Student];

    private void Add(int person, int unit, Day start, string word)
    {
        var id = OneRosterIds.Derived($"role|{word}|{_roster.Persons[person].Id}|{_content.Units[unit]}|{(start.IsDay ? start.ToString() : "")}");
        if (_content.Persons[person] && _known.Add(id))
        {
            _ids.Add(id);
            _places.Add(new Place(person, unit, start, word, _primary.Add((person, unit))));
            _firstUnits.TryAdd(person, unit);
        }
    }

    private readonly record struct Place(int Person, int Unit, Day Start, string Word, bool IsPrimary);
}
