using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Builds the sections of a roster with their members, teachers and mentors.</summary>
/// <param name="units">By row of the source's units: the row in the roster.</param>
/// <param name="persons">By row of the source's persons: the row in the roster.</param>
/// <param name="copy">Copies a text into the roster.</param>
internal sealed class SectionBuilder(Decisions decisions, Roster roster, int[] units, int[] persons, Func<Text, Text> copy)
{
    private readonly SourceData _data = decisions.Data;
    private readonly SectionKeys _keys = new(decisions);

    /// <summary>By key: the section's row in the roster.</summary>
    private int[] _sections = [];

    /// <summary>By section: its group's row in the source.</summary>
    private int[] _groups = [];

    public void Build()
    {
        AddSections(AddSyllabuses());
        AddMembers();
        AddMentors();
        AddTeachers();
        AddGroupTeachers();
        Settle(roster.Mentors);
        Settle(roster.Teachers);
    }

    private int[] AddSyllabuses()
    {
        var positions = new int[_data.Syllabuses.Count];
        foreach (var row in _data.Syllabuses.ById())
        {
            ref readonly var syllabus = ref _data.Syllabuses[row];
            positions[row] = roster.Syllabuses.Count;
            roster.Syllabuses.Add(new RosterSyllabus
            {
                Id = _data.Syllabuses.Id(row),
                SubjectCode = copy(syllabus.SubjectCode),
                SubjectName = copy(syllabus.SubjectName),
                CourseCode = copy(syllabus.CourseCode),
                CourseName = copy(syllabus.CourseName),
            });
        }

        return positions;
    }

    private void AddSections(int[] syllabuses)
    {
        var ids = SectionIds();
        (_sections, _groups) = (new int[_keys.Count], new int[_keys.Count]);
        roster.Sections.Reserve(_keys.Count);
        foreach (var key in IdSort.Order(ids))
        {
            ref readonly var group = ref _data.Groups[_keys.Group(key)];
            (_sections[key], _groups[roster.Sections.Count]) = (roster.Sections.Count, _keys.Group(key));
            roster.Sections.Add(new RosterSection
            {
                Id = ids[key],
                Group = _data.Groups.Id(_keys.Group(key)),
                Name = copy(group.Name),
                Unit = units[group.Unit],
                Syllabus = _keys.Syllabus(key) is >= 0 and var syllabus ? syllabuses[syllabus] : SectionKeys.NoSyllabus,
                GroupType = group.Type,
            });
        }
    }

    /// <summary>By key: the group's id, or for a group with a syllabus the one derived from both.</summary>
    private EntityId[] SectionIds()
    {
        var ids = new EntityId[_keys.Count];
        using var derived = new DerivedIds("section|"u8, ids);
        for (var key = 0; key < ids.Length; key++)
        {
            ids[key] = _data.Groups.Id(_keys.Group(key));
            if (_keys.Syllabus(key) is >= 0 and var syllabus)
            {
                derived.Add(key, ids[key], _data.Syllabuses.Id(syllabus));
            }
        }

        return ids;
    }

    /// <summary>Section by section, so that the many rows are written once and where they stay.</summary>
    private void AddMembers()
    {
        var memberships = MembershipStarts();
        var preschool = new Grouping(_data.Groups.Count, _data.SchoolPlacements.Count, PreschoolGroup);
        roster.Members.Reserve(_data.Memberships.Count);
        for (var section = 0; section < _groups.Length; section++)
        {
            var (group, first) = (_groups[section], roster.Members.Count);
            var role = RoleIn(group);
            foreach (ref readonly var row in _data.Memberships.Rows[memberships[group]..memberships[group + 1]])
            {
                if (decisions.Window.IsOpen(row.Start, row.End) && decisions.Is(row.Person, role))
                {
                    roster.Members.Add(new SectionPerson(section, persons[row.Person]));
                }
            }

            foreach (var row in preschool[group])
            {
                roster.Members.Add(new SectionPerson(section, persons[_data.SchoolPlacements[row].Person]));
            }

            roster.Members.SortWithinOwners(first);
            roster.Members.RemoveRepeats(first);
        }
    }

