using System.Buffers.Binary;
using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Tests.Guards;

/// <summary>A person of a sketch; places and students are sorted by what the roster sorts them by.</summary>
internal sealed record SketchPerson(int Id, Roles Roles, string Name, string Email, bool IsChosen)
{
    public List<(int Start, int Unit, string Kind)> StudentUnits { get; init; } = [];

    public List<(int Start, int Unit, string Kind)> StaffUnits { get; init; } = [];

    public List<int> Students { get; init; } = [];

    public int SchoolYear { get; init; }

    public string Login { get; init; } = "";

    public RoleName Kind => Roles.HasFlag(Roles.Staff) ? RoleName.Staff : Roles.HasFlag(Roles.Student) ? RoleName.Students : RoleName.Guardians;

    public string Values => string.Join(
        '|', Roles, Name, Email, string.Join(',', StudentUnits.Order()), string.Join(',', StaffUnits.Order()), string.Join(',', Students.Order()), Login);
}

internal enum RoleName
{
    Students,
    Staff,
    Guardians,
}

internal sealed record SketchSection(int Id, int Unit, string Name, string Type, bool IsChosen)
{
    public List<int> Members { get; init; } = [];

    public List<int> Teachers { get; init; } = [];

    public string Values => string.Join('|', Unit, Name, Type, string.Join(',', Teachers.Order()));
}

/// <summary>A roster in a few plain objects, drawn at random, for tests that decide everything a second time with sets.</summary>
internal sealed class RosterSketch
{
    private static readonly string[] Vocabulary = ["", "a", "b", "c"];

    public List<int> Units { get; init; } = [];

    public List<SketchPerson> Persons { get; init; } = [];

    public List<SketchSection> Sections { get; init; } = [];

    public List<int> Protected { get; init; } = [];

    /// <summary>Whether numbers of enumerations differ from those of other sketches.</summary>
    public bool CountsBackwards { get; init; }

    public static RosterSketch Draw(Random random)
    {
        var units = Enumerable.Range(0, 4).Where(_ => random.Next(4) > 0).DefaultIfEmpty(0).ToList();
        var persons = Enumerable.Range(0, 14).Where(_ => random.Next(4) > 0).Select(id => DrawPerson(random, id, units)).ToList();
        var students = persons.Where(person => person.Roles.HasFlag(Roles.Student)).Select(person => person.Id).ToList();
        foreach (var guardian in persons.Where(person => person.Roles.HasFlag(Roles.Guardian)))
        {
            guardian.Students.AddRange(students.Where(student => student != guardian.Id && random.Next(4) == 0));
        }

        return new RosterSketch
        {
            Units = units,
            Persons = persons,
            Sections = [.. Enumerable.Range(0, 6).Where(_ => random.Next(4) > 0).Select(id => DrawSection(random, id, units, persons))],
            CountsBackwards = random.Next(2) == 0,
        };
    }

    /// <summary>The next day: most is as it was.</summary>
    public RosterSketch Next(Random random)
    {
        var other = Draw(random);
        var units = Units.Union(other.Units).Order().ToList();
        var persons = Persons.Where(_ => random.Next(5) > 0).ToDictionary(person => person.Id);
        foreach (var person in other.Persons.Where(_ => random.Next(4) == 0))
        {
            persons[person.Id] = person;
        }

        var students = persons.Values.Where(person => person.Roles.HasFlag(Roles.Student)).Select(person => person.Id).ToHashSet();
        var sections = Sections.Where(_ => random.Next(5) > 0).ToDictionary(section => section.Id);
        foreach (var section in other.Sections.Where(_ => random.Next(3) == 0))
        {
            sections[section.Id] = section;
        }

        return new RosterSketch
        {
            Units = units,
            Persons = [.. persons.Values.OrderBy(person => person.Id).Select(person => person with { Students = [.. person.Students.Where(students.Contains)] })],
            Sections = [.. sections.Values.OrderBy(section => section.Id).Select(section => section with
            {
                Members = [.. section.Members.Where(persons.ContainsKey)],
                Teachers = [.. section.Teachers.Where(persons.ContainsKey)],
            })],
            Protected = [.. Persons.Select(person => person.Id).Where(id => !persons.ContainsKey(id) && random.Next(3) == 0)],
            CountsBackwards = other.CountsBackwards,
        };
    }

