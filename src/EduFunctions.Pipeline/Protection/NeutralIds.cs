using System.Collections;
using System.Security.Cryptography;
using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Gives schools, groups and courses whose ids would name a protected person neutral ones, wherever a roster refers to them: some registers make ids of texts, or
/// give a group the id of the person it is there for. A neutral id is a hash of the id with the tenant's key, so that it is the same every night, and in rosters
/// of earlier nights. Rosters are sorted by id: one with a new id is another roster.
/// </summary>
internal sealed class NeutralIds
{
    private readonly Roster _roster;
    private readonly byte[] _key;
    private readonly TellingText _telling;
    private readonly HashSet<EntityId> _persons;
    private readonly Dictionary<EntityId, EntityId> _neutral = [];

    private NeutralIds(Roster roster, ProtectedValues values)
    {
        (_roster, _key, _telling) = (roster, BitConverter.GetBytes(values.Key), new TellingText(new RowScan(values)));
        _persons = [.. roster.Protected.Rows];
        if (!values.IsEmpty)
        {
            Look();
        }
    }

    /// <summary>The roster itself where no id tells of anybody.</summary>
    public static NeutralRoster Of(Roster roster, ProtectedValues values)
    {
        var ids = new NeutralIds(roster, values);
        return ids._neutral.Count == 0 ? new NeutralRoster(roster, null, ids._neutral) : ids.Make();
    }

    private void Look()
    {
        foreach (ref readonly var unit in _roster.Units.Rows)
        {
            Look(unit.Id);
        }

        foreach (ref readonly var section in _roster.Sections.Rows)
        {
            Look(section.Id);
            Look(section.Group);
        }

        foreach (ref readonly var syllabus in _roster.Syllabuses.Rows)
        {
            Look(syllabus.Id);
        }
    }

    private void Look(EntityId id)
    {
        if (!_neutral.ContainsKey(id) && (id.IsText ? _telling.IsInKey(Utf8(id)) : _persons.Contains(id)))
        {
            _neutral[id] = EntityId.OfHash(HMACSHA256.HashData(_key, Utf8(id)));
        }
    }

    private static byte[] Utf8(EntityId id) => Encoding.UTF8.GetBytes(id.ToString());

    private EntityId Of(EntityId id) => _neutral.GetValueOrDefault(id, id);

    private NeutralRoster Make()
    {
        var (units, unitOrder) = Sorted(_roster.Units, row => row with { Id = Of(row.Id) }, static row => row.Id);
        var (syllabuses, syllabusOrder) = Sorted(_roster.Syllabuses, row => row with { Id = Of(row.Id) }, static row => row.Id);
        var (unitPlaces, syllabusPlaces) = (PlacesOf(unitOrder), PlacesOf(syllabusOrder));
        var (sections, order) = Sorted(_roster.Sections, Renamed, static row => row.Id);
        var places = PlacesOf(order);
        var roster = new Roster
        {
            Vocabulary = _roster.Vocabulary,
            Units = units,
            Persons = _roster.Persons,
            StudentUnits = AtUnits(_roster.StudentUnits, unitPlaces),
            StaffUnits = AtUnits(_roster.StaffUnits, unitPlaces),
            Identifiers = _roster.Identifiers,
            Guardianships = _roster.Guardianships,
            Syllabuses = syllabuses,
            Sections = sections,
            Members = InSections(_roster.Members, places),
            Teachers = InSections(_roster.Teachers, places),
            Mentors = InSections(_roster.Mentors, places),
            Identities = _roster.Identities,
            KeysOnly = _roster.KeysOnly,
            Protected = _roster.Protected,
            Unread = new([.. _roster.Unread.Rows.ToArray().Select(mark => mark with { Entity = Of(mark.Entity) })]),
            Doubts = new([.. _roster.Doubts.Rows.ToArray().Select(doubt => doubt with { Entity = Of(doubt.Entity) }).OrderBy(doubt => doubt.Kind).ThenBy(doubt => doubt.Entity)]),
        };
        roster.Texts.Add(_roster.Texts);
        return new NeutralRoster(roster, order, _neutral);

        RosterSection Renamed(RosterSection section) => section with
        {
            Id = Of(section.Id),
            Group = Of(section.Group),
            Unit = unitPlaces[section.Unit],
            Syllabus = section.Syllabus < 0 ? section.Syllabus : syllabusPlaces[section.Syllabus],
        };
    }

    /// <returns>The rows in the order of their new ids, and by new row the old one.</returns>
    private static (Table<T> Rows, int[] Order) Sorted<T>(Table<T> rows, Func<T, T> rename, Func<T, EntityId> idOf)
        where T : unmanaged
    {
        var renamed = Changed(rows, rename);
        var order = IdSort.Order(Array.ConvertAll(renamed, row => idOf(row)));
        return (new(Array.ConvertAll(order, row => renamed[row])), order);
    }

    private static T[] Changed<T>(Table<T> rows, Func<T, T> change)
        where T : unmanaged
    {
        var changed = rows.Rows.ToArray();
        foreach (ref var row in changed.AsSpan())
        {
            row = change(row);
        }

        return changed;
    }

    /// <summary>By old row the new one.</summary>
    private static int[] PlacesOf(int[] order)
    {
        var places = new int[order.Length];
        foreach (var (place, row) in order.Index())
        {
            places[row] = place;
        }

        return places;
    }

    private Table<PersonUnit> AtUnits(Table<PersonUnit> rows, int[] places)
    {
        var moved = new Table<PersonUnit>(Changed(rows, row => row with { Unit = places[row.Unit] }));
        moved.SortByOwner(_roster.Persons.Count);
        return moved;
    }

    private Table<SectionPerson> InSections(Table<SectionPerson> rows, int[] places)
    {
        var moved = new Table<SectionPerson>(Changed(rows, row => row with { Section = places[row.Section] }));
        moved.SortByOwner(_roster.Sections.Count);
        return moved;
    }
}

/// <summary>A roster in which no id tells of anybody.</summary>
/// <param name="Sections">By row of the sections, the row in the roster as it was; null where nothing has moved.</param>
/// <param name="Ids">The neutral ids, by those in whose place they are.</param>
internal sealed record NeutralRoster(Roster Roster, int[]? Sections, IReadOnlyDictionary<EntityId, EntityId> Ids)
{
    /// <summary>A feed's part of the roster as it was, of this one.</summary>
    public FeedSelection Of(FeedSelection selection) => Sections is null ? selection : selection with
    {
        Sections = new BitArray(Array.ConvertAll(Sections, row => selection.Sections[row])),
        Movements = [.. selection.Movements.Select(Renamed)],
        Arrivals = [.. selection.Arrivals.Select(Renamed)],
    };

    private Movement Renamed(Movement row) => row with { School = Ids.GetValueOrDefault(row.School, row.School) };
}
