using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>The locations of students or of staff: earliest start first, each once; as many columns as the widest row needs.</summary>
internal sealed class ApplePersons
{
    private readonly Roster _roster;

    /// <summary>Rows of units, person after person; a person's begin where the one before ends.</summary>
    private readonly Table<int> _locations = new();
    private readonly int[] _ends;
    private readonly int _columns = 1;

    /// <param name="units">Sorted by person.</param>
    /// <param name="written">By row of the persons: whether the file has them.</param>
    public ApplePersons(Roster roster, Table<PersonUnit> units, bool[] written)
    {
        _roster = roster;
        _ends = new int[roster.Persons.Count];
        _locations.Reserve(units.Count);
        for (int person = 0, row = 0; person < _ends.Length; person++)
        {
            var start = _locations.Count;
            for (; row < units.Count && units[row].Person == person; row++)
            {
                if (written[person] && !_locations.Rows[start..].Contains(units[row].Unit))
                {
                    _locations.Add(units[row].Unit);
                }
            }

            _ends[person] = _locations.Count;
            _columns = Math.Max(_columns, Math.Min(_locations.Count - start, AppleLimits.MostLocations));
        }
    }

    /// <summary>For those beyond the first.</summary>
    public IEnumerable<string> FurtherColumns => Enumerable.Range(2, _columns - 1).Select(number => AppleFile.Further(AppleFile.Location, number));

    /// <summary>Who has more locations than there can be columns. That is hardly anybody, so places are counted first.</summary>
    public static void Report(Roster roster, Table<PersonUnit> units, bool[] written, FindingLog findings)
    {
        for (var row = AppleLimits.MostLocations; row < units.Count; row++)
        {
            if (units[row].Person == units[row - AppleLimits.MostLocations].Person)
            {
                new ApplePersons(roster, units, written).Report(findings);
                return;
            }
        }
    }

    public void WriteLocations(CsvWriter csv, int person)
    {
        var locations = Of(person);
        for (var column = 0; column < _columns; column++)
        {
            if (column < locations.Length)
            {
                csv.Value(_roster.Units[locations[column]].Id);
            }
            else
            {
                csv.Empty();
            }
        }
    }

    private void Report(FindingLog findings)
    {
        for (var person = 0; person < _ends.Length; person++)
        {
            if (Of(person).Length > AppleLimits.MostLocations)
            {
                findings.Add(AppleFindings.TooManyLocations, EntityKind.Person, _roster.Persons[person].Id);
            }
        }
    }

    private ReadOnlySpan<int> Of(int person)
    {
        var start = person == 0 ? 0 : _ends[person - 1];
        return _locations.Rows[start.._ends[person]];
    }
}
