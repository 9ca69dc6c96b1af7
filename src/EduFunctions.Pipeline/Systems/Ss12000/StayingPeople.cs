using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Who still stands somewhere by what the pull says: with a placement or a duty that has not ended, or as answering for somebody with a placement. Whoever does
/// not has left, and what their row lacks was not lost. To be asked before rows are linked, so that all copies of a row count.
/// </summary>
/// <param name="over">The last day of what no rule asks for any more.</param>
internal sealed class StayingPeople(SourceData data, Day over)
{
    public HashSet<EntityId> Among(IReadOnlySet<EntityId> people)
    {
        if (people.Count == 0)
        {
            return [];
        }

        var links = LinksOf(people);
        var asked = people.Concat(links.Select(link => link.Student)).ToHashSet();
        var staying = new HashSet<EntityId>();
        AddPlaced(data.SchoolPlacements.Rows, asked, staying);
        AddPlaced(data.Placements.Rows, asked, staying);
        staying.UnionWith([.. links.Where(link => staying.Contains(link.Student)).Select(link => link.Guardian)]);
        AddStaff(asked, staying);
        staying.RemoveWhere(IsGone);
        return staying;
    }

    /// <summary>Whether something with this end says nothing of tonight.</summary>
    public bool HasEnded(Day end) => end.IsDay && end.CompareTo(over) <= 0;

    private List<(EntityId Guardian, EntityId Student)> LinksOf(IReadOnlySet<EntityId> guardians)
    {
        var links = new List<(EntityId, EntityId)>();
        foreach (ref readonly var link in data.Responsibles.Rows)
        {
            if (guardians.Contains(link.ResponsibleId))
            {
                links.Add((link.ResponsibleId, data.Persons.Id(link.Student)));
            }
        }

        return links;
    }

    private void AddPlaced(ReadOnlySpan<PlacementRow> placements, HashSet<EntityId> asked, HashSet<EntityId> staying)
    {
        foreach (ref readonly var placement in placements)
        {
            if (placement.Person >= 0 && !placement.Cancelled && !HasEnded(placement.End) && data.Persons.Id(placement.Person) is var id && asked.Contains(id))
            {
                staying.Add(id);
            }
        }
    }

    private void AddStaff(HashSet<EntityId> asked, HashSet<EntityId> staying)
    {
        foreach (ref readonly var duty in data.Duties.Rows)
        {
            if (duty.Person >= 0 && !HasEnded(duty.End) && data.Persons.Id(duty.Person) is var id && asked.Contains(id))
            {
                staying.Add(id);
            }
        }
    }

    private bool IsGone(EntityId person) => data.Persons.Find(person) is >= 0 and var row && (data.Persons[row].Facts & (PersonFacts.Deceased | PersonFacts.Emigrated)) != 0;
}
