using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>Writes the decisions down, person by person in the order of their ids. Pure.</summary>
public sealed class LedgerBuilder
{
    private readonly Decisions _decisions;
    private readonly SourceData _data;
    private readonly Roster _roster;
    private readonly IReadOnlyList<(string Name, BitArray Persons)> _feeds;
    private readonly Ledger _ledger;
    private readonly Grouping _placements;
    private readonly Grouping _duties;
    private readonly Grouping _namedBy;
    private readonly Grouping _members;
    private readonly Grouping _teachers;

    /// <summary>By row of the source's persons: where the stays begin.</summary>
    private readonly int[] _firstStays;

    private LedgerBuilder(Decisions decisions, Roster roster, IReadOnlyList<(string Name, BitArray Persons)> feeds)
    {
        _decisions = decisions;
        _data = decisions.Data;
        _roster = roster;
        _feeds = feeds;
        _ledger = new Ledger
        {
            Facts = new LedgerFacts(
                decisions.Window.Today,
                decisions.Window.MarginDays,
                [.. feeds.Select(feed => feed.Name)],
                _data.Vocabularies.SchoolTypes.Values),
        };
        _placements = new Grouping(_data.Persons.Count, _data.SchoolPlacements.Count, row => _data.SchoolPlacements[row].Person);
        _duties = new Grouping(_data.Persons.Count, _data.Duties.Count, row => _data.Duties.IsCurrent(row) ? _data.Duties[row].Person : -1);
        _namedBy = new Grouping(_data.Persons.Count, _data.Responsibles.Count, GuardianRelation);
        _members = new Grouping(roster.Persons.Count, roster.Members.Count, row => roster.Members[row].Person);
        _teachers = new Grouping(roster.Persons.Count, roster.Teachers.Count, row => roster.Teachers[row].Person);
        _firstStays = new int[_data.Persons.Count + 1];
    }

    /// <param name="feeds">The run's feeds with those they have, by row of the roster's persons; 32 at most.</param>
    public static Ledger Build(Decisions decisions, Roster roster, IReadOnlyList<(string Name, BitArray Persons)> feeds)
    {
        var builder = new LedgerBuilder(decisions, roster, feeds);
        builder.AddStays();
        builder.AddPersons();
        return builder._ledger;
    }

    /// <summary>In the order of the source, where a person's placements lie side by side.</summary>
    private void AddStays()
    {
        _ledger.Stays.Reserve(_data.SchoolPlacements.Count + _data.Duties.Count);
        for (var person = 0; person < _data.Persons.Count; person++)
        {
            _firstStays[person] = _ledger.Stays.Count;
            if (_data.Persons.IsCurrent(person))
            {
                AddPlacements(person);
                AddDuties(person);
            }
        }

        _firstStays[^1] = _ledger.Stays.Count;
    }

    /// <summary>In the order of the ids.</summary>
    private void AddPersons()
    {
        _ledger.Persons.Reserve(_data.Persons.Distinct);
        _ledger.Sections.Reserve(_roster.Members.Count + _roster.Teachers.Count);
        var inRoster = 0;
        foreach (var row in _data.Persons.ById())
        {
            // Both are sorted by id, and everybody of the roster is in the pull.
            var isListed = _decisions.Eligible[row] != Roles.None;
            AddPerson(row, isListed ? inRoster++ : -1);
        }
    }

    private int GuardianRelation(int row)
    {
        ref readonly var responsible = ref _data.Responsibles[row];
        return responsible.Responsible != responsible.Student && _decisions.Rules.Guardian(_decisions, responsible)
            ? responsible.Responsible
            : -1;
    }

    private void AddPerson(int row, int inRoster)
    {
        var firstSection = _ledger.Sections.Count;
        if (inRoster >= 0)
        {
            AddSections(inRoster);
        }

        ref readonly var person = ref _data.Persons[row];
        _ledger.Persons.Add(new LedgerPerson
        {
            Id = _data.Persons.Id(row),
            FirstStay = _firstStays[row],
            FirstSection = firstSection,
            Feeds = inRoster >= 0 ? FeedBits(inRoster) : 0,
            Reasons = _decisions.Persons[row],
            Stays = Count(_firstStays[row + 1] - _firstStays[row]),
            Sections = Count(_ledger.Sections.Count - firstSection),
            NamedBy = Count(_namedBy[row].Length),
            Candidate = _decisions.Candidates[row],
            Eligible = _decisions.Eligible[row],
            OwnMarking = person.OwnMarking,
            Facts = person.Facts & (PersonFacts.Emigrated | PersonFacts.RegisteredAbroad | PersonFacts.Deceased),
            HasStudent = _decisions.HasStudent[row],
        });
    }

    private void AddPlacements(int person)
    {
        foreach (var row in _placements[person])
        {
            ref readonly var placement = ref _data.SchoolPlacements[row];
            _ledger.Stays.Add(new LedgerStay
            {
                Unit = placement.UnitId,
                Start = placement.Start,
                End = placement.End,
                Reasons = _decisions.Placements[row],
                UnitReasons = UnitDetail(placement.Unit),
                Role = Roles.Student,
                SchoolType = placement.SchoolType,
                Cancelled = placement.Cancelled,
            });
        }
    }

    private void AddDuties(int person)
    {
        foreach (var row in _duties[person])
        {
            ref readonly var duty = ref _data.Duties[row];
            _ledger.Stays.Add(new LedgerStay
            {
                Unit = duty.UnitId,
                Start = duty.Start,
                End = duty.End,
                Reasons = _decisions.Duties[row],
                UnitReasons = UnitDetail(duty.Unit),
                Role = Roles.Staff,
            });
        }
    }

    // A person with more than 65,535 of anything is an error of the source; the ledger then shows the first ones.
    private static ushort Count(int rows) => (ushort)Math.Min(ushort.MaxValue, rows);

    private uint UnitDetail(int unit) => unit < 0 ? ReasonFacts.UnitNotInPull : _decisions.Units[unit].Bits;

    /// <summary>Sections as member or teacher, each once, in order: both lists are sorted by section already.</summary>
    private void AddSections(int person)
    {
        var member = _members[person];
        var teacher = _teachers[person];
        while (!member.IsEmpty || !teacher.IsEmpty)
        {
            var asMember = member.IsEmpty ? int.MaxValue : _roster.Members[member[0]].Section;
            var asTeacher = teacher.IsEmpty ? int.MaxValue : _roster.Teachers[teacher[0]].Section;
            _ledger.Sections.Add(_roster.Sections[Math.Min(asMember, asTeacher)].Id);
            member = asMember <= asTeacher ? member[1..] : member;
            teacher = asTeacher <= asMember ? teacher[1..] : teacher;
        }
    }

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
