using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Builds the eligible roster out of the decisions. Pure; every table leaves it sorted.</summary>
public sealed class RosterBuilder
{
    private readonly Decisions _decisions;
    private readonly SourceData _data;
    private readonly TextChunk _texts = new();
    private readonly Roster _roster;

    // By row of the source: the row in the roster.
    private readonly int[] _units;
    private readonly int[] _persons;

    private RosterBuilder(Decisions decisions)
    {
        _decisions = decisions;
        _data = decisions.Data;
        _roster = new Roster { Vocabulary = RosterVocabulary.Of(_data.Vocabularies) };
        _units = NoRows(_data.Units.Count);
        _persons = NoRows(_data.Persons.Count);

        // At most all of the source: one array, and no second one that grows out of it.
        _texts.Reserve(checked((int)_data.Texts.Length));
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
        builder._roster.Texts.Add(builder._texts);
        return builder._roster;
    }

    private void AddUnits()
    {
        foreach (var row in _data.Units.ById())
        {
            if (!_decisions.IsUnit(row))
            {
                continue;
            }

            ref readonly var unit = ref _data.Units[row];
            _units[row] = _roster.Units.Count;
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
        _roster.Persons.Reserve(_decisions.Eligible.Count(roles => roles != Roles.None));
        foreach (var row in _data.Persons.ById())
        {
            if (_decisions.Eligible[row] == Roles.None)
            {
                continue;
            }

            ref readonly var person = ref _data.Persons[row];
            _persons[row] = _roster.Persons.Count;
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

        _roster.StudentUnits.SortByOwner(_roster.Persons.Count);
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

        _roster.StaffUnits.SortByOwner(_roster.Persons.Count);
    }

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

        _roster.Identifiers.GroupByOwner(_roster.Persons.Count);
    }

    private void AddGuardianships()
    {
        foreach (var (guardian, student) in _decisions.Guardianships.Rows)
        {
            _roster.Guardianships.Add(new Guardianship(_persons[guardian], _persons[student]));
        }

        _roster.Guardianships.SortByOwner(_roster.Persons.Count);
        _roster.Guardianships.RemoveRepeats();
    }

    private void AddProtected()
    {
        _roster.Protected.Add([.. _data.ProtectedIds]);
        _roster.Protected.Rows.Sort();
    }

    private static int[] NoRows(int count)
    {
        var rows = new int[count];
        Array.Fill(rows, -1);
        return rows;
    }

    private Text Copy(Text text) => _texts.Add(_data.Texts[text]);
}
