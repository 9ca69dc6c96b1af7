using System.Globalization;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Who and what there is, as arithmetic: nothing is kept per person.</summary>
internal sealed class WorldLayout
{
    /// <summary>The last rows of <c>persons</c> say earlier ones again.</summary>
    public const int RepeatedPersons = 2;

    private const int PersonsPerSchool = 350;
    private const int FewestSchools = 4;

    public WorldLayout(WorldOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Persons, 100, "Persons");
        Options = options;
        Calendar = new Calendar(options.Today);
        Schools = Divide(options.Persons - RepeatedPersons);
        Persons = new Ranges(Schools, school => school.Persons);
        Students = new Ranges(Schools, school => school.Students);
        Guardians = new Ranges(Schools, school => school.Guardians);
        Staff = new Ranges(Schools, school => school.Staff);
        Groups = new Ranges(Schools, school => school.Groups);
        Activities = new Ranges(Schools, school => school.Activities);
        Duties = new Ranges(Schools, school => school.Duties);
        Placements = new Ranges(Schools, school => school.Placements);
    }

    public WorldOptions Options { get; }

    public Calendar Calendar { get; }

    /// <summary>The municipality's code as addresses have it.</summary>
    public int MunicipalityNumber => int.Parse(Options.MunicipalityCode, CultureInfo.InvariantCulture);

    public IReadOnlyList<SchoolLayout> Schools { get; }

    public Ranges Persons { get; }

    public Ranges Groups { get; }

    public Ranges Activities { get; }

    public Ranges Duties { get; }

    public Ranges Placements { get; }

    private Ranges Students { get; }

    private Ranges Guardians { get; }

    private Ranges Staff { get; }

    public Person PersonAt(int index)
    {
        var (school, number) = Persons.Locate(index);
        return Person.At(Schools[school], number);
    }

    public int IndexOf(Person person) => Persons.IndexOf(person.School, person.NumberInSchool);

    /// <summary>The how-manieth student, guardian or member of staff of the municipality.</summary>
    public int OrdinalOf(Person person) => RangesOf(person.Role).IndexOf(person.School, person.Number);

    public SchoolLayout After(SchoolLayout school) => Schools[(school.Index + 1) % Schools.Count];

    public PersonSituation SituationOf(Person person) => Situations.Of<PersonSituation>(Shifted(person, 41), Period(person.Role, 83));

    public StaySituation StayOf(Person person) => Situations.Of<StaySituation>(Shifted(person, 29), Period(person.Role, 89));

    // So that pupils and their guardians are not special in the same way.
    private int Shifted(Person person, int step) => OrdinalOf(person) + (step * (1 + (int)person.Role));

    private Ranges RangesOf(Role role) => role switch
    {
        Role.Student => Students,
        Role.Guardian => Guardians,
        _ => Staff,
    };

    // Small worlds show everything at once; in larger ones, and so in most schools, the ordinary prevails.
    private int Period(Role role, int usual)
    {
        const int ForFewStaff = 37;
        var rarity = Options.Persons switch { >= 20_000 => 11, >= 2_000 => 3, _ => 1 };
        return (role == Role.Staff ? ForFewStaff : usual) * rarity;
    }

    private static SchoolLayout[] Divide(int persons)
    {
        var schools = Math.Max(FewestSchools, persons / PersonsPerSchool);
        int Start(int school) => (int)((long)persons * school / schools);
        return [.. Enumerable.Range(0, schools).Select(i => new SchoolLayout(i, Start(i + 1) - Start(i)))];
    }
}
