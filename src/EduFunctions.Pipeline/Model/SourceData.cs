namespace EduFunctions.Pipeline.Model;

/// <summary>
/// What a source says, in rows. The same shape serves a fragment (some pages, read on one thread) and the whole pull, to which
/// the fragments are appended in page order.
/// </summary>
public sealed record SourceData(Vocabularies Vocabularies)
{
    public TextHeap Texts { get; init; } = new();

    public EntityTable<UnitRow> Units { get; } = new();

    public EntityTable<PersonRow> Persons { get; init; } = new();

    public EntityTable<PlacementRow> Placements { get; } = new();

    /// <summary>Enrolments and, once all is read, the placements of persons in the pull.</summary>
    public Table<PlacementRow> SchoolPlacements { get; } = new();

    public Table<ResponsibleRow> Responsibles { get; init; } = new();

    public Table<IdentifierRow> Identifiers { get; init; } = new();

    public EntityTable<DutyRow> Duties { get; } = new();

    public Table<GroupDutyRow> Mentors { get; } = new();

    /// <summary>Who teaches a group without any activity that says so.</summary>
    public Table<GroupDutyRow> GroupTeachers { get; } = new();

    public EntityTable<GroupRow> Groups { get; } = new();

    /// <summary>Group by group.</summary>
    public Table<MembershipRow> Memberships { get; } = new();

    public EntityTable<ActivityRow> Activities { get; } = new();

    public Table<ActivityGroupRow> ActivityGroups { get; } = new();

    public Table<TeacherRow> Teachers { get; } = new();

    public EntityTable<SyllabusRow> Syllabuses { get; } = new();

    /// <summary>Protective or unknown markings that stand on references to persons, and unknown ones of persons' own.</summary>
    public Table<MarkingRow> Markings { get; } = new();

    /// <summary>What markings are that are not in the standard's words, and that somebody bears.</summary>
    public Dictionary<ulong, StrangeMarking> StrangeMarkings { get; } = [];

    /// <summary>How many were handed out because something refers to them.</summary>
    public int LookedUp { get; set; }

    /// <summary>Whether a name that says that somebody is protected does protect: not where too many have one.</summary>
    public bool AreMaskedNamesBelieved { get; set; } = true;

    /// <summary>Why nothing is decided on the pull, although what it says of protection counts; null when nothing speaks against it.</summary>
    public string? Refusal { get; set; }

    /// <summary>Who answers for whom, as pulls say that are read for what they know of protected persons.</summary>
    public List<Companion> Companions { get; } = [];

    /// <summary>Of who has more than one login or civic number.</summary>
    public Table<FurtherIdentity> FurtherIdentities { get; } = new();

    /// <summary>Hashes of logins and civic numbers of marked records that have no id.</summary>
    public Table<ulong> MarkedIdentities { get; } = new();

    /// <summary>Ids in place of those that marked records do not have.</summary>
    public HashSet<EntityId> StandIns { get; } = [];

    /// <summary>Whoever is protected: by a marking anywhere in the pull, known or not, listed as a person or not, and by what is remembered.</summary>
    public HashSet<EntityId> ProtectedIds { get; } = [];

    /// <summary>Who is not protected but leaves targets by keys alone: those who answer for protected students.</summary>
    public HashSet<EntityId> KeysOnlyIds { get; } = [];

    /// <summary>What the pull says of persons with a protective marking; of everybody else it is not kept.</summary>
    public List<PersonalValue> PersonalValues { get; } = [];

    public FindingLog Findings { get; } = new();

    /// <summary>Of what targets keep what they have.</summary>
    public Table<DoubtRow> Doubts { get; init; } = new();

    /// <summary>Values that were not understood.</summary>
    public List<MisreadValue> Misread { get; } = [];

