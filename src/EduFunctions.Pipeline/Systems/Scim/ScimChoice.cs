using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Who and what of a roster a server is to have.</summary>
internal sealed class ScimChoice(Roster roster, ScimSettings settings, Holders holders)
{
    private readonly ScimValues _values = new(roster, settings);
    private readonly BitArray _persons = new(roster.Persons.Count);
    private readonly FindingLog _findings = new();
    private readonly UniqueTexts _userNames = new(roster, holders);

    public FeedSelection Choose()
    {
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if ((roster.Persons[row].Roles & (Roles.Student | Roles.Staff)) != 0)
            {
                Choose(row);
            }
        }

        SettleUserNames();
        if (settings.Guardians)
        {
            ChooseGuardians();
            SettleUserNames();
        }

        ReportUnits();
        return _userNames.Complete(new FeedSelection(_persons, ChooseGroups(), _findings), UserNames);
    }

    private void SettleUserNames()
    {
        foreach (var row in _userNames.Settle(UserNames))
        {
            _persons[row] = false;
            Report(ScimFindings.UserNameTaken, row);
        }
    }

    private SharedTexts.Reader UserNames()
    {
        var values = new ScimValues(roster, settings);
        return row => _persons[row] ? values.UserName(row) : default;
    }

    /// <summary>They come with a student who is there.</summary>
    private void ChooseGuardians()
    {
        var before = -1;
        foreach (ref readonly var pair in roster.Guardianships.Rows)
        {
            if (pair.Guardian != before && _persons[pair.Student] && roster.Persons[pair.Guardian].Roles == Roles.Guardian)
            {
                before = pair.Guardian;
                Choose(pair.Guardian);
            }
        }
    }

    private void Choose(int row)
    {
        var refusal = RefusalOf(_values.GivenName(row), ScimFindings.NameMissing)
            ?? RefusalOf(_values.FamilyName(row), ScimFindings.NameMissing)
            ?? RefusalOf(_values.UserName(row), ScimFindings.UserNameMissing);
        _persons[row] = refusal is null;
        if (refusal is not null)
        {
            Report(refusal, row);
        }
        else if (_values.LosesEmail(row))
        {
            Report(ScimFindings.EmailRefused, row);
        }
    }

    private static string? RefusalOf(ReadOnlySpan<byte> value, string ifMissing) =>
        value.IsEmpty ? ifMissing : ScimValues.IsTooLong(value) ? ScimFindings.TooLong : null;

    private BitArray ChooseGroups()
    {
        var groups = roster.SectionsOf(settings.GroupTypes);
        var names = new SectionNames(roster, settings.GroupName, ScimValues.CleanText());
        for (var row = 0; row < groups.Count; row++)
        {
            if (groups[row])
            {
                var name = names.Of(roster.Sections[row]);
                groups[row] = !name.IsEmpty;
                if (name.IsEmpty || ScimValues.IsTooLong(name))
                {
                    _findings.Add(name.IsEmpty ? ScimFindings.GroupNameMissing : ScimFindings.NameShortened, EntityKind.Group, roster.Sections[row].Group);
                }
            }
        }

        return groups;
    }

    private void ReportUnits()
    {
        var clean = ScimValues.CleanText();
        foreach (ref readonly var unit in settings.SchoolGroups || settings.IsEgil ? roster.Units.Rows : [])
        {
            if (ScimValues.IsTooLong(clean.Clean(roster[unit.Name])))
            {
                _findings.Add(ScimFindings.NameShortened, EntityKind.Unit, unit.Id);
            }
        }
    }

    private void Report(string code, int row) => _findings.Add(code, EntityKind.Person, roster.Persons[row].Id);
}
