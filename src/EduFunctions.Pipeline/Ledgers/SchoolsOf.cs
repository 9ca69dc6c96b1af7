using System.Collections;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>The schools an entity belongs to, as rows of units; -1 for what belongs to none.</summary>
internal sealed class SchoolsOf
{
    private static readonly int[] NoSchool = [-1];

    private readonly SourceData _data;

    /// <summary>By row of those persons of whom there is a finding.</summary>
    private readonly Dictionary<int, SortedSet<int>> _ofPerson = [];

    public SchoolsOf(SourceData data)
    {
        _data = data;
        var found = FoundPersons();
        foreach (ref readonly var placement in data.SchoolPlacements.Rows)
        {
            Add(found, placement.Person, placement.Unit);
        }

        foreach (ref readonly var duty in data.Duties.Rows)
        {
            Add(found, duty.Person, duty.Unit);
        }
    }

    public IReadOnlyCollection<int> Of(FindingRow finding)
    {
        return finding.Kind switch
        {
            EntityKind.Unit => [_data.Units.Find(finding.Entity)],
            EntityKind.Group when _data.Groups.Find(finding.Entity) is >= 0 and var row => [_data.Groups[row].Unit],
            EntityKind.Duty when _data.Duties.Find(finding.Entity) is >= 0 and var row => [_data.Duties[row].Unit],
            EntityKind.Placement when _data.Placements.Find(finding.Entity) is >= 0 and var row => [_data.Placements[row].Unit],
            EntityKind.Person => _ofPerson.GetValueOrDefault(_data.Persons.Find(finding.Entity)) ?? (IReadOnlyCollection<int>)NoSchool,
            _ => NoSchool,
        };
    }

    private BitArray FoundPersons()
    {
        var found = new BitArray(_data.Persons.Count);
        foreach (var rows in _data.Findings.Rows.Values)
        {
            foreach (ref readonly var row in CollectionsMarshal.AsSpan(rows))
            {
                if (row.Kind == EntityKind.Person && _data.Persons.Find(row.Entity) is >= 0 and var person)
                {
                    found[person] = true;
                }
            }
        }

        return found;
    }

    private void Add(BitArray found, int person, int unit)
    {
        if (person >= 0 && found[person])
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_ofPerson, person, out _) ??= []).Add(unit);
        }
    }
}
