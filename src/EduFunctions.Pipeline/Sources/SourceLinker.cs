using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>What can only be said when all is read: references within a collection, markings from anywhere, counts.</summary>
internal static class SourceLinker
{
    private const int BatchSize = 256;
    private const int MostUnitLevels = 32;

    /// <param name="parent">What the source calls the reference from a unit to the one above it; null where it has none.</param>
    /// <param name="responsible">The same of a person and who answers for him or her.</param>
    public static void Link(SourceData data, string? parent = null, string? responsible = null)
    {
        // Rosters are in this order; finding it takes as long as all the rest.
        Parallel.Invoke(() => data.Persons.ById(), () => LinkAll(data, parent, responsible));
    }

    private static void LinkAll(SourceData data, string? parent, string? responsible)
    {
        ApplyMarkings(data);
        DropSuperseded(data);
        LinkParents(data, parent);
        SpreadDoubts(data);
        LinkResponsibles(data, responsible);
        AddPlacements(data);
        ReportAttributes(data);
    }

    /// <summary>The strictest marking wins, in whatever copy of the person or on whatever reference it stands.</summary>
    private static void ApplyMarkings(SourceData data)
    {
        for (var row = 0; row < data.Persons.Count; row++)
        {
            var id = data.Persons.Id(row);
            Mark(data, id, data.Persons.IsCurrent(row) ? row : data.Persons.Find(id), data.Persons[row].OwnMarking);
        }

        foreach (var marking in data.Markings.Rows)
        {
            var row = data.Persons.Find(marking.Person);
            if (row >= 0 || !IsOfAnother(data, marking.Person))
            {
                Mark(data, marking.Person, row, marking.Marking);
            }
        }
    }

    /// <summary>Whether the id is that of something that can be in feeds and is no person.</summary>
    internal static bool IsOfAnother(SourceData data, EntityId id) =>
        data.Units.Find(id) >= 0 || data.Groups.Find(id) >= 0 || data.Activities.Find(id) >= 0 || data.Syllabuses.Find(id) >= 0;

    /// <summary>A marking that nobody knows protects like a known one.</summary>
    private static void Mark(SourceData data, EntityId id, int row, Marking marking)
    {
        if (marking >= Marking.Unknown && !id.IsNone)
        {
            data.ProtectedIds.Add(id);
        }

        if (row >= 0 && data.Persons[row].StrictestMarking < marking)
        {
            data.Persons[row].StrictestMarking = marking;
        }
    }

    private static void DropSuperseded(SourceData data)
    {
        Parallel.Invoke(
            () => Keep(data.SchoolPlacements, data.Persons),
            () => Keep(data.Responsibles, data.Persons),
            () => Keep(data.Identifiers, data.Persons),
            () => Keep(data.Mentors, data.Duties),
            () => Keep(data.GroupTeachers, data.Duties),
            () => Keep(data.Memberships, data.Groups),
            () => Keep(data.ActivityGroups, data.Activities),
            () => Keep(data.Teachers, data.Activities));
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

    private static void LinkParents(SourceData data, string? property)
    {
        for (var row = 0; row < data.Units.Count; row++)
        {
            ref var unit = ref data.Units[row];
            unit.Parent = unit.ParentId.IsNone ? -1 : data.Units.Find(unit.ParentId);
            NoteDangling(data, unit.Parent, unit.ParentId, EntityKind.Unit, data.Units.Id(row), property);
        }
    }

    /// <summary>What a unit has of its parents, such as a municipality, is as doubtful as they are.</summary>
    private static void SpreadDoubts(SourceData data)
    {
        var doubtful = new HashSet<EntityId>();
        foreach (var doubt in data.Doubts.Rows)
        {
            if (doubt.Kind == EntityKind.Unit && !doubt.Entity.IsNone)
            {
                doubtful.Add(doubt.Entity);
            }
        }

        for (var row = 0; doubtful.Count > 0 && row < data.Units.Count; row++)
        {
            var above = data.Units[row].Parent;
            for (var steps = 0; above >= 0 && steps < MostUnitLevels; steps++)
            {
                if (doubtful.Contains(data.Units.Id(above)))
                {
                    data.Doubts.Add(new DoubtRow(EntityKind.Unit, data.Units.Id(row)));
                    break;
                }

                above = data.Units[above].Parent;
            }
        }
    }

    private static void LinkResponsibles(SourceData data, string? property) => RowRanges.ForEach(data.Responsibles.Count, (start, end) =>
    {
        Span<EntityId> ids = stackalloc EntityId[BatchSize];
        Span<int> found = stackalloc int[BatchSize];
        for (var first = start; first < end; first += BatchSize)
        {
            var rows = data.Responsibles.Rows[first..Math.Min(end, first + BatchSize)];
            for (var at = 0; at < rows.Length; at++)
            {
                ids[at] = rows[at].ResponsibleId;
            }

            data.Persons.Find(ids[..rows.Length], found);
            for (var at = 0; at < rows.Length; at++)
            {
                rows[at].Responsible = found[at];
                NoteDangling(data, found[at], ids[at], EntityKind.Person, data.Persons.Id(rows[at].Student), property);
            }
        }
    });

    private static void NoteDangling(SourceData data, int row, EntityId id, EntityKind from, EntityId entity, string? property)
    {
        if (row < 0 && !id.IsNone)
        {
            lock (data.Findings)
            {
                data.Findings.Add(FindingCodes.ReferenceDangling, from, entity, id, property);
            }
        }
    }

    /// <summary>Placements of preschool and leisure-time care are school placements like enrolments.</summary>
    private static void AddPlacements(SourceData data)
    {
        data.SchoolPlacements.Reserve(data.SchoolPlacements.Count + data.Placements.Count);
        for (var row = 0; row < data.Placements.Count; row++)
        {
            if (data.Placements.IsCurrent(row) && data.Placements[row].Person >= 0)
            {
                data.SchoolPlacements.Add(data.Placements[row]);
            }
        }
    }

    /// <summary>Who has what: too little to judge by, or more than anybody needs.</summary>
    private static void ReportAttributes(SourceData data)
    {
        var all = PersonFacts.None;
        var (civicNumbers, photos, sexes) = (0, 0, 0);
        foreach (ref readonly var person in data.Persons.Rows)
        {
            all |= person.Facts;
            civicNumbers += (person.Facts & PersonFacts.HasCivicNumber) != 0 ? 1 : 0;
            photos += (person.Facts & PersonFacts.HasPhoto) != 0 ? 1 : 0;
            sexes += (person.Facts & PersonFacts.HasSex) != 0 ? 1 : 0;
        }

        data.Findings.Count(FindingCodes.UnneededCivicNumber, civicNumbers);
        data.Findings.Count(FindingCodes.UnneededPhoto, photos);
        data.Findings.Count(FindingCodes.UnneededSex, sexes);
        data.Findings.Count(FindingCodes.AddressesAbsent, (all & PersonFacts.HasAddress) == 0 ? data.Persons.Distinct : 0);
    }
}
