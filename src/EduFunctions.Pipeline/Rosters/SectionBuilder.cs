using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Builds the sections of a roster with the persons in and before them.</summary>
internal sealed class SectionBuilder(Decisions decisions, Roster roster, int[] units, int[] persons, Func<Text, Text> copy)
{
    private readonly SourceData _data = decisions.Data;

    /// <summary>By group and syllabus (-1 for none), both as rows of the source: the section's row in the roster.</summary>
    private readonly Dictionary<(int Group, int Syllabus), int> _sections = [];

    /// <summary>By group: all its sections.</summary>
    private readonly Dictionary<int, List<int>> _ofGroup = [];

    public void Build()
    {
        AddSections(AddSyllabuses());
        AddMembers();
        AddPreschoolMembers();
        AddMentors();
        AddTeachers();
        Settle(roster.Members);
        Settle(roster.Mentors);
        Settle(roster.Teachers);
    }

    private int[] AddSyllabuses()
    {
        var positions = new int[_data.Syllabuses.Count];
        foreach (var row in RowOrder.ById(_data.Syllabuses.Ids, positions, _data.Syllabuses.IsCurrent))
        {
            ref readonly var syllabus = ref _data.Syllabuses[row];
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
        var sections = SectionKeys()
            .Select(key => (Key: key, Id: SectionId(key.Group, key.Syllabus)))
            .OrderBy(section => section.Id);
        foreach (var (key, id) in sections)
        {
            ref readonly var group = ref _data.Groups[key.Group];
            _sections.Add(key, roster.Sections.Count);
            if (!_ofGroup.TryGetValue(key.Group, out var ofGroup))
            {
                _ofGroup[key.Group] = ofGroup = [];
            }

            ofGroup.Add(roster.Sections.Count);
            roster.Sections.Add(new RosterSection
            {
                Id = id,
                Group = _data.Groups.Id(key.Group),
                Name = copy(group.Name),
                Unit = units[group.Unit],
                Syllabus = key.Syllabus < 0 ? -1 : syllabuses[key.Syllabus],
                GroupType = group.Type,
            });
        }
    }

    /// <summary>Every eligible group; a teaching group once for each syllabus its current activities give it.</summary>
    private HashSet<(int Group, int Syllabus)> SectionKeys()
    {
        var keys = new HashSet<(int Group, int Syllabus)>();
        for (var group = 0; group < _data.Groups.Count; group++)
        {
            if (decisions.IsGroup(group) && _data.Groups[group].Type != GroupTypes.Teaching)
            {
                keys.Add((group, -1));
            }
        }

        foreach (ref readonly var row in _data.ActivityGroups.Rows)
        {
            var syllabus = _data.Activities[row.Activity].Syllabus;
            if (syllabus >= 0 && decisions.IsCurrentActivity(row.Activity) && decisions.IsGroup(row.Group)
                && _data.Groups[row.Group].Type == GroupTypes.Teaching)
            {
                keys.Add((row.Group, syllabus));
            }
        }

        return keys;
    }

    private EntityId SectionId(int group, int syllabus)
    {
        if (syllabus < 0)
        {
            return _data.Groups.Id(group);
        }

        return DerivedId.Of("section|"u8, _data.Groups.Id(group), _data.Syllabuses.Id(syllabus));
    }

    private void AddMembers()
    {
        foreach (ref readonly var row in _data.Memberships.Rows)
        {
            if (_ofGroup.TryGetValue(row.Group, out var sections)
                && decisions.Is(row.Person, RoleIn(row.Group))
                && decisions.Window.IsOpen(row.Start, row.End))
            {
                AddAll(roster.Members, sections, row.Person);
            }
        }
    }

    /// <summary>Preschools often name the group on the placement only.</summary>
    private void AddPreschoolMembers()
    {
        foreach (ref readonly var row in _data.SchoolPlacements.Rows)
        {
            if (row.Group >= 0
                && _ofGroup.TryGetValue(row.Group, out var sections)
                && RoleIn(row.Group) == Roles.Student
                && decisions.Is(row.Person, Roles.Student)
                && decisions.Window.IsStrictlyOpen(row.Start, row.End))
            {
                AddAll(roster.Members, sections, row.Person);
            }
        }
    }

    private void AddMentors()
    {
        foreach (ref readonly var row in _data.Mentors.Rows)
        {
            if (row.Group >= 0
                && _data.Groups[row.Group].Type is GroupTypes.Class or GroupTypes.Mentor
                && _ofGroup.TryGetValue(row.Group, out var sections)
                && Teacher(row.Duty) is >= 0 and var person
                && decisions.Window.IsOpen(row.Start, row.End))
            {
                AddAll(roster.Mentors, sections, person);
                AddAll(roster.Teachers, sections, person);
            }
        }
    }

    private void AddTeachers()
    {
        var teachers = ActivityTeachers();
        foreach (ref readonly var row in _data.ActivityGroups.Rows)
        {
            if (row.Group < 0 || !decisions.IsCurrentActivity(row.Activity))
            {
                continue;
            }

            var syllabus = _data.Groups[row.Group].Type == GroupTypes.Teaching ? _data.Activities[row.Activity].Syllabus : -1;
            if (_sections.TryGetValue((row.Group, syllabus), out var section))
            {
                foreach (var person in teachers[row.Activity])
                {
                    roster.Teachers.Add(new SectionPerson(section, persons[person]));
                }
            }
        }
    }

    private ILookup<int, int> ActivityTeachers() =>
        _data.Teachers.Rows.ToArray()
            .Where(row => decisions.Window.IsOpen(row.Start, row.End))
            .Select(row => (row.Activity, Person: Teacher(row.Duty)))
            .Where(teacher => teacher.Person >= 0)
            .ToLookup(teacher => teacher.Activity, teacher => teacher.Person);

    /// <summary>The eligible staff person behind a duty that passes, else -1.</summary>
    private int Teacher(int duty) =>
        decisions.IsDuty(duty) && decisions.Is(_data.Duties[duty].Person, Roles.Staff) ? _data.Duties[duty].Person : -1;

    private Roles RoleIn(int group) => _data.Groups[group].Type == GroupTypes.StaffGroup ? Roles.Staff : Roles.Student;

    private void AddAll(Table<SectionPerson> table, List<int> sections, int person)
    {
        foreach (var section in sections)
        {
            table.Add(new SectionPerson(section, persons[person]));
        }
    }

    /// <summary>Sorts and leaves each pair once.</summary>
    private static void Settle(Table<SectionPerson> table)
    {
        table.Rows.Sort();
        SectionPerson? before = null;
        table.RemoveAll(pair =>
        {
            var isRepeated = pair == before;
            before = pair;
            return isRepeated;
        });
    }
}
