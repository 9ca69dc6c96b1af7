using System.Collections;
using System.IO.Hashing;
using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Who stands in which institution's document, and as what. Pure: choosing and writing come to the same.</summary>
internal sealed class ImportPlaces
{
    private readonly Roster _roster;
    private readonly UniloginImportSettings _settings;
    private readonly ImportInstitutions _institutions;
    private readonly ImportGroups _groups;
    private readonly Grouping _memberships;
    private readonly FindingLog _findings = new();

    public ImportPlaces(Roster roster, UniloginImportSettings settings, ImportPeople people, ImportInstitutions institutions, ImportGroups groups, Holders holders)
    {
        (_roster, _settings, _institutions, _groups) = (roster, settings, institutions, groups);
        Contested = new BitArray(roster.Persons.Count);
        _memberships = new Grouping(
            roster.Persons.Count, roster.Members.Count,
            row => groups.OfSection(roster.Members[row].Section) < 0 ? -1 : roster.Members[row].Person);
        int student = 0, staff = 0;
        for (var person = 0; person < roster.Persons.Count; person++)
        {
            var stays = Next(roster.StudentUnits, ref student, person);
            var duties = Next(roster.StaffUnits, ref staff, person);
            foreach (var institution in InstitutionsOf(stays, duties))
            {
                if (IsNamed(people, person) && Find(person, institution, stays, duties) is { } place)
                {
                    Rows.Add(place);
                }
            }
        }

        SettleLocalIds(people, holders);
    }

    /// <summary>By person, then institution.</summary>
    public Table<ImportPlace> Rows { get; } = new();

    /// <summary>By row of the persons: whose local id somebody else has at an institution.</summary>
    public BitArray Contested { get; }

    public FindingLog Findings => _findings;

    /// <summary>Groups of the institution that a student is in, each once, by row.</summary>
    public IEnumerable<int> GroupsOf(int person, int institution) =>
        _memberships[person].ToArray().Select(row => _groups.OfSection(_roster.Members[row].Section))
            .Where(group => _groups.Institution(group) == institution).Distinct();

    private static ReadOnlySpan<PersonUnit> Next(Table<PersonUnit> table, ref int row, int person)
    {
        var start = row;
        while (row < table.Count && table[row].Person == person)
        {
            row++;
        }

        return table.Rows[start..row];
    }

    private SortedSet<int> InstitutionsOf(ReadOnlySpan<PersonUnit> stays, ReadOnlySpan<PersonUnit> duties)
    {
        var institutions = new SortedSet<int>();
        foreach (ref readonly var stay in stays)
        {
            institutions.Add(_institutions.OfUnit(stay.Unit));
        }

        foreach (ref readonly var duty in duties)
        {
            institutions.Add(_institutions.OfUnit(duty.Unit));
        }

        institutions.Remove(-1);
        return institutions;
    }

    private bool IsNamed(ImportPeople people, int person)
    {
        var refusal = people.IsTooLong(person) ? ImportFindings.TooLong
            : !people.HasName(person) ? ImportFindings.NameMissing
            : people.LocalId(person).Length == 0 ? ImportFindings.LocalIdMissing
            : null;
        Note(refusal, person);
        return refusal is null;
    }

    /// <summary>Of those who could stand at an institution with one local id: who was delivered with it, else the lowest id.</summary>
    private void SettleLocalIds(ImportPeople people, Holders holders)
    {
        var ids = Rows.Rows.ToArray().Select(place => people.LocalId(place.Person)).ToArray();
        var losers = Enumerable.Range(0, ids.Length).GroupBy(row => (Rows[row].Institution, ids[row])).Where(same => same.Count() > 1)
            .SelectMany(same => same.OrderByDescending(row => holders.Has(_roster.Persons[Rows[row].Person].Id, HashOf(ids[row]))).Skip(1))
            .Order().ToList();
        var places = Rows.Rows.ToArray();
        foreach (var row in losers)
        {
            Contested[places[row].Person] = true;
            Note(ImportFindings.LocalIdTaken, places[row].Person);
        }

        if (losers.Count > 0)
        {
            Rows.Clear();
            foreach (var place in places.Where((_, row) => losers.BinarySearch(row) < 0))
            {
                Rows.Add(place);
            }
        }
    }

