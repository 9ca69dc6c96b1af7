using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>Turns the stored files into rows, file after file: what is named is there before what names it.</summary>
internal sealed class OneRosterReader
{
    private readonly SourceData _data = new(OneRosterVocabularies.Make());
    private readonly TextChunk _texts = new();
    private readonly Dictionary<EntityId, (Day Start, Day End)> _terms = [];
    private readonly UserRoles _roles = new();
    private readonly IdentityDraft _identity = new();
    private readonly ReadOptions _options;
    private readonly OwnWords _words;
    private readonly string _markingColumn;

    private OneRosterReader(ReadOptions options)
    {
        _options = options;
        _words = options.Source is OneRosterSettings own ? new OwnWords(own.OwnWords) : OwnWords.None;
        _markingColumn = options.Source is OneRosterSettings settings ? settings.SecurityMarkingColumn : OneRosterSettings.UsualMarkingColumn;
    }

    public static async Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct)
    {
        var reader = new OneRosterReader(options);
        foreach (var context in options.IdentifierContexts)
        {
            reader._data.Vocabularies.IdentifierContexts.Number(context);
        }

        await reader.EachAsync(snapshot, CsvForm.AcademicSessions, reader.AddTerm, ct);
        await reader.EachAsync(snapshot, CsvForm.Orgs, reader.AddUnit, ct);
        await reader.EachAsync(snapshot, CsvForm.Courses, reader.AddCourse, ct);

        // Whose address it is, a pupil's or an employee's, the role tells, and it stands in a later file.
        await reader.EachAsync(snapshot, CsvForm.Roles, reader.AddRole, ct);
        await reader.EachAsync(snapshot, CsvForm.Users, reader.AddUser, ct);
        reader._data.Index();
        reader._roles.AddTo(reader._data);
        reader._data.Index();
        await reader.EachAsync(snapshot, CsvForm.Classes, reader.AddClass, ct);
        reader._data.Index();
        await reader.EachAsync(snapshot, CsvForm.Enrollments, reader.AddEnrollment, ct);
        await reader.EachAsync(snapshot, CsvForm.Demographics, row => reader.AddMarking(row, row.Id), ct);
        return reader.Finish(snapshot, await LostReferences.ReadAsync(snapshot, ct));
    }

    /// <summary>The schools and what is above them alone, as they stand in their file.</summary>
    public static async Task<SourceData> ReadUnitsAsync(Snapshot snapshot, CancellationToken ct)
    {
        var reader = new OneRosterReader(new ReadOptions());
        await reader.EachAsync(snapshot, CsvForm.Orgs, reader.AddUnit, ct);
        reader._data.Texts.Add(reader._texts.Take());
        reader._data.Index();
        return reader._data;
    }

    private async Task EachAsync(Snapshot snapshot, CsvFile file, Action<RowReader> add, CancellationToken ct)
    {
        foreach (var page in snapshot.Pages(file.Name))
        {
            await using var stored = await snapshot.OpenPageAsync(file.Name, page, ct);
            using (var csv = new OneRosterRows(file, stored.Body))
            {
                var row = new RowReader(file, csv, _words);
                while (row.Next())
                {
                    add(row);
                }

                if (csv.Blank > 0)
                {
                    _data.Findings.Add(OneRosterSourceFindings.RowsBlank, KindOf(file), default);
                }
            }

            await stored.RequireWholeAsync(ct);
        }
    }

    private static EntityKind KindOf(CsvFile file) =>
        file == CsvForm.Orgs ? EntityKind.Unit : file == CsvForm.Courses ? EntityKind.Syllabus : file == CsvForm.AcademicSessions ? EntityKind.Activity
        : file == CsvForm.Classes ? EntityKind.Group : EntityKind.Person;

    private SourceData Finish(Snapshot snapshot, IReadOnlyList<LostReference> lost)
    {
        _data.Texts.Add(_texts.Take());
        _data.Memberships.Rows.Sort(static (left, right) => left.Group.CompareTo(right.Group));
        _data.GroupTeachers.Rows.Sort(static (left, right) => left.Duty.CompareTo(right.Duty));
        Understanding.Judge(_data, _options.MaxNotUnderstoodPercent, (file, _) => snapshot.Rows(file), "line");
        foreach (var reference in lost.Where(reference => !reference.Entity.IsNone))
        {
            _data.Note(new MisreadValue(reference.File, reference.Line, reference.Kind, reference.Entity, reference.Column, "ids of rows that are there", "another text"));
            _data.Doubts.Add(new DoubtRow(reference.Kind, reference.Entity));
        }

        SourceLinker.Link(_data, parent: "parentSourcedId", responsible: "agentSourcedIds");
        return _data;
    }

    private void AddTerm(RowReader row)
    {
        row.Close(_data, EntityKind.Activity, row.Id, doubtful: default);
        _terms[row.Id] = (row.Day("startDate"), row.Day("endDate"));
    }

    private void AddUnit(RowReader row)
    {
        row.Close(_data, EntityKind.Unit, row.Id, row.Id);
        _data.Units.Add(row.Id, new UnitRow
        {
            Name = Text(row["name"]),
            Type = row.Value("type", _data.Vocabularies.UnitTypes),
            SchoolUnitCode = Text(row["identifier"].Trim()),
            ParentId = row.Reference("parentSourcedId"),
            Parent = -1,
            Municipality = MunicipalityCode.None,
        });
    }

    private void AddCourse(RowReader row)
    {
        row.Close(_data, EntityKind.Syllabus, row.Id, row.Id);
        _data.Syllabuses.Add(row.Id, new SyllabusRow
        {
            CourseCode = Text(row["courseCode"]),
            CourseName = Text(row["title"]),
            SubjectCode = Text(CsvValue.List(row["subjectCodes"]).FirstOrDefault("")),
            SubjectName = Text(CsvValue.List(row["subjects"]).FirstOrDefault("")),
        });
    }

    private void AddRole(RowReader row)
    {
        var user = row.Reference("userSourcedId");
        row.Close(_data, EntityKind.Person, row.Id, user);
        AddMarking(row, user);
        _roles.Add(user, row.Word("role"), row.Reference("orgSourcedId"), row.Day("beginDate"), row.Day("endDate"));
    }

    private void AddUser(RowReader row)
    {
        var (id, draft) = (row.Id, new PersonDraft());
        draft.Set(PersonText.GivenName, Encoding.UTF8.GetBytes(row["givenName"]));
        draft.Set(PersonText.MiddleName, Encoding.UTF8.GetBytes(row["middleName"]));
        draft.Set(PersonText.FamilyName, Encoding.UTF8.GetBytes(row["familyName"]));
        draft.Set(PersonText.PrincipalName, Encoding.UTF8.GetBytes(row["username"]));
        var email = Encoding.UTF8.GetBytes(row["email"]);
        foreach (var text in _roles.EmailsOf(id))
        {
            draft.Set(text, email);
        }

        var said = ReadMarking(row, id);
        if (said.Marking == Marking.Unknown)
        {
            _data.Findings.Add(FindingCodes.ValueUnknown, EntityKind.Person, id, property: _markingColumn);
        }

        if (said.IsRespelled)
        {
            _data.Findings.Add(FindingCodes.ValueAsText, EntityKind.Person, id, property: _markingColumn);
        }

        row.Close(_data, EntityKind.Person, id, id);
        _roles.SetYear(id, row["grades"]);
        _roles.AddAgents(id, row.References("agentSourcedIds"));
        AddIdentifiers(row["userIds"]);
        var birth = UserIdentity.AddTo(_identity, row, hasOwnEmail: !_roles.EmailsOf(id).Contains(PersonText.PrivateEmail));
        _data.Persons.Add(id, new PersonRow
        {
            Texts = draft.AddTo(_texts),
            OwnMarking = said.Marking,
            IsMarkingRespelled = said.IsRespelled,
            BirthDate = birth,
            IsDisabled = row["enabledUser"].Equals("false", StringComparison.OrdinalIgnoreCase),
            Identity = _identity.End(_data, id, said.Marking, id.IsNone && said.Marking >= Marking.Unknown ? [.. ProtectedUsers.Values(id, name => row[name])] : []),
        });
    }

    /// <summary>The type is the context.</summary>
    private void AddIdentifiers(string userIds)
    {
        foreach (var (type, value) in UserIds.Of(userIds).Where(entry => _options.IdentifierContexts.Contains(entry.Type)))
        {
            var context = _data.Vocabularies.IdentifierContexts.Number(type);
            _data.Identifiers.Add(new IdentifierRow { Person = _data.Persons.Count, Context = context, Value = Text(value) });
        }
    }

    /// <summary>A row that belongs to somebody says of that person what it says of protection.</summary>
    private void AddMarking(RowReader row, EntityId user)
    {
        if (ReadMarking(row, user).Known is >= Marking.Unknown and var known && !user.IsNone)
        {
            _data.Markings.Add(new MarkingRow(user, known));
        }
    }

    /// <summary>What the row says, and notes what of it is not in the standard's words.</summary>
    private RowMarking ReadMarking(RowReader row, EntityId user)
    {
        var said = row.Marking(_markingColumn, _options);
        foreach (var strange in said.Strange)
        {
            _data.Note(strange, user);
        }

        return said;
    }

    private void AddClass(RowReader row)
    {
        var (school, course) = (row.Reference("schoolSourcedId"), row.Reference("courseSourcedId"));
        row.Close(_data, EntityKind.Group, row.Id, row.Id);
        var (start, end) = Window(row.References("termSourcedIds"));
        var group = _data.Groups.Count;
        _data.Groups.Add(row.Id, new GroupRow
        {
            UnitId = school,
            Unit = Find(_data.Units, school, EntityKind.Group, row.Id, "schoolSourcedId"),
            Name = Text(row["title"]),
            Type = row.Word("classType") == "homeroom" ? GroupTypes.Class : row.Word("classType") == "scheduled" ? GroupTypes.Teaching : (byte)0,
            Start = start,
            End = end,
        });
        _data.ActivityGroups.Add(new ActivityGroupRow { Activity = _data.Activities.Count, Group = group });

        // A class without a term that is there runs always.
        _data.Activities.Add(row.Id, new ActivityRow
        {
            Syllabus = Find(_data.Syllabuses, course, EntityKind.Group, row.Id, "courseSourcedId"),
            Start = start.IsDay ? start : Day.From(DateOnly.MinValue),
            End = end,
        });
    }

    private void AddEnrollment(RowReader row)
    {
        var (groupId, userId) = (row.Reference("classSourcedId"), row.Reference("userSourcedId"));
        var isPerson = !userId.IsNone;
        AddMarking(row, userId);
        if (!row.Close(_data, isPerson ? EntityKind.Person : EntityKind.Group, row.Id, isPerson ? userId : groupId))
        {
            // Whoever it is, the class may have them.
            _data.Doubts.Add(new DoubtRow(EntityKind.Group, groupId));
        }

        var group = Find(_data.Groups, groupId, EntityKind.Person, userId, "enrollments.classSourcedId");
        var person = Find(_data.Persons, userId, EntityKind.Group, groupId, "enrollments.userSourcedId");
        var (start, end) = (row.Day("beginDate"), row.Day("endDate"));
        if (group < 0 || person < 0)
        {
            return;
        }

        if (row.Word("role") == "student")
        {
            _data.Memberships.Add(new MembershipRow { Group = group, Person = person, Start = start, End = end });
        }
        else if (row.Word("role") == "teacher" && _roles.DutyOf(_data, person, _data.Groups[group].Unit) is >= 0 and var duty)
        {
            _data.GroupTeachers.Add(new GroupDutyRow { Duty = duty, Group = group, Start = start, End = end });
        }
    }

    private (Day Start, Day End) Window(IEnumerable<EntityId> terms)
    {
        var found = terms.Where(_terms.ContainsKey).Select(term => _terms[term]).Where(term => term.Start.IsDay && term.End.IsDay).ToList();
        return found.Count == 0 ? default : (found.Min(term => term.Start), found.Max(term => term.End));
    }

    private int Find<T>(EntityTable<T> table, EntityId id, EntityKind from, EntityId entity, string property)
        where T : unmanaged
    {
        var row = id.IsNone ? -1 : table.Find(id);
        if (row < 0 && !id.IsNone)
        {
            _data.Findings.Add(FindingCodes.ReferenceDangling, from, entity, id, property);
        }

        return row;
    }

    private Text Text(string value) => _texts.Add(Encoding.UTF8.GetBytes(value));
}
