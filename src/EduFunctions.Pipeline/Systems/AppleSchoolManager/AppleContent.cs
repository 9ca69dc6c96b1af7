using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>The rows of the six files. Rows are sorted by their first column, an id.</summary>
internal sealed class AppleContent
{
    public const int MostLocations = 999;
    public const int MostInstructors = 15;
    public const int FewestInstructors = 3;

    /// <summary>What Apple wants quoted.</summary>
    public static readonly SearchValues<byte> Quoted = SearchValues.Create(" ,;"u8);

    public static readonly CsvFormat Format = CsvFormat.Quoting((byte)',', " ,;"u8);

    private readonly Roster _roster;
    private readonly BitArray _sections;
    private readonly EntityId[] _classIds;
    private readonly AppleRoles _roles;
    private readonly AppleSettings _settings;
    private readonly ApplePersons _students;
    private readonly ApplePersons _staff;
    private readonly AppleCourses _courses;
    private readonly AppleInstructors _instructors;
    private readonly Grouping? _identifiers;

    public AppleContent(Roster roster, FeedSelection selection, AppleSettings settings)
    {
        _roster = roster;
        _sections = selection.Sections;
        _classIds = AppleIds.OfClasses(roster);
        _roles = new AppleRoles(roster, selection.Persons);
        _settings = settings;
        _students = new ApplePersons(roster, roster.StudentUnits, _roles.Students);
        _staff = new ApplePersons(roster, roster.StaffUnits, _roles.Staff);
        _courses = new AppleCourses(roster, selection.Sections);
        _instructors = new AppleInstructors(roster, _roles.Staff, selection.Sections);
        _identifiers = settings.IdentifierContext is null
            ? null
            : new Grouping(roster.Persons.Count, roster.Identifiers.Count, row => roster.Identifiers[row].Person);
    }

    /// <summary>In the order in which they stand in the zip.</summary>
    public (string Name, Action<CsvWriter> Write)[] Files =>
    [
        (AppleFile.Locations.Name, WriteLocations),
        (AppleFile.Students.Name, WriteStudents),
        (AppleFile.Staff.Name, WriteStaff),
        (AppleFile.Courses.Name, _courses.Write),
        (AppleFile.Classes.Name, WriteClasses),
        (AppleFile.Rosters.Name, new AppleRosterRows(_roster, _classIds, _sections, _roles.Students).Write),
    ];

    private void WriteLocations(CsvWriter csv)
    {
        csv.Header(AppleFile.Locations.Columns);
        foreach (ref readonly var unit in _roster.Units.Rows)
        {
            csv.Value(unit.Id);
            csv.Value(AppleText.Clean(_roster[unit.Name]));
            csv.EndRow();
        }
    }

    private void WriteStudents(CsvWriter csv)
    {
        csv.Header([.. AppleFile.Students.Columns, .. _students.FurtherColumns]);
        string[] names = ["", .. Enumerable.Range(0, sbyte.MaxValue).Select(year => year.ToString(CultureInfo.InvariantCulture))];
        var years = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        var policies = Array.ConvertAll(names, year => Encoding.UTF8.GetBytes(_settings.PasswordPolicy.GetValueOrDefault(year, "")));
        csv.Rows(_roster.Persons.Count, (part, first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                if (_roles.Students[row])
                {
                    WriteStudent(part, row, years, policies);
                }
            }
        });
    }

    private void WriteStudent(CsvWriter csv, int row, byte[][] years, byte[][] policies)
    {
        ref readonly var person = ref _roster.Persons[row];
        var year = person.SchoolYear + 1;
        WriteNames(csv, row);
        csv.Value(years[year]);
        csv.Value(AppleText.Clean(_roster[person.Texts.StudentEmail]));
        csv.Value(AppleText.Clean(_roster[person.Texts.PrincipalName]));
        csv.Value(policies[year]);
        _students.WriteLocations(csv, row);
        csv.EndRow();
    }

    private void WriteStaff(CsvWriter csv)
    {
        csv.Header([.. AppleFile.Staff.Columns, .. _staff.FurtherColumns]);
        csv.Rows(_roster.Persons.Count, (part, first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                if (_roles.Staff[row])
                {
                    WriteOneOfStaff(part, row);
                }
            }
        });
    }

    private void WriteOneOfStaff(CsvWriter csv, int row)
    {
        WriteNames(csv, row);
        csv.Value(AppleText.Clean(_roster[_roster.Persons[row].Texts.StaffEmail]));
        csv.Value(AppleText.Clean(_roster[_roster.Persons[row].Texts.PrincipalName]));
        _staff.WriteLocations(csv, row);
        csv.EndRow();
    }

    private void WriteNames(CsvWriter csv, int row)
    {
        ref readonly var person = ref _roster.Persons[row];
        csv.Value(person.Id);
        csv.Value(AppleText.Clean(PersonNumber(row)));
        csv.Value(AppleText.Clean(_roster[person.Texts.GivenName]));
        csv.Value(AppleText.Clean(_roster[person.Texts.MiddleName]));
        csv.Value(AppleText.Clean(_roster[person.Texts.FamilyName]));
    }

    private ReadOnlySpan<byte> PersonNumber(int row) =>
        _settings.PersonNumber == AppleSettings.CivicNumber ? WithoutHyphen(_roster[_roster.Persons[row].Texts.CivicNumber])
        : _settings.IdentifierContext is { } context ? Identifier(row, context)
        : default;

    private ReadOnlySpan<byte> Identifier(int person, string context)
    {
        foreach (var row in _identifiers![person])
        {
            if (_roster.Vocabulary.IdentifierContexts[_roster.Identifiers[row].Context] == context)
            {
                return _roster[_roster.Identifiers[row].Value];
            }
        }

        return default;
    }

    private static ReadOnlySpan<byte> WithoutHyphen(ReadOnlySpan<byte> number) =>
        number.Contains((byte)'-') ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(number).Replace("-", "", StringComparison.Ordinal)) : number;

    private void WriteClasses(CsvWriter csv)
    {
        csv.Header([.. AppleFile.Classes.Columns, .. _instructors.FurtherColumns]);
        var order = IdSort.Order(_classIds);
        csv.Rows(order.Length, (part, first, end) =>
        {
            foreach (var row in order.AsSpan(first..end))
            {
                if (_sections[row])
                {
                    WriteClass(part, row);
                }
            }
        });
    }

    private void WriteClass(CsvWriter csv, int row)
    {
        ref readonly var section = ref _roster.Sections[row];
        csv.Value(_classIds[row]);
        csv.Value(AppleText.Clean(_roster[section.Name]));
        csv.Value(_courses.Id(row));
        _instructors.Write(csv, row, _roster.Units[section.Unit].Id);
        csv.EndRow();
    }
}
