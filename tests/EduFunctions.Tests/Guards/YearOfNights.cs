using EduFunctions.Pipeline.Eligibility;

namespace EduFunctions.Tests.Guards;

/// <summary>
/// A town's ordinary year, night by night, with nothing broken in it: on school days a few come, go, move and change; at the end of a term some of the staff
/// go; in July the oldest pupils; in one night of August everybody is a year older, all classes are new, and the youngest come.
/// </summary>
internal sealed class YearOfNights
{
    private const int Guardian = 10_000_000;

    private const int PupilsOfClass = 22;
    private const int PupilsOfTeacher = 11;

    /// <summary>A school of so few has one teacher.</summary>
    private const int FewPupils = 10;

    private readonly Random _random;
    private readonly int _schools;
    private readonly int _years;
    private readonly List<SketchPerson> _persons = [];
    private readonly List<SketchSection> _sections = [];
    private int _next;

    public YearOfNights(int schools, int pupils, int seed, int years)
    {
        (_random, _schools, _years) = (new Random(seed), schools, years);
        for (var school = 0; school < schools; school++)
        {
            foreach (var number in Enumerable.Range(0, pupils))
            {
                Enrol(school, number % _years);
            }

            foreach (var _ in Enumerable.Range(0, Math.Max(pupils < FewPupils ? 1 : 3, pupils / PupilsOfTeacher)))
            {
                Employ(school);
            }
        }

        MakeClasses();
    }

    /// <summary>From the first of September to the first of the next, but for days on which nothing happens.</summary>
    public IEnumerable<(DateOnly Date, RosterSketch Town)> Nights()
    {
        var first = new DateOnly(2026, 9, 1);
        yield return (first, Town());
        for (var date = first.AddDays(1); date <= first.AddYears(1); date = date.AddDays(1))
        {
            Turn(date);
            if (IsSchoolDay(date))
            {
                Ordinary();
            }

            if (IsSchoolDay(date) || date is { Day: 1 or 8 or 10 or 30 })
            {
                yield return (date, Town());
            }
        }
    }

    private static bool IsSchoolDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && date is not ({ Month: 12, Day: > 19 } or { Month: 1, Day: < 8 } or { Month: 6, Day: > 12 } or { Month: 7 } or { Month: 8, Day: < 16 });

    private void Turn(DateOnly date)
    {
        switch (date)
        {
            case { Month: 1, Day: 1 }:
                Dismiss(0.03);
                break;
            case { Month: 1, Day: 8 }:
                Engage(0.03);
                break;
            case { Month: 6, Day: 30 }:
                _persons.RemoveAll(person => person.Kind == RoleName.Students && YearOf(person) == _years - 1);
                Dismiss(0.12);
                break;
            case { Month: 8, Day: 10 }:
                Engage(0.12);
                RollOver();
                break;
        }
    }

    private void RollOver()
    {
        var sizes = Pupils().GroupBy(SchoolOf).ToDictionary(school => school.Key, school => school.Count() / (_years - 1));
        for (var at = 0; at < _persons.Count; at++)
        {
            if (_persons[at].Kind == RoleName.Students)
            {
                _persons[at] = _persons[at] with { SchoolYear = _persons[at].SchoolYear + 1 };
            }
        }

        foreach (var (school, newcomers) in sizes.OrderBy(school => school.Key))
        {
            Enumerable.Range(0, newcomers).ToList().ForEach(_ => Enrol(school, 0));
        }

        MakeClasses();
    }

    /// <summary>Of a thousand pupils one comes or goes every other day, and one changes school once a week.</summary>
    private void Ordinary()
    {
        foreach (var pupil in Pupils().ToList())
        {
            var dice = _random.NextDouble();
            if (dice < 0.00025)
            {
                Leave(pupil);
            }
            else if (dice < 0.0005)
            {
                JoinClass(Enrol(SchoolOf(pupil), YearOf(pupil)));
            }
            else if (dice < 0.0007)
            {
                Replace(pupil, pupil with { StudentUnits = [(0, _random.Next(_schools), "a")] });
            }
            else if (dice < 0.0008)
            {
                Replace(pupil, pupil with { Name = $"{pupil.Name} Ny", Email = $"ny{pupil.Id}@elev.example" });
            }
            else if (dice < 0.0013)
            {
                LeaveClasses(pupil.Id);
                JoinClass(pupil);
            }
        }

        foreach (var teacher in Staff().Where(_ => _random.NextDouble() < 0.0006).ToList())
        {
            Leave(teacher);
            Employ(teacher.StaffUnits[0].Unit);
        }
    }

