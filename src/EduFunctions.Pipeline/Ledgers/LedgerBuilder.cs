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
        _placements = new Grouping(_data.Persons.Count, _data.SchoolPlacements.Count, FailingPlacement);
        _duties = new Grouping(_data.Persons.Count, _data.Duties.Count, FailingDuty);
        _namedBy = new Grouping(_data.Persons.Count, _data.Responsibles.Count, GuardianRelation);
        _members = new Grouping(roster.Persons.Count, roster.Members.Count, row => roster.Members[row].Person);
        _teachers = new Grouping(roster.Persons.Count, roster.Teachers.Count, row => roster.Teachers[row].Person);
    }

    /// <param name="feeds">The run's feeds with those they have, by row of the roster's persons; 32 at most.</param>
    public static Ledger Build(Decisions decisions, Roster roster, IReadOnlyList<(string Name, BitArray Persons)> feeds)
    {
        var builder = new LedgerBuilder(decisions, roster, feeds);
        var inRoster = 0;
        foreach (var row in RowOrder.ById(decisions.Data.Persons.Ids, new int[decisions.Persons.Length], decisions.Data.Persons.IsCurrent))
        {
            // Both are sorted by id, and everybody of the roster is in the pull.
            var isListed = decisions.Eligible[row] != Roles.None;
            builder.AddPerson(row, isListed ? inRoster++ : -1);
        }

        return builder._ledger;
    }

    private int FailingPlacement(int row) => _decisions.Placements[row].Passes ? -1 : _data.SchoolPlacements[row].Person;

    private int FailingDuty(int row) => _decisions.Duties[row].Passes || !_data.Duties.IsCurrent(row) ? -1 : _data.Duties[row].Person;

    private int GuardianRelation(int row)
    {
        ref readonly var responsible = ref _data.Responsibles[row];
        return responsible.Responsible != responsible.Student && _decisions.Settings.IsGuardianRelation(responsible.Relation)
            ? responsible.Responsible
            : -1;
    }

    private void AddPerson(int row, int inRoster)
    {
        var person = new LedgerPerson
        {
            Id = _data.Persons.Id(row),
            FirstReason = _ledger.Reasons.Count,
            FirstSection = _ledger.Sections.Count,
            Candidate = _decisions.Candidates[row],
            Eligible = _decisions.Eligible[row],
        };
        AddStudentReasons(row);
        AddStaffReasons(row);
        AddGuardianReasons(row);
        if (inRoster >= 0)
        {
            AddSections(inRoster);
            person.Feeds = FeedBits(inRoster);
        }

        person.Reasons = (ushort)Math.Min(ushort.MaxValue, _ledger.Reasons.Count - person.FirstReason);
        person.Sections = (ushort)Math.Min(ushort.MaxValue, _ledger.Sections.Count - person.FirstSection);
        _ledger.Persons.Add(person);
    }

    private void AddStudentReasons(int person)
    {
        foreach (var row in _placements[person])
        {
            ref readonly var placement = ref _data.SchoolPlacements[row];
            foreach (var reason in _decisions.Placements[row].Each())
            {
                var detail = reason switch
                {
                    Reason.PlacementUnit => UnitDetail(placement.Unit),
                    Reason.PlacementSchoolType => placement.SchoolType,
                    _ => 0u,
                };
                Add(Roles.Student, reason, placement.UnitId, placement.Start, placement.End, detail);
            }
        }

        AddPersonReasons(person, Roles.Student);
    }

    private void AddStaffReasons(int person)
    {
        foreach (var row in _duties[person])
        {
            ref readonly var duty = ref _data.Duties[row];
            foreach (var reason in _decisions.Duties[row].Each())
            {
                Add(Roles.Staff, reason, duty.UnitId, duty.Start, duty.End, reason == Reason.DutyUnit ? UnitDetail(duty.Unit) : 0);
            }
        }

        AddPersonReasons(person, Roles.Staff);
    }

    private void AddGuardianReasons(int person)
    {
        if (_decisions.Candidates[person].HasFlag(Roles.Guardian) && !_decisions.HasStudent[person])
        {
            var named = (uint)_namedBy[person].Length;
            Add(Roles.Guardian, Reason.GuardianNoStudent, _data.Persons.Id(person), Day.Absent, Day.Absent, named);
        }

        AddPersonReasons(person, Roles.Guardian);
    }

    private void AddPersonReasons(int person, Roles role)
    {
        if ((_decisions.Candidates[person] & role) == 0)
        {
            return;
        }

        ref readonly var row = ref _data.Persons[person];
        foreach (var reason in _decisions.PersonReasons(person, role).Each())
        {
            var detail = reason switch
            {
                Reason.PersonProtected or Reason.PersonMarkingUnknown => (uint)row.OwnMarking,
                Reason.PersonAbroad => (uint)(row.Facts & (PersonFacts.Emigrated | PersonFacts.RegisteredAbroad)),
                _ => 0u,
            };
            Add(role, reason, _data.Persons.Id(person), Day.Absent, Day.Absent, detail);
        }
    }

    private uint UnitDetail(int unit) => unit < 0 ? ReasonFacts.UnitNotInPull : _decisions.Units[unit].Bits;

    private void Add(Roles role, Reason reason, EntityId entity, Day start, Day end, uint detail) =>
        _ledger.Reasons.Add(new LedgerReason { Entity = entity, Start = start, End = end, Detail = detail, Reason = reason, Role = role });

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
