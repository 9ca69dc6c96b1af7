using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>Who learns and who teaches in the classes.</summary>
internal sealed class OneRosterEnrollments
{
    private readonly OneRosterContent _content;
    private readonly Table<SectionPerson> _rows = new();
    private readonly int _students;
    private readonly EntityId[] _ids;

    public OneRosterEnrollments(OneRosterContent content)
    {
        _content = content;
        _students = Add(content.Roster.Members);
        Add(content.Roster.Teachers);
        _ids = new EntityId[_rows.Count];
        Derive("enrollment|student|"u8, 0, _students);
        Derive("enrollment|teacher|"u8, _students, _rows.Count);
    }

    public IEnumerable<string[]> Rows()
    {
        foreach (var at in IdSort.Order(_ids))
        {
            var row = _rows[at];
            yield return FormRow.Of(
                CsvForm.Enrollments, ("sourcedId", _ids[at].ToString()), ("classSourcedId", _content.ClassIds[row.Section].ToString()),
                ("schoolSourcedId", _content.Units[_content.Roster.Sections[row.Section].Unit]),
                ("userSourcedId", _content.Roster.Persons[row.Person].Id.ToString()), ("role", at < _students ? OneRosterWords.Student : OneRosterWords.Teacher));
        }
    }

    /// <returns>How many rows there are then.</returns>
    private int Add(Table<SectionPerson> people)
    {
        foreach (ref readonly var row in people.Rows)
        {
            if (_content.Classes[row.Section] && _content.Persons[row.Person])
            {
                _rows.Add(row);
            }
        }

        return _rows.Count;
    }

    private void Derive(ReadOnlySpan<byte> kind, int first, int end)
    {
        using var derived = new DerivedIds(kind, _ids);
        for (var at = first; at < end; at++)
        {
            derived.Add(at, _content.ClassIds[_rows[at].Section], _content.Roster.Persons[_rows[at].Person].Id);
        }
    }
}
