using System.Collections;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Who of a roster can stand in the feed. Whoever is left out takes memberships and associations along.</summary>
internal sealed class BlackboardChoice(Roster roster, BlackboardSettings settings, Holders holders)
{
    private readonly BlackboardPersons _persons = new(roster, settings);
    private readonly CleanText _text = settings.CleanText();
    private readonly BitArray _chosen = new(roster.Persons.Count);
    private readonly FindingLog _findings = new();
    private readonly UniqueTexts _userIds = new(roster, holders);
    private readonly bool _isIdUserId = settings.UserId == BlackboardSettings.OwnId;

    public FeedSelection Choose()
    {
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if (_persons.IsWanted(roster.Persons[row]))
            {
                ChoosePerson(row);
            }
        }

        SettleUserIds();
        var sections = ChooseSections();
        ReportAssociations();
        foreach (var unit in settings.Hierarchy is { } hierarchy ? new LearnNodes(roster, hierarchy, _text).Refused : [])
        {
            _findings.Add(BlackboardFindings.TooLong, EntityKind.Unit, roster.Units[unit].Id);
        }

        return _userIds.Complete(new FeedSelection(_chosen, sections, _findings), UserIds);
    }

    private void ChoosePerson(int row)
    {
        ref readonly var person = ref roster.Persons[row];
        var refusal = NameRefusal(person) ?? UserIdRefusal(person) ?? IdRefusal(person.Id);
        _chosen[row] = refusal is null;
        if (refusal is not null)
        {
            _findings.Add(refusal, EntityKind.Person, person.Id);
        }
        else if (PersonEmail.Of(person) is var email && IsLost(roster[email]))
        {
            _findings.Add(BlackboardFindings.EmailTooLong, EntityKind.Person, person.Id);
        }
    }

    /// <summary>Whether an address of the register is not sent.</summary>
    private bool IsLost(ReadOnlySpan<byte> email) => !_text.IsBlank(email) && (_text.CleanEmail(email).IsEmpty || _text.IsLongerClean(email, LearnLimits.Email));

    private string? IdRefusal(EntityId id) => LearnLimits.TakesKey(id, settings.DelimiterByte) ? null : BlackboardFindings.IdRefused;

    private string? NameRefusal(in RosterPerson person) => NameRefusal(person.Texts.GivenName) ?? NameRefusal(person.Texts.FamilyName);

    private string? NameRefusal(Text name) => Refusal(roster[name], LearnLimits.Name, BlackboardFindings.NameMissing);

    private string? Refusal(ReadOnlySpan<byte> value, int longest, string missing) =>
        _text.IsBlank(value) ? missing
        : _text.IsLongerClean(value, longest) ? BlackboardFindings.TooLong
        : null;

    private string? UserIdRefusal(in RosterPerson person) => !_isIdUserId
        ? UserIdRefusal(_persons.UserId(roster, person, _text))
        : person.Id.TextLength > LearnLimits.UserId ? BlackboardFindings.TooLong
        : LearnLimits.TakesUserId(person.Id) ? null
        : BlackboardFindings.UserIdMissing;

    private static string? UserIdRefusal(ReadOnlySpan<byte> clean) =>
        !LearnLimits.TakesUserId(clean) ? BlackboardFindings.UserIdMissing
        : CleanText.IsLonger(clean, LearnLimits.UserId) ? BlackboardFindings.TooLong
        : null;

    private void SettleUserIds()
    {
        foreach (var row in _userIds.Settle(UserIds))
        {
            _chosen[row] = false;
            _findings.Add(BlackboardFindings.UserIdTaken, EntityKind.Person, roster.Persons[row].Id);
        }

        foreach (var row in _userIds.FindKept(UserIds))
        {
            _findings.Add(BlackboardFindings.UserIdHeld, EntityKind.Person, roster.Persons[row].Id);
        }
    }

    /// <summary>Of those who are chosen. Uuids have one spelling, so that nobody shares one.</summary>
    private SharedTexts.Reader UserIds()
    {
        var (text, id) = (settings.CleanText(), new byte[EntityId.LongestText]);
        return row => !_chosen[row] ? default
            : !_isIdUserId ? _persons.UserId(roster, roster.Persons[row], text)
            : roster.Persons[row].Id.IsText ? id.AsSpan(0, roster.Persons[row].Id.Format(id))
            : default;
    }

    private BitArray ChooseSections()
    {
        var names = new SectionNames(roster, settings.CourseName, _text);
        var sections = roster.SectionsOf(settings.GroupTypes);
        for (var row = 0; row < sections.Length; row++)
        {
            if (!sections[row])
            {
                continue;
            }

            var name = names.Of(roster.Sections[row]);
            var isTooLong = CleanText.IsLonger(name, LearnLimits.CourseName);
            var refusal = isTooLong ? BlackboardFindings.TooLong
                : name.IsEmpty ? BlackboardFindings.CourseNameMissing
                : IdRefusal(roster.Sections[row].Id);
            sections[row] = refusal is null;
            if (refusal is not null)
            {
                _findings.Add(refusal, EntityKind.Group, roster.Sections[row].Group);
            }
        }

        return sections;
    }

    private void ReportAssociations()
    {
        if (!settings.Observers)
        {
            return;
        }

        foreach (ref readonly var pair in roster.Guardianships.Rows)
        {
            if (!_chosen[pair.Guardian] || !_chosen[pair.Student])
            {
                continue;
            }

            if (!_persons.IsGuardian(pair.Guardian))
            {
                _findings.Add(BlackboardFindings.ObserverRole, EntityKind.Person, roster.Persons[pair.Guardian].Id, roster.Persons[pair.Student].Id);
            }
            else if (!_persons.MayBeObserved(pair.Student))
            {
                _findings.Add(BlackboardFindings.ObservedRole, EntityKind.Person, roster.Persons[pair.Student].Id, roster.Persons[pair.Guardian].Id);
            }
        }
    }
}