    private IEnumerable<SketchPerson> Pupils() => _persons.Where(person => person.Kind == RoleName.Students);

    private IEnumerable<SketchPerson> Staff() => _persons.Where(person => person.Kind == RoleName.Staff);

    private static int SchoolOf(SketchPerson pupil) => pupil.StudentUnits[0].Unit;

    private static int YearOf(SketchPerson pupil) => pupil.SchoolYear;

    private SketchPerson Enrol(int school, int year)
    {
        var pupil = new SketchPerson(_next, Roles.Student, $"Elev {_next}", $"e{_next}@elev.example", true)
        {
            SchoolYear = year,
            StudentUnits = [(0, school, "a")],
            Login = $"e{_next}@id.example",
        };
        _next++;
        _persons.Add(pupil);
        return pupil;
    }

    private void Employ(int school)
    {
        _persons.Add(new SketchPerson(_next, Roles.Staff, $"Lärare {_next}", "", true) { StaffUnits = [(0, school, "a")] });
        _next++;
    }

    private void Dismiss(double share) => Staff().Where(_ => _random.NextDouble() < share).ToList().ForEach(Leave);

    private void Engage(double share)
    {
        foreach (var school in Staff().Select(teacher => teacher.StaffUnits[0].Unit).Where(_ => _random.NextDouble() < share).ToList())
        {
            Employ(school);
        }

        // Where nobody is left somebody is found.
        Enumerable.Range(0, _schools).Except(Staff().Select(teacher => teacher.StaffUnits[0].Unit)).ToList().ForEach(Employ);
    }

    private void Leave(SketchPerson person)
    {
        _persons.Remove(person);
        LeaveClasses(person.Id);
    }

    private void LeaveClasses(int person) => _sections.ForEach(section => section.Members.Remove(person));

    private void JoinClass(SketchPerson pupil) => _sections
        .Find(section => section.Unit == SchoolOf(pupil) && section.Name.StartsWith($"{YearOf(pupil)} ", StringComparison.Ordinal))?.Members.Add(pupil.Id);

    private void Replace(SketchPerson person, SketchPerson by) => _persons[_persons.IndexOf(person)] = by;

    private void MakeClasses()
    {
        _sections.Clear();
        foreach (var school in Pupils().GroupBy(pupil => (School: SchoolOf(pupil), Year: YearOf(pupil))).OrderBy(group => group.Key))
        {
            var teachers = Staff().Where(teacher => teacher.StaffUnits[0].Unit == school.Key.School).Select(teacher => teacher.Id).ToList();
            foreach (var (number, members) in school.Chunk(PupilsOfClass).Index())
            {
                _sections.Add(new SketchSection(_next++, school.Key.School, $"{school.Key.Year} {(char)('A' + number)}", "a", true)
                {
                    Members = [.. members.Select(pupil => pupil.Id)],
                    Teachers = teachers.Count == 0 ? [] : [teachers[_random.Next(teachers.Count)]],
                });
            }
        }
    }

    private RosterSketch Town()
    {
        var ids = _persons.Select(person => person.Id).ToHashSet();
        var guardians = Pupils().Select(pupil => new SketchPerson(Guardian + pupil.Id, Roles.Guardian, $"Förälder {pupil.Id}", "", true) { Students = [pupil.Id] });
        return new RosterSketch
        {
            Units = [.. Enumerable.Range(0, _schools)],
            Persons = [.. _persons.Concat(guardians).OrderBy(person => person.Id)],
            Sections = [.. _sections.OrderBy(section => section.Id).Select(section => section with
            {
                Members = [.. section.Members.Where(ids.Contains).Distinct()],
                Teachers = [.. section.Teachers.Where(ids.Contains)],
            })],
        };
    }
}
