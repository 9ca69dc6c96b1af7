using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Searching;

/// <summary>The schools of a few persons by their names, told apart where two at which anybody is have the same; one that tells of a protected person is not told.</summary>
internal sealed class SchoolNames
{
    private readonly Dictionary<int, HashSet<int>> _ofPerson;
    private readonly IReadOnlyDictionary<string, string> _labels;
    private readonly SourceData _data;
    private readonly Predicate<string> _isTelling;

    /// <param name="isTelling">Whether a name tells of somebody protected.</param>
    /// <param name="persons">Rows of those who are asked for.</param>
    public SchoolNames(SourceData data, Predicate<string> isTelling, IEnumerable<int> persons)
    {
        (_data, _isTelling) = (data, isTelling);
        _ofPerson = persons.ToDictionary(row => row, _ => new HashSet<int>());
        var schools = new HashSet<int>();
        foreach (ref readonly var placement in data.SchoolPlacements.Rows)
        {
            Add(schools, placement.Person, placement.Unit);
        }

        foreach (ref readonly var duty in data.Duties.Rows)
        {
            Add(schools, duty.Person, duty.Unit);
        }

        _labels = SchoolLabels.Of(schools.Select(unit => KeyValuePair.Create(IdOf(unit), NameOf(unit))));
    }

    public IReadOnlyList<string> Of(int person) =>
        [.. _ofPerson[person].Select(unit => _isTelling(NameOf(unit)) ? Discretion.Withheld : _labels[IdOf(unit)]).Distinct().Order(StringComparer.Ordinal)];

    private void Add(HashSet<int> schools, int person, int unit)
    {
        if (unit >= 0)
        {
            schools.Add(unit);
            _ofPerson.GetValueOrDefault(person)?.Add(unit);
        }
    }

    private string IdOf(int unit) => _data.Units.Id(unit).ToString();

    private string NameOf(int unit) => _data.Texts.ToString(_data.Units[unit].Name);
}
