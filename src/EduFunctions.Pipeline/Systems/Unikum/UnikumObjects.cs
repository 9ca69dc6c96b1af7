using System.Buffers;
using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>The rows of the principals file: schools, classes, users, each in the order of the ids.</summary>
internal sealed class UnikumObjects(UnikumContent content, UnikumObjects.Sink sink)
{
    public const string ClassName = "{group} {syllabus}";

    private readonly Roster _roster = content.Roster;
    private readonly UnikumText _text = new(content.Settings);
    private readonly ArrayBufferWriter<byte> _key = new();
    private readonly ArrayBufferWriter<byte> _row = new();
    private int _column = 1;

    /// <param name="key">Of the object: the number of its kind and its id.</param>
    public delegate void Sink(ReadOnlySpan<byte> key, ReadOnlySpan<byte> row);

    public void Write()
    {
        WriteSchools();
        WriteClasses();
        WriteUsers();
    }

    private void WriteSchools()
    {
        var forms = new SchoolForms(_roster, content.Settings);
        for (var row = 0; row < _roster.Units.Count; row++)
        {
            if (!content.Schools[row])
            {
                continue;
            }

            ref readonly var unit = ref _roster.Units[row];
            Fill(PrincipalFormat.School.Id, content.Ids.Subject(ObjectKind.School, row));
            Fill(PrincipalFormat.School.UnitCode, _text.Clean(_roster[unit.SchoolUnitCode]));
            Fill(PrincipalFormat.School.Name, _text.Clean(_roster[unit.Name]));
            Fill(PrincipalFormat.School.Form, forms.Of(unit));
            EndRow(ObjectKind.School, row);
        }
    }

    private void WriteClasses()
    {
        var names = new SectionNames(_roster, ClassName, new CleanText());
        for (var row = 0; row < _roster.Sections.Count; row++)
        {
            if (content.Classes[row])
            {
                Fill(PrincipalFormat.Class.Id, content.Ids.Subject(ObjectKind.Class, row));
                Fill(PrincipalFormat.Class.Name, _text.Clean(names.Of(_roster.Sections[row])));
                EndRow(ObjectKind.Class, row);
            }
        }
    }

    private void WriteUsers()
    {
        byte[][] years = [[], .. Enumerable.Range(0, sbyte.MaxValue + 1).Select(year => Encoding.UTF8.GetBytes(year.ToString(CultureInfo.InvariantCulture)))];
        for (var rank = 0; rank < content.People.Count; rank++)
        {
            ref readonly var person = ref _roster.Persons[content.People.Row(rank)];
            Fill(PrincipalFormat.User.FirstName, _text.Clean(_roster[person.Texts.GivenName]));
            Fill(PrincipalFormat.User.LastName, _text.Clean(_roster[person.Texts.FamilyName]));
            Fill(PrincipalFormat.User.Email, _text.Email(_roster[PersonEmail.Of(person)]));
            Fill(PrincipalFormat.User.Id, content.Ids.Subject(ObjectKind.User, rank));
            Fill(PrincipalFormat.User.SchoolYear, years[person.SchoolYear + 1]);
            EndRow(ObjectKind.User, rank);
        }
    }

    /// <summary>In ascending order of the columns; those between stay empty.</summary>
    private void Fill(PrincipalColumn column, ReadOnlySpan<byte> value)
    {
        SkipTo(column.Number);
        _row.Write(value);
    }

    private void SkipTo(int column)
    {
        for (; _column < column; _column++)
        {
            _row.Write("\t"u8);
        }
    }

    private void EndRow(ObjectKind kind, int rank)
    {
        var format = PrincipalFormat.All[(int)kind];
        SkipTo(format.Columns);
        _row.Write(format.Name);
        _key.Write([(byte)('0' + (int)kind), (byte)'\t']);
        _key.Write(content.Ids.Subject(kind, rank));
        sink(_key.WrittenSpan, _row.WrittenSpan);
        _key.ResetWrittenCount();
        _row.ResetWrittenCount();
        _column = 1;
    }
}
