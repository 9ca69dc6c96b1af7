using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Builds the eligible roster out of the decisions. Pure; every table leaves it sorted.</summary>
public sealed class RosterBuilder
{
    private readonly Decisions _decisions;
    private readonly SourceData _data;
    private readonly TextChunk _texts = new(0);
    private readonly Roster _roster;
    private readonly int[] _units;
    private readonly int[] _persons;

    private RosterBuilder(Decisions decisions)
    {
        _decisions = decisions;
        _data = decisions.Data;
        _roster = new Roster { Vocabulary = RosterVocabulary.Of(_data.Vocabularies) };
        _units = new int[_data.Units.Count];
        _persons = new int[_data.Persons.Count];
    }

    public static Roster Build(Decisions decisions)
    {
        var builder = new RosterBuilder(decisions);
        builder.AddUnits();
        builder.AddPersons();
        builder.AddStudentUnits();
        builder.AddStaffUnits();
        builder.AddIdentifiers();
        builder.AddGuardianships();
        builder.AddProtected();
        new SectionBuilder(decisions, builder._roster, builder._units, builder._persons, builder.Copy).Build();
        builder._texts.Trim();
        builder._roster.Texts.Add(builder._texts);
        return builder._roster;
    }

    private void AddUnits()
    {
        foreach (var row in RowOrder.ById(_data.Units.Ids, _units, _decisions.IsUnit))
        {
            ref readonly var unit = ref _data.Units[row];
            _roster.Units.Add(new RosterUnit
            {
                Id = _data.Units.Id(row),
                Name = Copy(unit.Name),
                SchoolUnitCode = Copy(unit.SchoolUnitCode),
                SchoolTypes = unit.SchoolTypes,
            });
        }
    }

    private void AddPersons()
    {
        foreach (var row in RowOrder.ById(_data.Persons.Ids, _persons, row => _decisions.Eligible[row] != Roles.None))
        {
            ref readonly var person = ref _data.Persons[row];
            _roster.Persons.Add(new RosterPerson
            {
                Id = _data.Persons.Id(row),
                GivenName = Copy(person.GivenName),
                MiddleName = Copy(person.MiddleName),
                FamilyName = Copy(person.FamilyName),
                PrincipalName = Copy(person.PrincipalName),
                StudentEmail = Copy(person.StudentEmail),
                StaffEmail = Copy(person.StaffEmail),
                PrivateEmail = Copy(person.PrivateEmail),
                CivicNumber = Copy(person.CivicNumber),
                Roles = _decisions.Eligible[row],
                SchoolYear = -1,
            });
        }
    }

    private void AddStudentUnits()
    {
        var grades = new SchoolYears(_roster);
        for (var row = 0; row < _data.SchoolPlacements.Count; row++)
        {
            ref readonly var placement = ref _data.SchoolPlacements[row];
            if (!_decisions.Placements[row].Passes || !_decisions.Is(placement.Person, Roles.Student))
            {
                continue;
            }

            var (person, unit) = (_persons[placement.Person], _units[placement.Unit]);
            _roster.StudentUnits.Add(new PersonUnit { Person = person, Unit = unit, Start = placement.Start, Kind = placement.SchoolType });
            grades.Offer(person, unit, placement.Start, placement.SchoolYear);
        }

        Sort(_roster.StudentUnits);
    }

    private void AddStaffUnits()
    {
        for (var row = 0; row < _data.Duties.Count; row++)
        {
            ref readonly var duty = ref _data.Duties[row];
            if (!_decisions.IsDuty(row) || !_decisions.Is(duty.Person, Roles.Staff))
            {
                continue;
            }

            foreach (var unit in _decisions.DutyUnits[duty.Unit])
            {
                _roster.StaffUnits.Add(
                    new PersonUnit { Person = _persons[duty.Person], Unit = _units[unit], Start = duty.Start, Kind = duty.Role });
            }
        }

        Sort(_roster.StaffUnits);
    }

    private static void Sort(Table<PersonUnit> units) => units.Rows.Sort(static (left, right) =>
        left.Person != right.Person ? left.Person.CompareTo(right.Person)
        : left.Start != right.Start ? left.Start.CompareTo(right.Start)
        : left.Unit != right.Unit ? left.Unit.CompareTo(right.Unit)
        : left.Kind.CompareTo(right.Kind));

    private void AddIdentifiers()
    {
        foreach (ref readonly var identifier in _data.Identifiers.Rows)
        {
            if (_decisions.Eligible[identifier.Person] != Roles.None)
            {
                _roster.Identifiers.Add(new PersonIdentifier
                {
                    Person = _persons[identifier.Person],
                    Context = identifier.Context,
                    Value = Copy(identifier.Value),
                });
            }
        }

        // Stable: of several with one context the first stays first.
        var sorted = _roster.Identifiers.Rows.ToArray().OrderBy(identifier => identifier.Person).ToArray();
        sorted.CopyTo(_roster.Identifiers.Rows);
    }

    private void AddGuardianships()
    {
        var pairs = _decisions.Guardianships.Rows.ToArray()
            .Select(pair => (Guardian: _persons[pair.Guardian], Student: _persons[pair.Student]))
            .Distinct()
            .Order();
        foreach (var (guardian, student) in pairs)
        {
            _roster.Guardianships.Add(new Guardianship { Guardian = guardian, Student = student });
        }
    }

    private void AddProtected()
    {
        _roster.Protected.Add([.. _data.ProtectedIds]);
        _roster.Protected.Rows.Sort();
    }

    private Text Copy(Text text) => _texts.Add(_data.Texts[text]);
}
