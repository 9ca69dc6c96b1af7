using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>Of how many people a marking could stand in a place, and who they are by role.</summary>
internal sealed class MarkedPeople(SourceData data)
{
    public int At(MarkingPlace place) => place switch
    {
        MarkingPlace.LookedUp => data.LookedUp,
        MarkingPlace.Responsible => Guardians().Count,
        MarkingPlace.Membership => Members().Count,
        MarkingPlace.Placement => Persons(data.Placements.Rows, row => row.Person).Count,
        MarkingPlace.Duty => Staff().Count,
        _ => data.Persons.Distinct,
    };

    public IEnumerable<(string Role, HashSet<EntityId> People)> ByRole() =>
        [("students", Persons(data.SchoolPlacements.Rows, row => row.Person)), ("staff", Staff()), ("guardians", Guardians())];

    private HashSet<EntityId> Staff() => Persons(data.Duties.Rows, row => row.Person);

    private HashSet<EntityId> Guardians()
    {
        var people = new HashSet<EntityId>();
        foreach (ref readonly var responsible in data.Responsibles.Rows)
        {
            people.Add(responsible.ResponsibleId);
        }

        people.Remove(default);
        return people;
    }

    /// <summary>Who learns in a group, and who teaches it.</summary>
    private HashSet<EntityId> Members()
    {
        var people = Persons(data.Memberships.Rows, row => row.Person);
        people.UnionWith(Persons(data.GroupTeachers.Rows, row => row.Duty < 0 ? -1 : data.Duties[row.Duty].Person));
        return people;
    }

    private HashSet<EntityId> Persons<T>(ReadOnlySpan<T> rows, Func<T, int> person)
    {
        var people = new HashSet<EntityId>();
        foreach (ref readonly var row in rows)
        {
            if (person(row) is >= 0 and var at)
            {
                people.Add(data.Persons.Id(at));
            }
        }

        return people;
    }
}
