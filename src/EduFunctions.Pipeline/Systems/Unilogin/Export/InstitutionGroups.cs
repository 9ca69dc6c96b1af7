using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>The groups of one institution, and who is in them: joined up at its end, whatever the order in the document.</summary>
/// <param name="ownTypes">Types of groups that the tenant names, whatever they are.</param>
internal sealed class InstitutionGroups(ExportXml xml, SourceData rows, TextChunk texts, string institution, IReadOnlyList<string> ownTypes)
{
    private const int Student = -1;

    /// <summary>What ends by this year ends before it has begun: it is how databases write that nothing is known (0001, 1753, 1900).</summary>
    private const int NoYear = 1900;

    private readonly List<(EntityId Group, int Person, int Duty)> _named = [];

    /// <summary>Persons, by row, who are students of an earlier school year's import.</summary>
    private readonly HashSet<int> _outdated = [];

    /// <summary>A group's id is made unique by its institution's; none for an empty text.</summary>
    [Told]
    public EntityId Id(ReadOnlySpan<byte> groupId)
    {
        if (groupId.IsEmpty || xml.IsMixed || groupId.Length > EntityId.LongestText)
        {
            return default;
        }

        var institution = rows.Units.Count > 0 ? rows.Units.Id(0) : throw xml.Refused("it does not begin with the institution's number");
        Span<byte> text = stackalloc byte[institution.TextLength + 1 + groupId.Length];
        var length = institution.Format(text);
        text[length] = (byte)'-';
        groupId.CopyTo(text[(length + 1)..]);
        return TextIds.TryAdd(text, out var id) ? id : default;
    }

    public void Read()
    {
        var id = default(EntityId);
        var row = new GroupRow { UnitId = rows.Units.Count > 0 ? rows.Units.Id(0) : default };
        var ownId = default(Text);
        var (word, hasOddType) = (default(GroupWord), false);
        for (var group = xml.Enter(); xml.Next(group);)
        {
            switch (xml.Name)
            {
                case "GroupId":
                    ownId = texts.Add(xml.Text());
                    id = Id(texts.Bytes.Slice(ownId.Start, ownId.Length));
                    break;
                case "GroupName":
                    row.Name = texts.Add(xml.Text());
                    break;
                case "GroupType":
                    word = GroupWord.Of(xml.Text(), rows.Vocabularies.GroupTypes, ownTypes);
                    row.Type = word.Number;
                    hasOddType = xml.IsMixed;
                    break;
                case "FromDate":
                    row.Start = DayOf(xml);
                    break;
                case "ToDate":
                    row.End = DayOf(xml);
                    break;
            }
        }

        row.End = IsNoEnd(row) ? Day.Invalid : row.End;
        Report(id, row, hasOddType);
        Report(id, word);
        row.Name = row.Name.IsEmpty ? ownId : row.Name;
        if (!id.IsNone)
        {
            rows.Groups.Add(id, row);
        }
    }

    public void AddStudent(EntityId group, int person) => _named.Add((group, person, Student));

    public void AddTeacher(EntityId group, int person, int duty) => _named.Add((group, person, duty));

    public void NoteOutdated(int person) => _outdated.Add(person);

    /// <summary>Finds the groups that persons name, and lets a student's record of an earlier school year give way to one of the latest.</summary>
    public void Settle()
    {
        var superseded = Superseded();
        rows.SchoolPlacements.RemoveAll(row => superseded.Contains(row.Person));
        var byId = new GroupsById(rows.Groups);

        foreach (var (id, person, duty) in _named)
        {
            if (superseded.Contains(person))
            {
                continue;
            }

            var group = byId.Find(id, out var isRespelled);
            if (isRespelled)
            {
                rows.Findings.Add(FindingCodes.ValueAsText, EntityKind.Person, rows.Persons.Id(person), property: "InstitutionPerson.GroupId");
            }

            if (group < 0)
            {
                rows.Findings.Add(ExportFindings.GroupUndeclared, EntityKind.Person, rows.Persons.Id(person), id);
            }
            else if (duty == Student)
            {
                rows.Memberships.Add(new MembershipRow { Group = group, Person = person });
            }
            else
            {
                rows.GroupTeachers.Add(new GroupDutyRow { Group = group, Duty = duty });
            }
        }

        rows.Memberships.Rows.Sort(static (left, right) => left.Group.CompareTo(right.Group));
    }

    private HashSet<int> Superseded()
    {
        if (_outdated.Count == 0)
        {
            return [];
        }

        var current = new HashSet<EntityId>();
        foreach (ref readonly var placement in rows.SchoolPlacements.Rows)
        {
            if (!_outdated.Contains(placement.Person))
            {
                current.Add(rows.Persons.Id(placement.Person));
            }
        }

        foreach (var person in _outdated)
        {
            rows.Findings.Add(ExportFindings.SchoolYearOutdated, EntityKind.Person, rows.Persons.Id(person));
        }

        return [.. _outdated.Where(person => current.Contains(rows.Persons.Id(person)))];
    }

    private static bool IsNoEnd(in GroupRow row) =>
        row.End.IsDay && (row.End.ToDate().Year <= NoYear || (row.Start.IsDay && row.End.ToDate() < row.Start.ToDate()));

    private static Day DayOf(ExportXml xml)
    {
        var date = xml.Text();
        return xml.IsMixed ? Day.Invalid : date.IsEmpty ? Day.Absent : Day.Parse(date);
    }

    /// <summary>However many have a word that nobody knows, such as those of a new release of Unilogin, the other groups go on.</summary>
    private void Report(EntityId id, GroupWord word)
    {
        if (word.IsRespelled)
        {
            rows.Findings.Add(FindingCodes.ValueAsText, EntityKind.Group, id, property: "Group.GroupType");
        }

        if (word.IsStrange && !id.IsNone)
        {
            rows.Doubts.Add(new DoubtRow(EntityKind.Group, id));
        }
    }

    private void Report(EntityId id, in GroupRow row, bool hasOddType)
    {
        Note(id.IsNone, FindingCodes.IdMissing);
        Note(row.Name.IsEmpty, FindingCodes.NameMissing, "Group.GroupName");
        Note(row.Type == 0, FindingCodes.AttributeMissing, "Group.GroupType");
        Note(!rows.Vocabularies.GroupTypes.IsKnown(row.Type), FindingCodes.ValueUnknown, "Group.GroupType");
        Note(row.Start.IsInvalid || row.End.IsInvalid, FindingCodes.DateInvalid, row.Start.IsInvalid ? "Group.FromDate" : "Group.ToDate");
        Doubt(row.Start.IsInvalid, "Group.FromDate", "dates of the form yyyy-MM-dd");
        Doubt(row.End.IsInvalid, "Group.ToDate", "dates of the form yyyy-MM-dd");
        Doubt(hasOddType, "Group.GroupType", "texts");
        Doubt(id.IsNone, "Group.GroupId", "ids");

        void Doubt(bool isWrong, string property, string expected)
        {
            if (isWrong)
            {
                rows.Doubts.Add(new DoubtRow(EntityKind.Group, id));
                rows.Note(new MisreadValue(institution, 1, EntityKind.Group, id, property, expected, "another text"));
            }
        }

        void Note(bool isWrong, string code, string? property = null)
        {
            if (isWrong)
            {
                rows.Findings.Add(code, EntityKind.Group, id, property: property);
            }
        }
    }
}