    public static EntityId Id(char kind, int number)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt32BigEndian(id, kind);
        BinaryPrimitives.WriteInt32BigEndian(id[12..], number);
        return EntityId.From(id);
    }

    public FeedSelection Selection() => new(
        new BitArray([.. Persons.Select(person => person.IsChosen)]), new BitArray([.. Sections.Select(section => section.IsChosen)]), new FindingLog());

    private static RosterPerson PersonOf(SketchPerson person, PersonDraft draft, TextChunk texts)
    {
        draft.Clear();
        draft.Set(PersonText.GivenName, Encoding.UTF8.GetBytes(person.Name));
        draft.Set(PersonText.FamilyName, "Provhed"u8);
        draft.Set(PersonText.StudentEmail, Encoding.UTF8.GetBytes(person.Email));
        draft.Set(PersonText.PrincipalName, Encoding.UTF8.GetBytes(person.Login));
        return new RosterPerson { Id = Id('p', person.Id), Texts = draft.AddTo(texts), Roles = person.Roles, SchoolYear = (sbyte)person.SchoolYear };
    }

    public Roster Build()
    {
        string[] words = CountsBackwards ? ["", .. Vocabulary.Skip(1).Reverse()] : Vocabulary;
        var (texts, personTexts) = (TextChunk.Empty(Roster.OtherTexts), TextChunk.Empty(Roster.PersonTexts));
        var roster = new Roster { Vocabulary = new RosterVocabulary(words, words, words, words) };
        var rows = Persons.Index().ToDictionary(person => person.Item.Id, person => person.Index);
        var draft = new PersonDraft();
        int RowOf(int person) => rows.GetValueOrDefault(person, -1);
        Text Add(string text) => texts.Add(Encoding.UTF8.GetBytes(text));
        roster.Units.Add([.. Units.Select(unit => new RosterUnit { Id = Id('u', unit), Name = Add($"unit {unit}") })]);
        foreach (var (row, person) in Persons.Index())
        {
            roster.Persons.Add(PersonOf(person, draft, personTexts));
            roster.StudentUnits.Add([.. person.StudentUnits.Order().Select(unit => At(row, unit))]);
            roster.StaffUnits.Add([.. person.StaffUnits.Order().Select(unit => At(row, unit))]);
            roster.Guardianships.Add([.. person.Students.Order().Select(student => new Guardianship { Guardian = row, Student = RowOf(student) })]);
        }

        foreach (var (row, section) in Sections.Index())
        {
            roster.Sections.Add(new RosterSection
            {
                Id = Id('s', section.Id),
                Group = Id('g', section.Id),
                Name = Add(section.Name),
                Unit = Units.IndexOf(section.Unit),
                GroupType = Array.IndexOf(words, section.Type),
                Syllabus = -1,
            });
            roster.Members.Add([.. section.Members.Order().Select(person => new SectionPerson(row, RowOf(person)))]);
            roster.Teachers.Add([.. section.Teachers.Order().Select(person => new SectionPerson(row, RowOf(person)))]);
        }

        roster.Protected.Add([.. Protected.Order().Select(person => Id('p', person))]);
        roster.Texts.Add(texts);
        roster.Texts.Add(personTexts);
        return roster;

        PersonUnit At(int row, (int Start, int Unit, string Kind) place) => new()
        {
            Person = row,
            Unit = Units.IndexOf(place.Unit),
            Start = Day.From(DateOnly.FromDayNumber(place.Start + 1000)),
            Kind = Array.IndexOf(words, place.Kind),
        };
    }

    private static SketchPerson DrawPerson(Random random, int id, List<int> units)
    {
        var roles = (Roles)random.Next(1, 8);
        return new SketchPerson(id, roles, $"Name{random.Next(4)}", random.Next(2) == 0 ? "" : $"e{random.Next(3)}@elev.example", random.Next(8) > 0)
        {
            StudentUnits = roles.HasFlag(Roles.Student) ? DrawUnits(random, units) : [],
            StaffUnits = roles.HasFlag(Roles.Staff) ? DrawUnits(random, units) : [],
        };
    }

    /// <summary>Starts differ, so that the order does not depend on the numbers of an enumeration.</summary>
    private static List<(int Start, int Unit, string Kind)> DrawUnits(Random random, List<int> units) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(at => (at * 10, units[random.Next(units.Count)], Vocabulary[random.Next(1, 4)]))];

    private static SketchSection DrawSection(Random random, int id, List<int> units, List<SketchPerson> persons) => new(
        id, units[random.Next(units.Count)], $"Class{random.Next(3)}", Vocabulary[random.Next(1, 4)], random.Next(8) > 0)
    {
        Members = [.. persons.Where(_ => random.Next(3) == 0).Select(person => person.Id)],
        Teachers = [.. persons.Where(_ => random.Next(6) == 0).Select(person => person.Id)],
    };
}
