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
    private int _columns;

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
            Column(content.Ids.Subject(ObjectKind.School, row));
            Column(_text.Clean(_roster[unit.SchoolUnitCode]));
            Column(_text.Clean(_roster[unit.Name]));
            Column(forms.Of(unit));
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
                Column(content.Ids.Subject(ObjectKind.Class, row));
                Column(_text.Clean(names.Of(_roster.Sections[row])));
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
            Column(_text.Clean(_roster[person.Texts.GivenName]));
            Column(_text.Clean(_roster[person.Texts.FamilyName]));
            Column(_text.Clean(_roster[PersonEmail.Of(person)]));
            Column(content.Ids.Subject(ObjectKind.User, rank));
            FillTo(PrincipalFormat.SchoolYear);
            Column(years[person.SchoolYear + 1]);
            EndRow(ObjectKind.User, rank);
        }
    }

    private void Column(ReadOnlySpan<byte> value)
    {
        _row.Write(value);
        _row.Write("\t"u8);
        _columns++;
    }

    private void FillTo(int column)
    {
        while (_columns < column - 1)
        {
            Column(default);
        }
    }

    private void EndRow(ObjectKind kind, int rank)
    {
        var format = PrincipalFormat.All[(int)kind];
        FillTo(format.Columns);
        _row.Write(format.Name);
        _key.Write([(byte)('0' + (int)kind), (byte)'\t']);
        _key.Write(content.Ids.Subject(kind, rank));
        sink(_key.WrittenSpan, _row.WrittenSpan);
        _key.ResetWrittenCount();
        _row.ResetWrittenCount();
        _columns = 0;
    }
}
