using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What both profiles make of a roster: users, and who is in a group.</summary>
internal sealed class ScimContent
{
    private readonly CleanText _clean = ScimValues.CleanText();
    private readonly ScimValues _values;
    private readonly SectionNames _names;
    private readonly Grouping _members;
    private readonly Grouping _teachers;
    private readonly BitArray _isTeacher;

    public ScimContent(FeedInput input)
    {
        (Roster, Settings) = (input.Roster, (ScimSettings)input.Settings);
        (Persons, Sections) = (input.Selection.Persons, input.Selection.Sections);
        _values = new ScimValues(Roster, Settings);
        _names = new SectionNames(Roster, Settings.GroupName, ScimValues.CleanText());
        _members = new Grouping(Roster.Sections.Count, Roster.Members.Count, row => Persons[Roster.Members[row].Person] ? Roster.Members[row].Section : -1);
        _teachers = new Grouping(Roster.Sections.Count, Roster.Teachers.Count, row => Persons[Roster.Teachers[row].Person] ? Roster.Teachers[row].Section : -1);
        _isTeacher = Teachers(Roster);
    }

    public Roster Roster { get; }

    public ScimSettings Settings { get; }

    /// <summary>By row of the roster's persons: whether the server is to have them.</summary>
    public BitArray Persons { get; }

    /// <inheritdoc cref="Persons"/>
    public BitArray Sections { get; }

    public string IdOf(int person) => Roster.Persons[person].Id.ToString();

    public string IdOfSection(int section) => Roster.Sections[section].Id.ToString();

    public string UserNameOf(int person) => Utf8(_values.UserName(person));

    /// <summary>All by which somebody is recognised there.</summary>
    public string TextOf(int person)
    {
        var (given, family, address) = (Utf8(_values.GivenName(person)), Utf8(_values.FamilyName(person)), Utf8(_values.Email(person)));
        return string.Join('\t', UserNameOf(person), given, family, address);
    }

    /// <summary>Rows of the persons who learn in a section.</summary>
    public IEnumerable<int> MembersOf(int section) => _members[section].ToArray().Select(row => Roster.Members[row].Person);

    /// <inheritdoc cref="MembersOf"/>
    public IEnumerable<int> TeachersOf(int section) => _teachers[section].ToArray().Select(row => Roster.Teachers[row].Person);

    public string NameOf(int section) => CutText.Of(_names.Of(Roster.Sections[section]), ScimValues.LongestText);

    /// <summary>A text of the roster, cut where it is too long.</summary>
    public string Text(Text text) => CutText.Of(_clean.Clean(Roster[text]), ScimValues.LongestText);

    /// <summary>The school's name, or where it has none its id.</summary>
    public string NameOf(in RosterUnit unit) => Text(unit.Name) is { Length: > 0 } name ? name : unit.Id.ToString();

    /// <summary>Ids of those who are to have each user name, by its hash.</summary>
    public IReadOnlyDictionary<string, string> UserNames()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < Roster.Persons.Count; row++)
        {
            if (Persons[row])
            {
                names[ScimHeld.HashOf(_values.UserName(row))] = IdOf(row);
            }
        }

        return names;
    }

    /// <summary>The attributes that every server knows.</summary>
    public IEnumerable<(string Name, string? Value)> UserOf(int row, params string[] schemas)
    {
        var (given, family, address) = (Utf8(_values.GivenName(row)), Utf8(_values.FamilyName(row)), Utf8(_values.Email(row)));
        return
        [
            ("schemas", ScimJson.Texts([ScimType.Users.Schema, .. schemas])), ("externalId", ScimJson.Text(IdOf(row))),
            ("userName", ScimJson.Text(Utf8(_values.UserName(row)))),
            ("name", ScimJson.Object(("givenName", ScimJson.Text(given)), ("familyName", ScimJson.Text(family)))),
            ("displayName", ScimJson.Text(CutText.Of(Encoding.UTF8.GetBytes($"{given} {family}"), ScimValues.LongestText))),
            ("emails", address.Length == 0 ? ScimJson.Nothing
                : ScimJson.Array([ScimJson.Object(("value", ScimJson.Text(address)), ("type", ScimJson.Text("work")), ("primary", ScimJson.True))])),
        ];
    }

    /// <summary>One word for somebody, whatever the duties.</summary>
    public string UserType(int row) =>
        (Roster.Persons[row].Roles & Roles.Staff) != 0 ? (_isTeacher[row] ? "teacher" : "staff")
        : (Roster.Persons[row].Roles & Roles.Student) != 0 ? "student"
        : "guardian";

    private static string Utf8(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);

    private static BitArray Teachers(Roster roster)
    {
        var teach = roster.Vocabulary.DutyRoles.Select(role => StaffKinds.Of(role) == StaffKind.Teacher).ToArray();
        var teachers = new BitArray(roster.Persons.Count);
        foreach (ref readonly var duty in roster.StaffUnits.Rows)
        {
            teachers[duty.Person] |= teach[duty.Kind];
        }

        return teachers;
    }
}
