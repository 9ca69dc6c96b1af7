using System.Text.Json;
using EduFunctions.Simulators.Schools.Generated;

namespace EduFunctions.Simulators.Schools;

/// <summary>
/// An invented municipality of any size. Every row is made anew from its index when it is asked for, so a million
/// persons take no more memory than a few hundred.
/// </summary>
public sealed class SchoolWorld : ISchoolData
{
    private readonly WorldLayout _layout;
    private readonly Identities _identities;
    private readonly Dictionary<string, (int Count, Action<int, Utf8JsonWriter> Write)> _collections;

    public SchoolWorld(WorldOptions options)
    {
        _layout = new WorldLayout(options);
        _identities = new Identities(_layout);
        var ids = new WorldIds(_layout);
        var references = new PersonReferences(_layout, ids);
        var organisations = new OrganisationWriter(_layout, ids);
        var persons = new PersonWriter(_layout, ids, _identities, references);
        var placements = new PlacementWriter(_layout, ids, references);
        var duties = new DutyWriter(_layout, ids, references);
        var groups = new GroupWriter(_layout, ids, references);
        var activities = new ActivityWriter(_layout, ids);
        _collections = new()
        {
            [Collections.Organisations] = (organisations.Count, organisations.Write),
            [Collections.Persons] = (persons.Count, persons.Write),
            [Collections.Placements] = (placements.Count, placements.Write),
            [Collections.Duties] = (duties.Count, duties.Write),
            [Collections.Groups] = (groups.Count, groups.Write),
            [Collections.Activities] = (activities.Count, activities.Write),
            [Collections.Syllabuses] = (SyllabusWriter.Count, new SyllabusWriter(_layout, ids).Write),
        };
    }

    public int Count(string collection) => _collections[collection].Count;

    public void Write(string collection, int index, Utf8JsonWriter writer) => _collections[collection].Write(index, writer);

    /// <summary>
    /// Names, numbers, addresses and e-mails as they are in the persons, from all over the municipality: what no log may contain.
    /// </summary>
    public IReadOnlyCollection<string> PersonalValues(int max)
    {
        const int ValuesPerPerson = 7;
        var step = Math.Max(1, _layout.Persons.Total * ValuesPerPerson / Math.Max(1, max));
        return
        [
            .. Enumerable.Range(0, _layout.Persons.Total)
                .Where(index => index % step == 0)
                .SelectMany(index => _identities.Of(_layout.PersonAt(index)).Values)
                .Distinct()
                .Take(max),
        ];
    }
}
