using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>Writes the decisions down, person by person in the order of their ids. Pure.</summary>
public sealed class LedgerBuilder
{
    private readonly Decisions _decisions;
    private readonly SourceData _data;
    private readonly Roster _roster;
    private readonly IReadOnlyList<LedgerFeed> _feeds;

    /// <summary>By row of the source's persons: school placements and, numbered after them, duties.</summary>
    private readonly Grouping _stays;

    /// <summary>By row of the source's persons: how many students name them.</summary>
    private readonly int[] _namedBy;
    private readonly PersonSections _sections;
    private readonly LedgerNotes _notes;

    /// <summary>By row of the ledger: the row in the roster, or the complement of the next one there.</summary>
    private readonly int[] _inRoster;

    private LedgerBuilder(Decisions decisions, Roster roster, IReadOnlyList<LedgerFeed> feeds)
    {
        _decisions = decisions;
        _data = decisions.Data;
        _roster = roster;
        _feeds = feeds;
        var stays = Task.Run(() => new Grouping(_data.Persons.Count, _data.SchoolPlacements.Count + _data.Duties.Count, PersonOfStay));
        var namedBy = Task.Run(CountNaming);
        _sections = new PersonSections(roster);
        _notes = new LedgerNotes(feeds);
        _inRoster = RowsInRoster();
        (_stays, _namedBy) = (stays.Result, namedBy.Result);
    }

    /// <param name="feeds">The run's feeds with those they have, by row of the roster's persons; 32 at most.</param>
    public static LedgerSource Build(Decisions decisions, Roster roster, IReadOnlyList<LedgerFeed> feeds)
    {
        var (builder, window) = (new LedgerBuilder(decisions, roster, feeds), decisions.Window);
        return new LedgerSource(
            new LedgerFacts(window.Today, window.MarginDays, [.. feeds.Select(feed => feed.Name)], decisions.Data.Vocabularies.SchoolTypes.Values)
            {
                NoteCodes = builder._notes.Codes,
                PartialFeeds = [.. feeds.Where(feed => feed.IsPartial).Select(feed => feed.Name)],
            },
            new RowSource<LedgerPerson>(builder._inRoster.Length, builder.MakePersons),
            new RowSource<LedgerStay>(builder._stays.Rows.Length, builder.MakeStays),
            new RowSource<EntityId>(builder._sections.Count, builder.MakeSections),
            builder._notes.Rows);
    }

    private int PersonOfStay(int stay)
    {
        var duty = stay - _data.SchoolPlacements.Count;
        var person = duty < 0 ? _data.SchoolPlacements[stay].Person : _data.Duties.IsCurrent(duty) ? _data.Duties[duty].Person : -1;
        return person >= 0 && _data.Persons.IsCurrent(person) ? person : -1;
    }

    private int[] CountNaming()
    {
        var counts = new int[_data.Persons.Count];
        foreach (ref readonly var row in _data.Responsibles.Rows)
        {
            if (row.Responsible >= 0 && row.Responsible != row.Student && _decisions.Rules.Guardian.Passes(_decisions, row))
            {
                counts[row.Responsible]++;
            }
        }

        return counts;
    }

    /// <summary>Both are sorted by id, and everybody of the roster is in the pull.</summary>
    private int[] RowsInRoster()
    {
        var byId = _data.Persons.ById();
        var rows = new int[byId.Length];
        for (var (row, next) = (0, 0); row < rows.Length; row++)
        {
            rows[row] = _decisions.Eligible[byId[row]] != Roles.None ? next++ : ~next;
        }

        return rows;
    }

    private void MakePersons(int first, Span<LedgerPerson> rows)
    {
        var byId = _data.Persons.ById().Slice(first, rows.Length);
        var inRoster = _inRoster.AsSpan(first, rows.Length);
        for (var at = 0; at < rows.Length; at++)
        {
            var row = byId[at];
            ref readonly var person = ref _data.Persons[row];
            rows[at] = new LedgerPerson
            {
                Id = _data.Persons.Id(row),
                FirstStay = _stays.Start(row),
                Reasons = _decisions.Persons[row],
                Stays = Count(_stays.Start(row + 1) - _stays.Start(row)),
                NamedBy = Count(_namedBy[row]),
                Candidate = _decisions.Candidates[row],
                Eligible = _decisions.Eligible[row],
                OwnMarking = person.OwnMarking,
                MarkedOn = person.MarkedOn,
                Facts = person.Facts & (PersonFacts.Emigrated | PersonFacts.RegisteredAbroad | PersonFacts.Deceased),
                HasStudent = _decisions.HasStudent[row],
                FirstNote = _notes.FirstOf(_data.Persons.Id(row)),
            };
        }

        for (var at = 0; at < rows.Length; at++)
        {
            AddRoster(ref rows[at], inRoster[at]);
        }
    }

    private void AddRoster(ref LedgerPerson person, int inRoster)
    {
        person.FirstSection = _sections.Start(inRoster < 0 ? ~inRoster : inRoster);
        if (inRoster >= 0)
        {
            person.Sections = Count(_sections.Start(inRoster + 1) - person.FirstSection);
            person.Feeds = FeedBits(inRoster);
        }
    }

    private void MakeStays(int first, Span<LedgerStay> rows)
    {
        for (var at = 0; at < rows.Length; at++)
        {
            var stay = _stays.Rows[first + at];
            var duty = stay - _data.SchoolPlacements.Count;
            rows[at] = duty < 0 ? Placement(stay) : Duty(duty);
        }
    }

    private LedgerStay Placement(int row)
    {
        ref readonly var placement = ref _data.SchoolPlacements[row];
        return new LedgerStay
        {
            Unit = placement.UnitId,
            Start = placement.Start,
            End = placement.End,
            Reasons = _decisions.Placements[row],
            UnitReasons = UnitDetail(placement.Unit),
            Role = Roles.Student,
            SchoolType = placement.SchoolType,
            Cancelled = placement.Cancelled,
        };
    }

    private LedgerStay Duty(int row)
    {
        ref readonly var duty = ref _data.Duties[row];
        return new LedgerStay
        {
            Unit = duty.UnitId,
            Start = duty.Start,
            End = duty.End,
            Reasons = _decisions.Duties[row],
            UnitReasons = UnitDetail(duty.Unit),
            Role = Roles.Staff,
        };
    }

    private void MakeSections(int first, Span<EntityId> rows)
    {
        for (var at = 0; at < rows.Length; at++)
        {
            rows[at] = _roster.Sections[_sections.Rows[first + at]].Id;
        }
    }

    // A person with more than 65,535 of anything is an error of the source; the ledger then shows the first ones.
    private static ushort Count(int rows) => (ushort)Math.Min(ushort.MaxValue, rows);

    private uint UnitDetail(int unit) => unit < 0 ? ReasonFacts.UnitNotInPull : _decisions.Units[unit].Bits;

    private uint FeedBits(int person)
    {
        var bits = 0u;
        for (var feed = 0; feed < _feeds.Count; feed++)
        {
            bits |= _feeds[feed].Persons[person] ? 1u << feed : 0;
        }

        return bits;
    }
}
