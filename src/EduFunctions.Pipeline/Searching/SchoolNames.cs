using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Searching;

/// <summary>The schools of a few persons by their names; one that tells of a protected person is not told.</summary>
internal sealed class SchoolNames
{
    private readonly Dictionary<int, SortedSet<string>> _ofPerson;
    private readonly SourceData _data;
    private readonly RowScan _scan;

    /// <param name="persons">Rows of those who are asked for.</param>
    public SchoolNames(SourceData data, RowScan scan, IEnumerable<int> persons)
    {
        (_data, _scan) = (data, scan);
        _ofPerson = persons.ToDictionary(row => row, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (ref readonly var placement in data.SchoolPlacements.Rows)
        {
            Add(placement.Person, placement.Unit);
        }

        foreach (ref readonly var duty in data.Duties.Rows)
        {
            Add(duty.Person, duty.Unit);
        }
    }

    public IReadOnlyList<string> Of(int person) => [.. _ofPerson[person]];

    private void Add(int person, int unit)
    {
        if (unit >= 0 && _ofPerson.TryGetValue(person, out var schools))
        {
            var name = _data.Texts[_data.Units[unit].Name];
            schools.Add(_scan.Find(name).Count > 0 ? Discretion.Withheld : System.Text.Encoding.UTF8.GetString(name));
        }
    }
}
