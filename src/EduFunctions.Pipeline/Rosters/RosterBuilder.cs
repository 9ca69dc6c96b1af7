using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Builds the eligible roster out of the decisions. Pure; every table leaves it sorted.</summary>
public sealed class RosterBuilder
{
    private readonly Decisions _decisions;
    private readonly SourceData _data;
    private readonly TextChunk _personTexts = TextChunk.Empty(Roster.PersonTexts);
    private readonly TextChunk _otherTexts = TextChunk.Empty(Roster.OtherTexts);
    private readonly Roster _roster;

    // By row of the source: the row in the roster.
    private readonly int[] _units;
    private readonly int[] _persons;

    private RosterBuilder(Decisions decisions)
    {
        _decisions = decisions;
        _data = decisions.Data;
        _roster = new Roster { Vocabulary = RosterVocabulary.Of(_data.Vocabularies) };
        _units = Positions(_data.Units, _decisions.IsUnit);
        _persons = Positions(_data.Persons, person => _decisions.Eligible[person] != Roles.None);
    }

    public static Roster Build(Decisions decisions)
    {
        var builder = new RosterBuilder(decisions);
        builder.AddUnits();
        Parallel.Invoke(builder.AddPeople, builder.AddSections);
        builder.AddProtected();
        builder._roster.Texts.Add(builder._personTexts);
        builder._roster.Texts.Add(builder._otherTexts);
        return builder._roster;
    }

    /// <summary>By row: the place among the wanted ones in the order of the ids, -1 for the others.</summary>
    private static int[] Positions<T>(EntityTable<T> table, Predicate<int> wanted)
        where T : unmanaged
    {
        var positions = new int[table.Count];
        Array.Fill(positions, -1);
        var next = 0;
        foreach (var row in table.ById())
        {
            positions[row] = wanted(row) ? next++ : -1;
        }

        return positions;
    }

    private void AddPeople()
    {
        PersonGathering.Copy(_decisions, _roster, _personTexts);
        Parallel.Invoke(AddStudentUnits, AddStaffUnits, AddIdentifiers, AddGuardianships);
    }

    private void AddSections() => new SectionBuilder(_decisions, _roster, _units, _persons, Copy).Build();

    private void AddUnits()
    {
        foreach (var row in _data.Units.ById())
        {
            if (_units[row] < 0)
            {
                continue;
            }

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

    private void AddStudentUnits()
    {
        var (rows, stays) = (_data.SchoolPlacements, _roster.StudentUnits);
        var (places, years) = (new OwnerPlaces(_roster.Persons.Count), new SchoolYears(_roster));
        for (var row = 0; row < rows.Count; row++)
        {
            if (IsStay(row))
            {
                places.Count(_persons[rows[row].Person]);
            }
        }

        stays.Resize(places.Sum());
        for (var row = 0; row < rows.Count; row++)
        {
            if (IsStay(row))
            {
                ref readonly var placement = ref rows[row];
                var (person, unit) = (_persons[placement.Person], _units[placement.Unit]);
                stays[places.Take(person)] = new PersonUnit { Person = person, Unit = unit, Start = placement.Start, Kind = placement.SchoolType };
                years.Offer(person, unit, placement.Start, placement.SchoolYear);
            }
        }

        stays.SortWithinOwners();
    }

    private bool IsStay(int placement) =>
        _decisions.Placements[placement].Passes && _decisions.Is(_data.SchoolPlacements[placement].Person, Roles.Student);

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
                    Value = _personTexts.Add(_data.Texts[identifier.Value]),
                });
            }
        }

        _roster.Identifiers.GroupByOwner(_roster.Persons.Count);
    }

    private void AddGuardianships()
    {
        var places = new OwnerPlaces(_roster.Persons.Count);
        foreach (var (guardian, _) in _decisions.Guardianships.Rows)
        {
            places.Count(_persons[guardian]);
        }

        _roster.Guardianships.Resize(places.Sum());
        foreach (var (guardian, student) in _decisions.Guardianships.Rows)
        {
            _roster.Guardianships[places.Take(_persons[guardian])] = new Guardianship(_persons[guardian], _persons[student]);
        }

        _roster.Guardianships.SortWithinOwners();
        _roster.Guardianships.RemoveRepeats();
    }

    private void AddProtected()
    {
        _roster.Protected.Add([.. _data.ProtectedIds]);
        _roster.Protected.Rows.Sort();
        _roster.Doubts.Add([.. _data.Doubts.Rows.ToArray().Distinct().OrderBy(doubt => doubt.Kind).ThenBy(doubt => doubt.Entity)]);
        _roster.Unread.Add(UnreadMarks.Of(_data, person => _persons[person] >= 0));
        _roster.KeysOnly.Add([.. _data.KeysOnlyIds]);
        _roster.KeysOnly.Rows.Sort();
    }

    private Text Copy(Text text) => _otherTexts.Add(_data.Texts[text]);
}
