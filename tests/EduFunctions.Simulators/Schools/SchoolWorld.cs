using System.Text.Json;
using EduFunctions.Simulators.Schools.Generated;

namespace EduFunctions.Simulators.Schools;

/// <summary>
/// An invented municipality of any size. Every row is made anew from its index when it is asked for, so a million
/// persons take no more memory than a few hundred.
/// </summary>
public sealed class SchoolWorld : ISchoolData
{
    private readonly WorldPlan plan;
    private readonly Identities identities;
    private readonly Dictionary<string, (int Count, Action<int, Utf8JsonWriter> Write)> collections;

    public SchoolWorld(WorldOptions options)
    {
        plan = new WorldPlan(options);
        identities = new Identities(plan);
        var ids = new WorldIds(plan);
        var references = new PersonReferences(plan, ids);
        var organisations = new OrganisationWriter(plan, ids);
        var persons = new PersonWriter(plan, ids, identities, references);
        var placements = new PlacementWriter(plan, ids, references);
        var duties = new DutyWriter(plan, ids, references);
        var groups = new GroupWriter(plan, ids, references);
        var activities = new ActivityWriter(plan, ids);
        collections = new()
        {
            [Collections.Organisations] = (organisations.Count, organisations.Write),
            [Collections.Persons] = (persons.Count, persons.Write),
            [Collections.Placements] = (placements.Count, placements.Write),
            [Collections.Duties] = (duties.Count, duties.Write),
            [Collections.Groups] = (groups.Count, groups.Write),
            [Collections.Activities] = (activities.Count, activities.Write),
            [Collections.Syllabuses] = (SyllabusWriter.Count, new SyllabusWriter(plan, ids).Write),
        };
    }

    public int Count(string collection) => collections[collection].Count;

    public void Write(string collection, int index, Utf8JsonWriter writer) => collections[collection].Write(index, writer);

    /// <summary>
    /// Names, numbers, addresses and e-mails as they are in the persons, from all over the municipality: what no log may contain.
    /// </summary>
    public IReadOnlyCollection<string> PersonalValues(int max)
    {
        const int ValuesPerPerson = 7;
        var step = Math.Max(1, plan.Persons.Total * ValuesPerPerson / Math.Max(1, max));
        return
        [
            .. Enumerable.Range(0, plan.Persons.Total)
                .Where(index => index % step == 0)
                .SelectMany(index => identities.Of(plan.PersonAt(index)).Values)
                .Distinct()
                .Take(max),
        ];
    }
}
