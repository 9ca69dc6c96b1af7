using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Searching;

/// <summary>The schools of a few persons by their names; one that tells of a protected person is not told.</summary>
internal sealed class SchoolNames
{
    private readonly Dictionary<int, SortedSet<string>> _ofPerson;
    private readonly SourceData _data;
    private readonly Predicate<string> _isTelling;

    /// <param name="isTelling">Whether a name tells of somebody protected.</param>
    /// <param name="persons">Rows of those who are asked for.</param>
    public SchoolNames(SourceData data, Predicate<string> isTelling, IEnumerable<int> persons)
    {
        (_data, _isTelling) = (data, isTelling);
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
            var name = _data.Texts.ToString(_data.Units[unit].Name);
            schools.Add(_isTelling(name) ? Discretion.Withheld : name);
        }
    }
}