    /// <summary>Appends a fragment; rows that name a parent in the fragment then name it in the whole. New entities are found after <see cref="Index"/>.</summary>
    public void Append(SourceData fragment)
    {
        Append(SchoolPlacements, fragment.SchoolPlacements, Persons.Count);
        Append(Responsibles, fragment.Responsibles, Persons.Count);
        Append(Identifiers, fragment.Identifiers, Persons.Count);
        Append(Mentors, fragment.Mentors, Duties.Count);
        Append(GroupTeachers, fragment.GroupTeachers, Duties.Count);
        Append(Memberships, fragment.Memberships, Groups.Count);
        Append(ActivityGroups, fragment.ActivityGroups, Activities.Count);
        Append(Teachers, fragment.Teachers, Activities.Count);

        Units.Add(fragment.Units);
        Persons.Add(fragment.Persons);
        Placements.Add(fragment.Placements);
        Duties.Add(fragment.Duties);
        Groups.Add(fragment.Groups);
        Activities.Add(fragment.Activities);
        Syllabuses.Add(fragment.Syllabuses);

        Markings.Add(fragment.Markings.Rows);
        foreach (var marking in fragment.StrangeMarkings.Values)
        {
            Note(marking);
        }

        FurtherIdentities.Add(fragment.FurtherIdentities.Rows);
        MarkedIdentities.Add(fragment.MarkedIdentities.Rows);
        StandIns.UnionWith(fragment.StandIns);
        PersonalValues.AddRange(fragment.PersonalValues);
        Findings.Add(fragment.Findings);
        Doubts.Add(fragment.Doubts.Rows);
        Misread.AddRange(fragment.Misread);
        Texts.Add(fragment.Texts);
    }

    /// <summary>Makes all entities findable by id; of several with one id the last one counts, the others are a finding.</summary>
    public void Index()
    {
        Index(Units, EntityKind.Unit);
        Index(Persons, EntityKind.Person);
        Index(Placements, EntityKind.Placement);
        Index(Duties, EntityKind.Duty);
        Index(Groups, EntityKind.Group);
        Index(Activities, EntityKind.Activity);
        Index(Syllabuses, EntityKind.Syllabus);
    }

    /// <summary>Notes a value that is not understood, as a finding too.</summary>
    public void Note(MisreadValue value)
    {
        Misread.Add(value);
        Findings.Add(FindingCodes.ValueNotUnderstood, value.Kind, value.Entity, property: value.Property);
    }

    /// <summary>Notes that somebody bears a marking that is not in the standard's words.</summary>
    internal void Note(StrangeMarking marking, EntityId person)
    {
        if (!person.IsNone)
        {
            Note(marking);
            Markings.Add(new MarkingRow(person, marking.Marking, marking.Value));
        }
    }

    internal void Note(StrangeMarking marking) => StrangeMarkings.TryAdd(marking.Value, marking);

    /// <summary>Lets go of what rosters alone are made from: who belongs to groups and activities, and all texts but those of the units.</summary>
    public void ForgetWhatRostersHave()
    {
        var names = new TextChunk();
        foreach (ref var unit in Units.Rows)
        {
            (unit.Name, unit.SchoolUnitCode) = (names.Add(Texts[unit.Name]), names.Add(Texts[unit.SchoolUnitCode]));
        }

        Texts.Clear();
        Texts.Add(names);
        Memberships.Replace([]);
        ActivityGroups.Replace([]);
        Teachers.Replace([]);
        Mentors.Replace([]);
        GroupTeachers.Replace([]);
    }

    /// <summary>Empties a fragment that was appended, so that its arrays serve the next one.</summary>
    public void Clear()
    {
        Units.Clear();
        Persons.Clear();
        Placements.Clear();
        SchoolPlacements.Clear();
        Responsibles.Clear();
        Identifiers.Clear();
        Duties.Clear();
        Mentors.Clear();
        GroupTeachers.Clear();
        Groups.Clear();
        Memberships.Clear();
        Activities.Clear();
        ActivityGroups.Clear();
        Teachers.Clear();
        Syllabuses.Clear();
        Markings.Clear();
        StrangeMarkings.Clear();
        FurtherIdentities.Clear();
        MarkedIdentities.Clear();
        StandIns.Clear();
        PersonalValues.Clear();
        Findings.Clear();
        Doubts.Clear();
        Misread.Clear();
        Texts.Clear();
    }

    private void Index<T>(EntityTable<T> table, EntityKind kind)
        where T : unmanaged =>
        table.Index(id => Findings.Add(FindingCodes.IdDuplicate, kind, id));

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
