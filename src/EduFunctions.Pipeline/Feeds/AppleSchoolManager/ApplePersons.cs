using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.AppleSchoolManager;

/// <summary>The locations of students or of staff: earliest start first, each once; as many columns as the widest row needs.</summary>
internal sealed class ApplePersons
{
    private readonly Roster _roster;
    private readonly Table<PersonUnit> _units;
    private readonly Grouping _ofPerson;
    private readonly int _columns = 1;

    public ApplePersons(Roster roster, Table<PersonUnit> units, Func<int, bool> isWritten)
    {
        _roster = roster;
        _units = units;
        _ofPerson = new Grouping(roster.Persons.Count, units.Count, row => isWritten(units[row].Person) ? units[row].Person : -1);
        for (var person = 0; person < roster.Persons.Count; person++)
        {
            _columns = Math.Max(_columns, Math.Min(Locations(person).Count, AppleContent.MostLocations));
        }
    }

    public IEnumerable<string> LocationColumns =>
        Enumerable.Range(1, _columns).Select(number => number == 1 ? "location_id" : $"location_id_{number}");

    public void Report(FindingLog findings)
    {
        for (var person = 0; person < _roster.Persons.Count; person++)
        {
            if (Locations(person).Count > AppleContent.MostLocations)
            {
                findings.Add(AppleFindings.TooManyLocations, EntityKind.Person, _roster.Persons[person].Id);
            }
        }
    }

    public void WriteLocations(CsvWriter csv, int person)
    {
        var locations = Locations(person);
        for (var column = 0; column < _columns; column++)
        {
            if (column < locations.Count)
            {
                csv.Value(_roster.Units[locations[column]].Id);
            }
            else
            {
                csv.Empty();
            }
        }
    }

    private List<int> Locations(int person)
    {
        var locations = new List<int>();
        foreach (var row in _ofPerson[person])
        {
            if (!locations.Contains(_units[row].Unit))
            {
                locations.Add(_units[row].Unit);
            }
        }

        return locations;
    }
}
