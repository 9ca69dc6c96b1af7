using EduFunctions.Pipeline.Eligibility;

namespace EduFunctions.Tests.Guards;

/// <summary>Schools as sketches, each with pupils, their guardians, teachers and classes, and what may become of them in one night.</summary>
internal static class SketchTown
{
    private const int School = 10_000;
    private const int Teacher = 5_000;
    private const int Guardian = 7_000;
    private const int Again = 500_000;

    public static RosterSketch Of(int schools, int pupils, int teachers = 12, int classes = 20) => Sorted(
        [.. Enumerable.Range(0, schools + 1)],
        Enumerable.Range(0, schools).SelectMany(school => PersonsOf(school, pupils, teachers)),
        Enumerable.Range(0, schools).SelectMany(school => Enumerable.Range(0, classes).Select(number =>
            new SketchSection((school * School) + number, school, $"Klass Ö{number}", "a", true)
            {
                Members = [.. Enumerable.Range(0, pupils).Where(pupil => pupil % classes == number).Select(pupil => (school * School) + pupil)],
                Teachers = [(school * School) + Teacher + (number % teachers)],
            })));

    public static RosterSketch Persons(this RosterSketch town, Func<SketchPerson, IEnumerable<SketchPerson>> change)
    {
        var persons = town.Persons.SelectMany(change).ToList();
        var ids = persons.Select(person => person.Id).ToHashSet();
        return Sorted(
            town.Units,
            persons.Select(person => person with { Students = [.. person.Students.Where(ids.Contains)] }),
            town.Sections.Select(section => section with { Members = [.. section.Members.Where(ids.Contains)], Teachers = [.. section.Teachers.Where(ids.Contains)] }));
    }

    public static RosterSketch Sections(this RosterSketch town, Func<SketchSection, IEnumerable<SketchSection>> change) =>
        Sorted(town.Units, town.Persons, town.Sections.SelectMany(change));

    public static RosterSketch Without(this RosterSketch town, Func<SketchPerson, bool> isGone) =>
        town.Persons(person => isGone(person) ? [] : [person]);

    public static RosterSketch Changing(this RosterSketch town, Func<SketchPerson, bool> isMeant, Func<SketchPerson, SketchPerson> change) =>
        town.Persons(person => [isMeant(person) ? change(person) : person]);

    /// <summary>The same people under other ids, wherever they are named.</summary>
    public static RosterSketch Rekeyed(this RosterSketch town, Func<SketchPerson, bool> isMeant, Func<SketchPerson, SketchPerson>? change = null)
    {
        var meant = town.Persons.Where(isMeant).Select(person => person.Id).ToHashSet();
        int Id(int id) => meant.Contains(id) ? id + Again : id;
        return Sorted(
            town.Units,
            town.Persons.Select(person =>
                (meant.Contains(person.Id) && change is not null ? change(person) : person) with { Id = Id(person.Id), Students = [.. person.Students.Select(Id)] }),
            town.Sections.Select(section => section with { Members = [.. section.Members.Select(Id)], Teachers = [.. section.Teachers.Select(Id)] }));
    }

    /// <summary>Each of them has the values of the next one.</summary>
    public static RosterSketch Exchanging(this RosterSketch town, Func<SketchPerson, bool> isMeant)
    {
        var meant = town.Persons.Where(isMeant).ToList();
        var others = meant.Index().ToDictionary(person => person.Item.Id, person => meant[(person.Index + 1) % meant.Count]);
        return town.Changing(isMeant, person => person with { Name = others[person.Id].Name, Email = others[person.Id].Email, Login = others[person.Id].Login });
    }

    public static RosterSketch Doubled(this RosterSketch town, Func<SketchPerson, bool> isMeant) =>
        town.Persons(person => isMeant(person) ? [person, person with { Id = person.Id + Again }] : [person]);

    /// <summary>Everybody and everything of some schools is at another one.</summary>
    public static RosterSketch Moved(this RosterSketch town, Func<int, bool> isMeant, Func<int, int> to)
    {
        int Unit(int unit) => isMeant(unit) ? to(unit) : unit;
        List<(int, int, string)> Places(List<(int Start, int Unit, string Kind)> places) => [.. places.Select(place => (place.Start, Unit(place.Unit), place.Kind))];
        return Sorted(
            [.. town.Units.Concat(town.Units.Where(isMeant).Select(to)).Distinct().Order()],
            town.Persons.Select(person => person with { StudentUnits = Places(person.StudentUnits), StaffUnits = Places(person.StaffUnits) }),
            town.Sections.Select(section => section with { Unit = Unit(section.Unit) }));
    }

    public static int SchoolOf(this SketchPerson person) => person.Id % Again / School;

    /// <summary>The person's number among those of the same kind at the school.</summary>
    public static int Number(this SketchPerson person) => person.Id % 1000;

    public static bool IsPupil(this SketchPerson person) => person.Kind == RoleName.Students;

    public static bool IsTeacher(this SketchPerson person) => person.Kind == RoleName.Staff;

    public static bool IsGuardian(this SketchPerson person) => person.Kind == RoleName.Guardians;

    private static IEnumerable<SketchPerson> PersonsOf(int school, int pupils, int teachers) =>
    [
        .. Enumerable.Range(0, pupils).Select(number => new SketchPerson(
            (school * School) + number, Roles.Student, $"Åke {school}-{number}", $"p{school}-{number}@elev.example", true)
        {
            StudentUnits = [(0, school, "a")],
            Login = $"p{school}-{number}@id.example",
        }),
        .. Enumerable.Range(0, teachers).Select(number => new SketchPerson(
            (school * School) + Teacher + number, Roles.Staff, $"Örjan {school}-{number}", "", true) { StaffUnits = [(0, school, "a")] }),
        .. Enumerable.Range(0, pupils).Select(number => new SketchPerson(
            (school * School) + Guardian + number, Roles.Guardian, $"Ärna {school}-{number}", "", true) { Students = [(school * School) + number] }),
    ];

    private static RosterSketch Sorted(List<int> units, IEnumerable<SketchPerson> persons, IEnumerable<SketchSection> sections) => new()
    {
        Units = units,
        Persons = [.. persons.OrderBy(person => person.Id)],
        Sections = [.. sections.OrderBy(section => section.Id)],
    };
}
