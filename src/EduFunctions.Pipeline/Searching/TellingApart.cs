using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Searching;

/// <summary>What tells a few persons from others of the same name: class, school year, year of birth. The name of a class that tells of a protected person is not told.</summary>
internal sealed class TellingApart
{
    private const int Century = 100;
    private const int OfBirthDate = 10000;

    private readonly Dictionary<int, SortedSet<string>> _classes;
    private readonly Dictionary<int, int> _years = [];
    private readonly SourceData _data;
    private readonly DateOnly _today;

    /// <param name="isTelling">Whether a name tells of somebody protected.</param>
    /// <param name="persons">Rows of those who are asked for.</param>
    /// <param name="today">The day of the night.</param>
    public TellingApart(SourceData data, Predicate<string> isTelling, IEnumerable<int> persons, DateOnly today)
    {
        (_data, _today) = (data, today);
        _classes = persons.ToDictionary(row => row, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (ref readonly var membership in data.Memberships.Rows)
        {
            if (membership.Group >= 0 && IsNow(membership.Start, membership.End) && _classes.TryGetValue(membership.Person, out var classes)
                && data.Groups[membership.Group] is { Type: GroupTypes.Class } group && data.Texts.ToString(group.Name) is { Length: > 0 } name && !isTelling(name))
            {
                classes.Add(name);
            }
        }

        foreach (ref readonly var placement in data.SchoolPlacements.Rows)
        {
            // Earlier enrolments say earlier years.
            if (!placement.Cancelled && _classes.ContainsKey(placement.Person))
            {
                _years[placement.Person] = Math.Max(placement.SchoolYear, _years.GetValueOrDefault(placement.Person, -1));
            }
        }
    }

    public FoundPerson Of(int row, FoundPerson found) => found with
    {
        Classes = [.. _classes[row]],
        SchoolYear = _years.GetValueOrDefault(row, -1) is >= 0 and var year ? year : null,
        BirthYear = _data.Persons[row].BirthDate is > 0 and var birth ? YearOf(birth) : null,
    };

    /// <summary>Six digits have no century: nobody is born after today, or a hundred years old.</summary>
    private int YearOf(int birth)
    {
        var year = (_today.Year / Century * Century) + (birth / OfBirthDate);
        return year > _today.Year ? year - Century : year;
    }

    private bool IsNow(Day start, Day end) => !(start.IsDay && start.ToDate() > _today) && !(end.IsDay && end.ToDate() < _today);
}
