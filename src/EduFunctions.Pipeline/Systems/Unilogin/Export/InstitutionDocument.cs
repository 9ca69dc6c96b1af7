using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>
/// Turns one institution's document into rows while it streams by. Its persons are copies, one for every place where somebody stands; who is the same
/// is told when all institutions are read (<see cref="InstitutionJoin"/>).
/// </summary>
internal sealed class InstitutionDocument
{
    private const int Unit = 0;

    private readonly ExportXml _xml;
    private readonly SourceData _rows;
    private readonly TextChunk _texts;
    private readonly ReadOptions _options;
    private readonly PersonXml _persons;
    private readonly InstitutionPerson _person;
    private readonly ExportedPerson _copy = new();
    private readonly ImportSources _imports = new();
    private readonly InstitutionGroups _groups;
    private readonly Func<EntityId> _groupId;
    private readonly string _institution;
    private int _number;

    private InstitutionDocument(ExportXml xml, string institution, SourceData rows, TextChunk texts, ReadOptions options)
    {
        (_xml, _institution, _rows, _texts, _options) = (xml, institution, rows, texts, options);
        _persons = new PersonXml(xml, options);
        _person = new InstitutionPerson(xml, texts, rows, _persons);
        _groups = new InstitutionGroups(xml, rows, texts, institution, options.GroupTypes);
        _groupId = () => _groups.Id(_xml.Text());
    }

    /// <param name="institution">The number of the institution that was asked for, in any case.</param>
    /// <param name="chunk">Number of the chunk for the texts.</param>
    /// <exception cref="RunHeldException">The document is none, or that of another institution.</exception>
    public static SourceData Read(Stream document, string institution, ReadOptions options, Vocabularies vocabularies, ushort chunk)
    {
        var rows = new SourceData(vocabularies);
        var texts = TextChunk.Empty(chunk);
        using var xml = new ExportXml(document, institution);
        xml.FindExport();
        new InstitutionDocument(xml, institution, rows, texts, options).ReadExport();
        xml.Finish();
        rows.Texts.Add(texts.Take());
        return rows;
    }

    [Told]
    private void ReadExport()
    {
        for (var export = _xml.Enter(); _xml.Next(export);)
        {
            if (_xml.Name == "ImportSource" && !_imports.Add(_xml.Attribute("source"), _xml.Attribute("schoolYear")))
            {
                _rows.Findings.Add(FindingCodes.ValueUnknown, EntityKind.Unit, default, property: "ImportSource");
            }
            else if (_xml.Name == "Institution")
            {
                ReadInstitution();
            }
        }

        if (_rows.Units.Count != 1)
        {
            throw _xml.Refused($"it holds {_rows.Units.Count} institutions instead of one");
        }

        if (_rows.Persons.Count == 0 && _rows.Groups.Count == 0)
        {
            _rows.Findings.Add(ExportFindings.InstitutionEmpty, EntityKind.Unit, _rows.Units.Id(Unit));
        }

        _groups.Settle();
    }

    private void ReadInstitution()
    {
        for (var institution = _xml.Enter(); _xml.Next(institution);)
        {
            switch (_xml.Name)
            {
                case "InstitutionNumber":
                    ReadNumber();
                    break;
                case "InstitutionName" when _rows.Units.Count > 0 && _xml.Text() is { IsEmpty: false } name:
                    _rows.Units[Unit].Name = _texts.Add(name);
                    break;
                case "Group":
                    _groups.Read();
                    break;
                case "InstitutionPerson":
                    ReadPerson();
                    break;
            }
        }
    }

    [Told]
    private void ReadNumber()
    {
        var number = _xml.Text();
        if (!System.Text.Ascii.EqualsIgnoreCase(number, _institution) || !TextIds.TryAdd(number, out var id))
        {
            throw _xml.Refused("it is that of another institution");
        }

        var text = _texts.Add(number);
        _rows.Units.Add(id, new UnitRow { Name = text, SchoolUnitCode = text, Municipality = MunicipalityCode.None });
    }