    /// <summary>Of a local id, as it is remembered who was delivered with it.</summary>
    public static ulong HashOf(string localId) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(localId));

    /// <summary>Who is both has one row, as staff.</summary>
    private ImportPlace? Find(int person, int institution, ReadOnlySpan<PersonUnit> stays, ReadOnlySpan<PersonUnit> duties)
    {
        var stay = BestStay(institution, stays);
        var place = FindStaff(person, institution, duties);
        Note(place is not null && stay is not null ? ImportFindings.StaffBeforeStudent : null, person);
        return place ?? (stay is { } found ? FindStudent(person, institution, found) : null);
    }

    private ImportPlace? FindStaff(int person, int institution, ReadOnlySpan<PersonUnit> duties)
    {
        var (employee, other, isThere) = (0, 0, false);
        foreach (ref readonly var duty in duties)
        {
            if (_institutions.OfUnit(duty.Unit) == institution)
            {
                var value = Value(_roster.Vocabulary.DutyRoles, duty.Kind);
                var role = _settings.StaffRoles.GetValueOrDefault(value) ?? ImportValues.Role(value);
                employee |= Bit(ImportKind.Employee, role);
                other |= Bit(ImportKind.Extern, role);
                isThere = true;
            }
        }

        Note(isThere && (employee | other) == 0 ? ImportFindings.RoleUnknown : null, person);
        return employee != 0 ? new ImportPlace(person, institution, ImportKind.Employee, (byte)employee)
            : other != 0 ? new ImportPlace(person, institution, ImportKind.Extern, (byte)(other & -other))
            : null;
    }

    private ImportPlace? FindStudent(int person, int institution, PersonUnit stay)
    {
        var main = GroupsOf(person, institution).Where(_groups.IsMain).Order().ToList();
        Note(main.Count == 0 ? ImportFindings.MainGroupMissing : main.Count > 1 ? ImportFindings.SeveralMainGroups : null, person);
        if (main.Count == 0)
        {
            return null;
        }

        var schoolType = Value(_roster.Vocabulary.SchoolTypes, stay.Kind);
        var level = LevelOf(schoolType, _roster.Persons[person].SchoolYear);
        Note(level is null ? ImportFindings.LevelUnknown : null, person);
        var role = _settings.StudentRoles.GetValueOrDefault(schoolType) ?? ImportValues.StudentRole(schoolType);
        return new ImportPlace(
            person, institution, ImportKind.Student, (byte)Bit(ImportKind.Student, role),
            (byte)ImportValues.Levels.Index().First(known => known.Item == (level ?? ImportValues.OtherLevel)).Index, main[0]);
    }

    private string? LevelOf(string schoolType, int year) =>
        _settings.Levels.GetValueOrDefault($"{schoolType}:{year}")
        ?? _settings.Levels.GetValueOrDefault(schoolType)
        ?? ImportValues.Level(schoolType, year);

    /// <summary>Of a pupil's stays at the institution the one that began last; care beside school only where there is nothing else.</summary>
    private PersonUnit? BestStay(int institution, ReadOnlySpan<PersonUnit> stays)
    {
        PersonUnit? best = null;
        foreach (ref readonly var stay in stays)
        {
            if (_institutions.OfUnit(stay.Unit) == institution && (best is null || !IsLeisure(stay) || IsLeisure(best.Value)))
            {
                best = stay;
            }
        }

        return best;
    }

    private bool IsLeisure(PersonUnit stay) => ImportValues.IsLeisure(Value(_roster.Vocabulary.SchoolTypes, stay.Kind));

    private static int Bit(ImportKind kind, string? role)
    {
        var number = ImportPlace.NamesOf(kind).ToList().IndexOf(role ?? "");
        return number < 0 ? 0 : 1 << number;
    }

    private static string Value(IReadOnlyList<string> vocabulary, int number) => number < vocabulary.Count ? vocabulary[number] : "";

    private void Note(string? finding, int person)
    {
        if (finding is not null)
        {
            _findings.Add(finding, EntityKind.Person, _roster.Persons[person].Id);
        }
    }
}
