using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>What can only be said when all is read: references within a collection, markings from anywhere, counts.</summary>
internal static class SourceLinker
{
    public static void Link(SourceData data)
    {
        ApplyMarkings(data);
        DropSuperseded(data);
        LinkParents(data);
        LinkResponsibles(data);
        AddPlacements(data);
        ReportDangling(data);
        if (data.Persons.Count > 0 && !AnyHasAddress(data))
        {
            data.Findings.Add(FindingCodes.AddressesAbsent, default);
        }
    }

    /// <summary>The strictest marking wins, in whatever copy of the person or on whatever reference it stands.</summary>
    private static void ApplyMarkings(SourceData data)
    {
        for (var row = 0; row < data.Persons.Count; row++)
        {
            Mark(data, data.Persons.Id(row), data.Persons[row].OwnMarking);
        }

        foreach (var marking in data.Markings.Rows)
        {
            Mark(data, marking.Person, marking.Marking);
        }
    }

    private static void Mark(SourceData data, EntityId id, Marking marking)
    {
        if (marking == Marking.Protected)
        {
            data.ProtectedIds.Add(id);
        }

        if (!id.IsNone && data.Persons.Find(id) is >= 0 and var row && data.Persons[row].StrictestMarking < marking)
        {
            data.Persons[row].StrictestMarking = marking;
        }
    }

    private static void DropSuperseded(SourceData data)
    {
        Keep(data.SchoolPlacements, data.Persons);
        Keep(data.Responsibles, data.Persons);
        Keep(data.Identifiers, data.Persons);
        Keep(data.Mentors, data.Duties);
        Keep(data.Memberships, data.Groups);
        Keep(data.ActivityGroups, data.Activities);
        Keep(data.Teachers, data.Activities);
    }

    private static void Keep<TChild, TParent>(Table<TChild> children, EntityTable<TParent> parents)
        where TChild : unmanaged, IChildRow
        where TParent : unmanaged
    {
        if (parents.Distinct < parents.Count)
        {
            children.RemoveAll(child => !parents.IsCurrent(child.Parent));
        }
    }

    private static void LinkParents(SourceData data)
    {
        foreach (ref var unit in data.Units.Rows)
        {
            unit.Parent = Find(data, data.Units, unit.ParentId, EntityKind.Unit);
        }
    }

    private static void LinkResponsibles(SourceData data)
    {
        foreach (ref var responsible in data.Responsibles.Rows)
        {
            responsible.Responsible = Find(data, data.Persons, responsible.ResponsibleId, EntityKind.Person);
        }
    }

    private static int Find<T>(SourceData data, EntityTable<T> table, EntityId id, EntityKind kind)
        where T : unmanaged
    {
        var row = id.IsNone ? -1 : table.Find(id);
        if (row < 0 && !id.IsNone)
        {
            data.Dangling.Add(new DanglingRow(kind, id));
        }

        return row;
    }

    /// <summary>Placements of preschool and leisure-time care are school placements like enrolments.</summary>
    private static void AddPlacements(SourceData data)
    {
        for (var row = 0; row < data.Placements.Count; row++)
        {
            if (data.Placements.IsCurrent(row) && data.Placements[row].Person >= 0)
            {
                data.SchoolPlacements.Add(data.Placements[row]);
            }
        }
    }

    private static void ReportDangling(SourceData data)
    {
        foreach (var reference in data.Dangling.Rows)
        {
            data.Findings.Add(FindingCodes.ReferenceDangling, reference.Id);
        }
    }

    private static bool AnyHasAddress(SourceData data)
    {
        foreach (ref readonly var person in data.Persons.Rows)
        {
            if ((person.Facts & PersonFacts.HasAddress) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