    private void ReadPerson()
    {
        _person.Begin();
        var source = _xml.Attribute("source");
        _copy.Begin();
        var (localId, hasOther) = (default(Text), false);
        for (var person = _xml.Enter(); _xml.Next(person);)
        {
            switch (_xml.Name)
            {
                case "LocalPersonId":
                    localId = _texts.Add(_xml.Text());
                    break;
                case "UNILogin":
                    _persons.ReadLogin(_copy);
                    break;
                case "Person":
                    _persons.ReadPerson(_copy);
                    break;
                case "Student":
                    _person.ReadStudent(_groupId);
                    break;
                case "Employee" or "Extern":
                    _person.ReadEmployee(_groupId);
                    break;
                default:
                    hasOther |= _xml.Names.NamespacesOf(_xml.Name) is null;
                    break;
            }
        }

        if (_copy.Id.IsNone)
        {
            _copy.NoteWithoutId(_rows);
            Doubt(default, "UNILogin.UserId", "ids");
            return;
        }

        var row = AddPerson();
        AddIdentifiers(row, localId);
        AddDuties(row);
        AddStudent(row, _imports.IsOutdated(source));
        Report(_copy.Id, _imports.Declares(source));
        Keep(hasOther && !_person.IsStudent && _person.Roles.Count == 0);
        Keep(_person.HasEmptyClass);
        Keep(_copy.HasEmptyName);
    }

    private int AddPerson()
    {
        _copy.Texts.Set(PersonText.StudentEmail, _person.IsStudent ? _copy.Email : default);
        _copy.Texts.Set(PersonText.StaffEmail, _person.Roles.Count > 0 ? _copy.Email : default);
        _copy.AddTo(_rows, _texts);
        return _rows.Persons.Count - 1;
    }

    private void AddIdentifiers(int person, Text localId)
    {
        foreach (var (context, value) in new[] { ("LocalPersonId", localId), ("StudentNumber", _person.StudentNumber), ("ShortName", _person.ShortName) })
        {
            if (!value.IsEmpty && _options.IdentifierContexts.Contains(context))
            {
                _rows.Identifiers.Add(new IdentifierRow { Person = person, Context = _rows.Vocabularies.IdentifierContexts.Number(context), Value = value });
            }
        }
    }

    /// <summary>One for each role. Whoever works in a group teaches it.</summary>
    private void AddDuties(int person)
    {
        if (_person.Roles.Count == 0)
        {
            return;
        }

        foreach (var group in _person.Groups)
        {
            _groups.AddTeacher(group, person, _rows.Duties.Count);
        }

        foreach (var role in _person.Roles)
        {
            var id = EntityId.Derive(System.Text.Encoding.UTF8.GetBytes($"duty|{_rows.Units.Id(Unit)}|{_number++}"));
            _rows.Duties.Add(id, new DutyRow { UnitId = _rows.Units.Id(Unit), Unit = Unit, Person = person, Role = role });
        }
    }

    private void AddStudent(int person, bool isOutdated)
    {
        if (!_person.IsStudent)
        {
            return;
        }

        _rows.SchoolPlacements.Add(new PlacementRow
        {
            Person = person,
            Unit = Unit,
            UnitId = _rows.Units.Id(Unit),
            Group = -1,
            SchoolYear = _person.SchoolYear,
            SchoolType = _person.SchoolType,
        });
        foreach (var group in _person.Groups)
        {
            _groups.AddStudent(group, person);
        }

        if (isOutdated)
        {
            _groups.NoteOutdated(person);
        }

        foreach (var contact in _person.Contacts)
        {
            _rows.Responsibles.Add(new ResponsibleRow
            {
                Student = person,
                ResponsibleId = contact.Id,
                Relation = contact.Relation,
                HasCustody = contact.HasCustody,
            });
        }
    }

    private void Report(EntityId id, bool hasSource)
    {
        if (!hasSource)
        {
            _rows.Findings.Add(ExportFindings.SourceUndeclared, EntityKind.Person, id);
        }

        foreach (var (code, property) in _person.Findings)
        {
            _rows.Findings.Add(code, EntityKind.Person, id, property: property);
        }

        if (_copy.HasOddCountry)
        {
            Doubt(id, "Address.CountryCode", "country codes");
        }

        foreach (var (property, expected) in _person.Misread)
        {
            Doubt(id, property, expected);
        }
    }

    /// <summary>
    /// What the schema does not allow, and some registers send of many all the same: targets keep what they have of each, and however many they are, the others go on.
    /// </summary>
    private void Keep(bool isOdd)
    {
        if (isOdd)
        {
            _rows.Doubts.Add(new DoubtRow(EntityKind.Person, _copy.Id));
            _rows.Findings.Add(FindingCodes.ValueNotUnderstood, EntityKind.Person, _copy.Id, property: "Person.FirstName, FamilyName");
        }
    }

    private void Doubt(EntityId id, string property, string expected)
    {
        _rows.Doubts.Add(new DoubtRow(EntityKind.Person, id));
        _rows.Note(new MisreadValue(_institution, 1, EntityKind.Person, id, property, expected, "another text"));
    }
}
