using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources.Unilogin;

/// <summary>Puts the institutions' rows together, in their order. Who stands in several places is one person, with whatever marking is the strictest.</summary>
internal sealed class InstitutionJoin(SourceData whole)
{
    private readonly Dictionary<EntityId, int> _persons = [];

    public void Add(SourceData institution)
    {
        var persons = JoinPersons(institution);
        var (units, groups, duties) = (whole.Units.Count, whole.Groups.Count, whole.Duties.Count);
        whole.Units.Add(institution.Units);
        foreach (ref var row in institution.Groups.Rows)
        {
            row.Unit = units;
        }

        whole.Groups.Add(institution.Groups);
        foreach (ref var row in institution.SchoolPlacements.Rows)
        {
            (row.Person, row.Unit) = (persons[row.Person], units);
        }

        whole.SchoolPlacements.Add(institution.SchoolPlacements.Rows);
        foreach (ref var row in institution.Duties.Rows)
        {
            (row.Person, row.Unit) = (persons[row.Person], units);
        }

        whole.Duties.Add(institution.Duties);
        foreach (ref var row in institution.Memberships.Rows)
        {
            (row.Group, row.Person) = (row.Group + groups, persons[row.Person]);
        }

        whole.Memberships.Add(institution.Memberships.Rows);
        foreach (ref var row in institution.GroupTeachers.Rows)
        {
            (row.Group, row.Duty) = (row.Group + groups, row.Duty + duties);
        }

        whole.GroupTeachers.Add(institution.GroupTeachers.Rows);
        foreach (ref var row in institution.Responsibles.Rows)
        {
            row.Student = persons[row.Student];
        }

        whole.Responsibles.Add(institution.Responsibles.Rows);
        foreach (ref var row in institution.Identifiers.Rows)
        {
            row.Person = persons[row.Person];
        }

        whole.Identifiers.Add(institution.Identifiers.Rows);
        whole.Findings.Add(institution.Findings);
        whole.Texts.Add(institution.Texts);
    }

    /// <summary>By row of the institution's persons: the row in the whole.</summary>
    private int[] JoinPersons(SourceData institution)
    {
        var rows = new int[institution.Persons.Count];
        for (var copy = 0; copy < rows.Length; copy++)
        {
            var id = institution.Persons.Id(copy);
            if (_persons.TryGetValue(id, out rows[copy]))
            {
                Join(ref whole.Persons[rows[copy]], institution.Persons[copy]);
                continue;
            }

            rows[copy] = _persons[id] = whole.Persons.Count;
            whole.Persons.Add(id, institution.Persons[copy]);
        }

        return rows;
    }

    /// <summary>What the later copy says counts, where it says anything.</summary>
    private static void Join(ref PersonRow person, in PersonRow copy)
    {
        person.GivenName = Later(person.GivenName, copy.GivenName);
        person.FamilyName = Later(person.FamilyName, copy.FamilyName);
        person.StudentEmail = Later(person.StudentEmail, copy.StudentEmail);
        person.StaffEmail = Later(person.StaffEmail, copy.StaffEmail);
        person.PrivateEmail = Later(person.PrivateEmail, copy.PrivateEmail);
        person.CivicNumber = Later(person.CivicNumber, copy.CivicNumber);
        person.OwnMarking = person.OwnMarking > copy.OwnMarking ? person.OwnMarking : copy.OwnMarking;
        person.Facts |= copy.Facts;
    }

    private static Text Later(Text earlier, Text later) => later.IsEmpty ? earlier : later;
}
