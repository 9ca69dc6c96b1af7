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
    public static readonly CsvFormat Format = CsvFormat.Quoting((byte)',', " ,;"u8);

    private readonly Roster _roster;
    private readonly BitArray _sections;
    private readonly EntityId[] _classIds;
    private readonly AppleRoles _roles;
    private readonly AppleSettings _settings;
    private readonly AppleValues _values;
    private readonly BitArray _withoutAddress;
    private readonly ApplePersons _students;
    private readonly ApplePersons _staff;
    private readonly AppleCourses _courses;
    private readonly AppleInstructors _instructors;

    public AppleContent(Roster roster, FeedSelection selection, AppleSettings settings)
    {
        _roster = roster;
        _sections = selection.Sections;
        _classIds = AppleIds.OfClasses(roster);
        _roles = new AppleRoles(roster, selection.Persons);
        _settings = settings;
        _values = new AppleValues(roster, settings);
        _withoutAddress = _values.WithoutAddress(selection);
        _students = new ApplePersons(roster, roster.StudentUnits, _roles.Students);
        _staff = new ApplePersons(roster, roster.StaffUnits, _roles.Staff);
        _courses = new AppleCourses(roster, selection.Sections);
        _instructors = new AppleInstructors(roster, _roles.Staff, selection.Sections);
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
            csv.Value(AppleText.NameOfThing(_roster[unit.Name]));
            csv.EndRow();
        }
    }

    private void WriteStudents(CsvWriter csv)
    {
        csv.Header([.. AppleFile.Students.Columns, .. _students.FurtherColumns]);
        string[] names = ["", .. Enumerable.Range(0, sbyte.MaxValue).Select(year => year.ToString(CultureInfo.InvariantCulture))];
        var policies = Array.ConvertAll(names, year => Encoding.UTF8.GetBytes(_settings.PasswordPolicy.GetValueOrDefault(year, "")));
        csv.Rows(_roster.Persons.Count, (part, first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                if (_roles.Students[row])
                {
                    WriteStudent(part, row, policies);
                }
            }
        });
    }

    private void WriteStudent(CsvWriter csv, int row, byte[][] policies)
    {
        WriteNames(csv, row);
        csv.Value(_values.GradeLevel(row));
        WriteLogin(csv, row);
        csv.Value(policies[_roster.Persons[row].SchoolYear + 1]);
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
        WriteLogin(csv, row);
        _staff.WriteLocations(csv, row);
        csv.EndRow();
    }

    private void WriteNames(CsvWriter csv, int row)
    {
        csv.Value(_roster.Persons[row].Id);
        csv.Value(_values.PersonNumber(row));
        csv.Value(_values.FirstName(row));
        csv.Value(_values.MiddleName(row));
        csv.Value(_values.LastName(row));
    }

    private void WriteLogin(CsvWriter csv, int row)
    {
        csv.Value(_withoutAddress[row] ? default : _values.Email(row));
        csv.Value(_values.UserName(row));
    }

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
        csv.Value(AppleText.NameOfThing(_roster[section.Name]));
        csv.Value(_courses.Id(row));
        _instructors.Write(csv, row, _roster.Units[section.Unit].Id);
        csv.EndRow();
    }
}
