using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>At which schools a few people of a pull are, and who belongs to them: a guardian is where the children are.</summary>
internal sealed class PeopleAround
{
    private readonly SourceData _data;
    private readonly Likenesses _likenesses;
    private readonly Dictionary<int, HashSet<Likeness>> _people;

    /// <summary>Of the rows of students: guardians who are asked for.</summary>
    private readonly List<(int Student, int Guardian)> _children = [];

    private PeopleAround(SourceData data, Likenesses likenesses, Dictionary<int, HashSet<Likeness>> people) => (_data, _likenesses, _people) = (data, likenesses, people);

    /// <param name="people">By their rows; takes what is found.</param>
    public static void AddTo(Dictionary<int, HashSet<Likeness>> people, SourceData data, Likenesses likenesses)
    {
        var around = new PeopleAround(data, likenesses, people);
        around.AddKin();
        around.AddSchools();
    }

    private void AddKin()
    {
        foreach (ref readonly var row in _data.Responsibles.Rows)
        {
            if (!row.ResponsibleId.IsNone && _people.TryGetValue(row.Student, out var student))
            {
                student.Add(_likenesses.Of(LikenessKind.Kin, row.ResponsibleId));
            }

            if (row.Responsible >= 0 && _people.TryGetValue(row.Responsible, out var guardian))
            {
                guardian.Add(_likenesses.Of(LikenessKind.Kin, _data.Persons.Id(row.Student)));
                _children.Add((row.Student, row.Responsible));
            }
        }
    }

    private void AddSchools()
    {
        var children = _children.ToLookup(pair => pair.Student, pair => pair.Guardian);
        foreach (ref readonly var row in _data.SchoolPlacements.Rows)
        {
            AddSchool(row.Person, row.UnitId, row.Unit);
            foreach (var guardian in _children.Count > 0 ? children[row.Person] : [])
            {
                AddSchool(guardian, row.UnitId, row.Unit);
            }
        }

        foreach (ref readonly var row in _data.Duties.Rows)
        {
            AddSchool(row.Person, row.UnitId, row.Unit);
        }
    }

    /// <summary>Another system has another id for the same school, but mostly its name or its code.</summary>
    private void AddSchool(int person, EntityId id, int unit)
    {
        if (id.IsNone || !_people.TryGetValue(person, out var found))
        {
            return;
        }

        found.Add(_likenesses.Of(LikenessKind.School, id));
        foreach (var text in unit < 0 ? (Text[])[] : [_data.Units[unit].Name, _data.Units[unit].SchoolUnitCode])
        {
            if (!text.IsEmpty)
            {
                found.Add(_likenesses.Of(LikenessKind.School, _data.Texts[text]));
            }
        }
    }
}
