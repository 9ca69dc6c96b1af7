using System.Collections;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Which rows stay as the target has them since the source was not understood there (<see cref="Rosters.Roster.Doubts"/>): those it said something about
/// that nobody can read, and, when a whole row is lost that may be anybody's, all that would go.
/// </summary>
internal sealed class DoubtedRows
{
    private readonly RosterDifference _difference;
    private readonly ILookup<EntityKind, EntityId> _doubts;
    private readonly BitArray _persons;
    private readonly BitArray _sections;

    private DoubtedRows(RosterDifference difference)
    {
        _difference = difference;
        _doubts = difference.Now.Roster.Doubts.Rows.ToArray().ToLookup(doubt => doubt.Kind, doubt => doubt.Entity);
        _persons = new BitArray(difference.Persons.Count);
        _sections = new BitArray(difference.Sections.Count);
    }

    /// <summary>Null when all was understood.</summary>
    public static DoubtedRows? Of(RosterDifference difference)
    {
        if (difference.Now.Roster.Doubts.Count == 0)
        {
            return null;
        }

        var doubted = new DoubtedRows(difference);
        var units = doubted.UnitsBefore();
        doubted.MarkPersons(units);
        doubted.MarkGuardians();
        doubted.MarkSections(units);
        return doubted;
    }

    /// <summary>Whether what the source says of the person was not understood.</summary>
    public bool HasPerson(int rank) => _persons[rank];

    public bool HasSection(int rank) => _sections[rank];

    /// <summary>Whether the person's row stays as the target has it.</summary>
    public bool KeepsPerson(int rank) => _difference.Before.HasPerson(_difference.Persons.Before(rank))
        && (_persons[rank] || (_difference.PersonRows[rank].Change == Change.Removed && Loses(EntityKind.Person)));

    /// <inheritdoc cref="KeepsPerson"/>
    public bool KeepsSection(int rank) => _difference.Before.HasSection(_difference.Sections.Before(rank))
        && (_sections[rank] || (_difference.SectionRows[rank].Change == Change.Removed && (Loses(EntityKind.Group) || Loses(EntityKind.Syllabus))));

    /// <summary>Whether a row of this kind is lost, and nobody knows which; without its unit nobody can be told to have gone.</summary>
    private bool Loses(EntityKind kind) => _doubts[kind].Any(id => id.IsNone) || _doubts[EntityKind.Unit].Any(id => id.IsNone);

    /// <summary>By row of the earlier units: whether the unit is in doubt.</summary>
    private BitArray UnitsBefore()
    {
        var roster = _difference.Before.Roster;
        var (ids, units) = (_doubts[EntityKind.Unit].ToHashSet(), new BitArray(roster.Units.Count));
        for (var row = 0; ids.Count > 0 && row < units.Length; row++)
        {
            units[row] = ids.Contains(roster.Units[row].Id);
        }

        return units;
    }

    private void MarkPersons(BitArray units)
    {
        var ids = _doubts[EntityKind.Person].ToHashSet();
        var (students, staff) = (_doubts[EntityKind.Placement].Any(), _doubts[EntityKind.Duty].Any());
        for (var rank = 0; rank < _persons.Length; rank++)
        {
            var row = _difference.Persons.Before(rank);
            _persons[rank] = ids.Contains(_difference.PersonId(rank)) || (row >= 0 && (
                (students && _difference.Before.StudentUnits(row).Length > 0)
                || (staff && _difference.Before.StaffUnits(row).Length > 0)
                || IsAt(_difference.Before.StudentUnits(row), units)
                || IsAt(_difference.Before.StaffUnits(row), units)));
        }
    }

    private static bool IsAt(ReadOnlySpan<Rosters.PersonUnit> places, BitArray units)
    {
        foreach (var place in places)
        {
            if (units[place.Unit])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whom a student names is part of what the source says of the student.</summary>
    private void MarkGuardians()
    {
        foreach (ref readonly var pair in _difference.Before.Roster.Guardianships.Rows)
        {
            var (guardian, student) = (_difference.Persons.RankBefore[pair.Guardian], _difference.Persons.RankBefore[pair.Student]);
            _persons[guardian] |= _persons[student] && _difference.Before.StudentUnits(pair.Student).Length > 0;
        }
    }

    private void MarkSections(BitArray units)
    {
        var (groups, syllabuses) = (_doubts[EntityKind.Group].ToHashSet(), _doubts[EntityKind.Syllabus].ToHashSet());
        var roster = _difference.Before.Roster;
        for (var row = 0; row < roster.Sections.Count; row++)
        {
            ref readonly var section = ref roster.Sections[row];
            _sections[_difference.Sections.RankBefore[row]] = _doubts[EntityKind.Activity].Any()
                || groups.Contains(section.Group) || units[section.Unit]
                || (section.Syllabus >= 0 && syllabuses.Contains(roster.Syllabuses[section.Syllabus].Id));
        }
    }
}
