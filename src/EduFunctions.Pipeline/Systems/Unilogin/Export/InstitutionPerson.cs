using System.Globalization;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>A contact person as a student names him or her.</summary>
internal readonly record struct Contact(EntityId Id, byte Relation, bool HasCustody);

/// <summary>What an <c>InstitutionPerson</c> is at the institution, gathered until the element ends: only then all of it is known.</summary>
internal sealed class InstitutionPerson(ExportXml xml, TextChunk texts, SourceData rows, PersonXml persons)
{
    private const int HighestYear = 10;

    private readonly ExportedPerson _contact = new();

    public bool IsStudent { get; private set; }

    /// <summary>Whether the element of the class stands there and says nothing.</summary>
    public bool HasEmptyClass { get; private set; }

    /// <summary>0 to 10, -1 for a level that is no number.</summary>
    public sbyte SchoolYear { get; private set; }

    /// <summary>The level that is no number, by the number of its vocabulary.</summary>
    public byte SchoolType { get; private set; }

    public Text StudentNumber { get; private set; }

    public Text ShortName { get; private set; }

    /// <summary>Roles of an employee or extern, by the number of their vocabulary.</summary>
    public List<byte> Roles { get; } = [];

    /// <summary>Ids of groups as the institution has them.</summary>
    public List<EntityId> Groups { get; } = [];

    public List<Contact> Contacts { get; } = [];

    /// <summary>What was not understood: property, and what it should be.</summary>
    public List<(string Property, string Expected)> Misread { get; } = [];

    /// <summary>Codes of what is wrong, and where it stands, to be told once the person's id is known.</summary>
    public List<(string Code, string Property)> Findings { get; } = [];

    public void Begin()
    {
        (IsStudent, HasEmptyClass, SchoolYear, SchoolType, StudentNumber, ShortName) = (false, false, -1, 0, default, default);
        Roles.Clear();
        Groups.Clear();
        Contacts.Clear();
        Findings.Clear();
        Misread.Clear();
    }

    /// <param name="groupId">Makes a group's id out of the element's text.</param>
    public void ReadStudent(Func<EntityId> groupId)
    {
        var (hasLevel, hasClass) = (false, false);
        for (var student = xml.Enter(); xml.Next(student);)
        {
            switch (xml.Name)
            {
                case "Level":
                    hasLevel = ReadLevel();
                    break;
                case "MainGroupId":
                    hasClass = ReadGroup(groupId);
                    HasEmptyClass |= !hasClass;
                    break;
                case "GroupId":
                    ReadGroup(groupId);
                    break;
                case "StudentNumber":
                    StudentNumber = texts.Add(xml.Text());
                    break;
                case "ContactPerson":
                    ReadContact();
                    break;
            }
        }

        IsStudent = true;
        NoteMissing(!hasLevel, "InstitutionPerson.Level");
        NoteMissing(hasLevel && !hasClass, "InstitutionPerson.MainGroupId");
    }

    /// <summary><c>Employee</c> or <c>Extern</c>.</summary>
    /// <inheritdoc cref="ReadStudent"/>
    public void ReadEmployee(Func<EntityId> groupId)
    {
        for (var employee = xml.Enter(); xml.Next(employee);)
        {
            switch (xml.Name)
            {
                case "Role":
                    Roles.Add(Number(rows.Vocabularies.DutyRoles, xml.Text(), "InstitutionPerson.Role"));
                    break;
                case "ShortName":
                    ShortName = texts.Add(xml.Text());
                    break;
                case "GroupId":
                    ReadGroup(groupId);
                    break;
            }
        }

        NoteMissing(Roles.Count == 0, "InstitutionPerson.Role");
        if (Roles.Count == 0)
        {
            Roles.Add(0);
        }
    }

    private bool ReadLevel()
    {
        var level = xml.Text();
        if (sbyte.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year <= HighestYear)
        {
            SchoolYear = year;
        }
        else if (!level.IsEmpty)
        {
            SchoolType = Number(rows.Vocabularies.SchoolTypes, level, "InstitutionPerson.Level");
        }

        return !level.IsEmpty;
    }

    private bool ReadGroup(Func<EntityId> groupId)
    {
        var element = xml.Name;
        var id = groupId();
        if (!id.IsNone)
        {
            Groups.Add(id);
        }
        else if (xml.IsMixed)
        {
            Misread.Add(($"InstitutionPerson.{element}", "ids"));
        }

        return !id.IsNone;
    }

    private void ReadContact()
    {
        var relation = Number(rows.Vocabularies.Relations, System.Text.Encoding.UTF8.GetBytes(xml.Attribute("relation") ?? ""), "ContactPerson.relation");
        var custody = xml.Attribute("childCustody");
        var hasCustody = custody is "true" or "1";
        if (custody is not (null or "true" or "1" or "false" or "0"))
        {
            Misread.Add(("ContactPerson.childCustody", "true or false"));
        }

        _contact.Begin();
        for (var contact = xml.Enter(); xml.Next(contact);)
        {
            if (xml.Name == "Person")
            {
                persons.ReadPerson(_contact);
            }
            else if (xml.Name == "UNILogin")
            {
                persons.ReadLogin(_contact);
            }
        }

        if (_contact.Id.IsNone)
        {
            _contact.NoteWithoutId(rows);
            Misread.Add(("ContactPerson.UserId", "ids"));
            return;
        }

        if (_contact.HasEmptyName)
        {
            rows.Doubts.Add(new DoubtRow(EntityKind.Person, _contact.Id));
            rows.Findings.Add(FindingCodes.ValueNotUnderstood, EntityKind.Person, _contact.Id, property: "ContactPerson.FirstName, FamilyName");
        }

        _contact.Texts.Set(PersonText.PrivateEmail, _contact.Email);
        _contact.AddTo(rows, texts);
        Contacts.Add(new Contact(_contact.Id, relation, hasCustody));
    }

    private byte Number(Vocabulary vocabulary, ReadOnlySpan<byte> value, string property)
    {
        var number = vocabulary.Number(value);
        if (!vocabulary.IsKnown(number))
        {
            Findings.Add((FindingCodes.ValueUnknown, property));
        }

        return number;
    }

    private void NoteMissing(bool isMissing, string property)
    {
        if (isMissing)
        {
            Findings.Add((FindingCodes.AttributeMissing, property));
        }
    }
}
