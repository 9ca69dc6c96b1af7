namespace EduFunctions.Pipeline.Model;

/// <summary>
/// What a source says, in rows. The same shape serves a fragment (some pages, read on one thread) and the whole pull, to which
/// the fragments are appended in page order.
/// </summary>
public sealed class SourceData(Vocabularies vocabularies)
{
    public Vocabularies Vocabularies { get; } = vocabularies;

    public TextHeap Texts { get; } = new();

    public EntityTable<UnitRow> Units { get; } = new();

    public EntityTable<PersonRow> Persons { get; } = new();

    public EntityTable<PlacementRow> Placements { get; } = new();

    /// <summary>Enrolments and, once all is read, the placements of persons in the pull.</summary>
    public Table<PlacementRow> SchoolPlacements { get; } = new();

    public Table<ResponsibleRow> Responsibles { get; } = new();

    public Table<IdentifierRow> Identifiers { get; } = new();

    public EntityTable<DutyRow> Duties { get; } = new();

    public Table<MentorRow> Mentors { get; } = new();

    public EntityTable<GroupRow> Groups { get; } = new();

    public Table<MembershipRow> Memberships { get; } = new();

    public EntityTable<ActivityRow> Activities { get; } = new();

    public Table<ActivityGroupRow> ActivityGroups { get; } = new();

    public Table<TeacherRow> Teachers { get; } = new();

    public EntityTable<SyllabusRow> Syllabuses { get; } = new();

    /// <summary>Protective or unknown markings that stand on references to persons.</summary>
    public Table<MarkingRow> Markings { get; } = new();

    /// <summary>Ids with a protective marking anywhere in the pull, whether listed as a person or not.</summary>
    public HashSet<EntityId> ProtectedIds { get; } = [];

    /// <summary>What the pull says of persons with a protective marking; of everybody else it is not kept.</summary>
    public List<PersonalValue> PersonalValues { get; } = [];

    public FindingLog Findings { get; } = new();

    /// <summary>Appends a fragment; rows that name a parent in the fragment then name it in the whole.</summary>
    public void Append(SourceData fragment)
    {
        Append(SchoolPlacements, fragment.SchoolPlacements, Persons.Count);
        Append(Responsibles, fragment.Responsibles, Persons.Count);
        Append(Identifiers, fragment.Identifiers, Persons.Count);
        Append(Mentors, fragment.Mentors, Duties.Count);
        Append(Memberships, fragment.Memberships, Groups.Count);
        Append(ActivityGroups, fragment.ActivityGroups, Activities.Count);
        Append(Teachers, fragment.Teachers, Activities.Count);

        Append(Units, fragment.Units, EntityKind.Unit);
        Append(Persons, fragment.Persons, EntityKind.Person);
        Append(Placements, fragment.Placements, EntityKind.Placement);
        Append(Duties, fragment.Duties, EntityKind.Duty);
        Append(Groups, fragment.Groups, EntityKind.Group);
        Append(Activities, fragment.Activities, EntityKind.Activity);
        Append(Syllabuses, fragment.Syllabuses, EntityKind.Syllabus);

        Markings.Add(fragment.Markings.Rows);
        PersonalValues.AddRange(fragment.PersonalValues);
        Findings.Add(fragment.Findings);
        Texts.Add(fragment.Texts);
    }

    private void Append<T>(EntityTable<T> whole, EntityTable<T> fragment, EntityKind kind)
        where T : unmanaged
    {
        for (var row = 0; row < fragment.Count; row++)
        {
            if (whole.Add(fragment.Id(row), fragment[row]))
            {
                Findings.Add(FindingCodes.IdDuplicate, kind, fragment.Id(row));
            }
        }
    }

    private static void Append<T>(Table<T> whole, Table<T> fragment, int firstParent)
        where T : unmanaged, IChildRow
    {
        foreach (ref var row in fragment.Rows)
        {
            row.Parent += firstParent;
        }

        whole.Add(fragment.Rows);
    }
}
