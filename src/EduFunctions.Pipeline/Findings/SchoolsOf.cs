using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Findings;

/// <summary>The schools an entity belongs to, as rows of units; -1 for what belongs to none.</summary>
internal sealed class SchoolsOf
{
    private static readonly int[] NoSchool = [-1];

    private readonly SourceData _data;
    private readonly Grouping _placements;
    private readonly Grouping _duties;

    public SchoolsOf(SourceData data)
    {
        _data = data;
        _placements = new Grouping(data.Persons.Count, data.SchoolPlacements.Count, row => data.SchoolPlacements[row].Person);
        _duties = new Grouping(data.Persons.Count, data.Duties.Count, row => data.Duties[row].Person);
    }

    public IReadOnlyList<int> Of(FindingRow finding)
    {
        IReadOnlyList<int> units = finding.Kind switch
        {
            EntityKind.Unit => [_data.Units.Find(finding.Entity)],
            EntityKind.Group when _data.Groups.Find(finding.Entity) is >= 0 and var row => [_data.Groups[row].Unit],
            EntityKind.Duty when _data.Duties.Find(finding.Entity) is >= 0 and var row => [_data.Duties[row].Unit],
            EntityKind.Placement when _data.Placements.Find(finding.Entity) is >= 0 and var row => [_data.Placements[row].Unit],
            EntityKind.Person when _data.Persons.Find(finding.Entity) is >= 0 and var row => OfPerson(row),
            _ => NoSchool,
        };
        return units.Count == 0 ? NoSchool : units;
    }

    private List<int> OfPerson(int person)
    {
        var units = new SortedSet<int>();
        foreach (var row in _placements[person])
        {
            units.Add(_data.SchoolPlacements[row].Unit);
        }

        foreach (var row in _duties[person])
        {
            units.Add(_data.Duties[row].Unit);
        }

        return [.. units];
    }
}