    /// <summary>By group: where its memberships begin; one more says where the last ones end.</summary>
    private int[] MembershipStarts()
    {
        var rows = _data.Memberships.Rows;
        var starts = new int[_data.Groups.Count + 1];
        var row = 0;
        for (var group = 0; group < _data.Groups.Count; group++)
        {
            for (starts[group] = row; row < rows.Length && rows[row].Group == group; row++)
            {
            }
        }

        starts[^1] = row;
        return row == rows.Length ? starts : throw new InvalidOperationException("The memberships are not in the order of their groups.");
    }

    /// <summary>The group that a placement names, else -1: preschools often say it there only.</summary>
    private int PreschoolGroup(int placement)
    {
        ref readonly var row = ref _data.SchoolPlacements[placement];
        var isMember = row.Group >= 0
            && RoleIn(row.Group) == Roles.Student
            && decisions.Is(row.Person, Roles.Student)
            && decisions.Window.IsStrictlyOpen(row.Start, row.End);
        return isMember ? row.Group : -1;
    }

    private void AddMentors()
    {
        foreach (ref readonly var row in _data.Mentors.Rows)
        {
            if (row.Group >= 0
                && _data.Groups[row.Group].Type is GroupTypes.Class or GroupTypes.Mentor
                && Teacher(row.Duty) is >= 0 and var person
                && decisions.Window.IsOpen(row.Start, row.End))
            {
                AddAll(roster.Mentors, row.Group, person);
                AddAll(roster.Teachers, row.Group, person);
            }
        }
    }

    private void AddTeachers()
    {
        var teachers = new Grouping(_data.Activities.Count, _data.Teachers.Count, PassingActivity);
        foreach (ref readonly var row in _data.ActivityGroups.Rows)
        {
            if (row.Group < 0 || !decisions.IsCurrentActivity(row.Activity))
            {
                continue;
            }

            var syllabus = decisions.IsBySyllabus(row.Group) ? _data.Activities[row.Activity].Syllabus : SectionKeys.NoSyllabus;
            if (_keys.Find(row.Group, syllabus) is >= 0 and var key)
            {
                foreach (var teacher in teachers[row.Activity])
                {
                    roster.Teachers.Add(new SectionPerson(_sections[key], persons[Teacher(_data.Teachers[teacher].Duty)]));
                }
            }
        }
    }

    private void AddGroupTeachers()
    {
        foreach (ref readonly var row in _data.GroupTeachers.Rows)
        {
            if (Teacher(row.Duty) is >= 0 and var person && decisions.Window.IsOpen(row.Start, row.End))
            {
                AddAll(roster.Teachers, row.Group, person);
            }
        }
    }

    /// <summary>The activity of an entry whose teacher counts, else -1.</summary>
    private int PassingActivity(int entry)
    {
        ref readonly var row = ref _data.Teachers[entry];
        return decisions.Window.IsOpen(row.Start, row.End) && Teacher(row.Duty) >= 0 ? row.Activity : -1;
    }

    /// <summary>The eligible staff person behind a duty that passes, else -1.</summary>
    private int Teacher(int duty) =>
        decisions.IsDuty(duty) && decisions.Is(_data.Duties[duty].Person, Roles.Staff) ? _data.Duties[duty].Person : -1;

    private Roles RoleIn(int group) => _data.Groups[group].Type == GroupTypes.StaffGroup ? Roles.Staff : Roles.Student;

    /// <summary>A person of a group belongs to all its sections; an excluded group has none.</summary>
    private void AddAll(Table<SectionPerson> table, int group, int person)
    {
        var (first, end) = _keys.Of(group);
        for (var key = first; key < end; key++)
        {
            table.Add(new SectionPerson(_sections[key], persons[person]));
        }
    }

    private void Settle(Table<SectionPerson> table)
    {
        table.SortByOwner(roster.Sections.Count);
        table.RemoveRepeats();
    }
}
