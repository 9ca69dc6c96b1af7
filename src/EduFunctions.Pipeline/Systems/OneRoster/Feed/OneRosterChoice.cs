using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>Who and what of a roster can stand in the files.</summary>
internal sealed class OneRosterChoice(Roster roster, OneRosterFeedSettings settings)
{
    private readonly OneRosterValues _values = new(roster, settings);
    private readonly BitArray _persons = new(roster.Persons.Count);
    private readonly FindingLog _findings = new();

    public FeedSelection Choose()
    {
        ChooseStudentsAndStaff();
        SettleUserNames();
        if (settings.Guardians)
        {
            ChooseGuardians();
            SettleUserNames();
        }

        ReportUnits();
        return new FeedSelection(_persons, ChooseClasses(), _findings);
    }

    private void ChooseStudentsAndStaff()
    {
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if ((roster.Persons[row].Roles & (Roles.Student | Roles.Staff)) != 0)
            {
                Choose(row);
            }
        }
    }

    private void SettleUserNames()
    {
        foreach (var row in OneRosterValues.WithTakenUserName(roster, settings, _persons).ToList())
        {
            _persons[row] = false;
            Report(OneRosterFindings.UserNameTaken, row);
        }
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
        var refusal = Refusal(row);
        _persons[row] = refusal is null;
        if (refusal is not null)
        {
            Report(refusal, row);
        }
        else if (_values.LosesValue(row))
        {
            Report(OneRosterFindings.ValueRefused, row);
        }
    }

    private string? Refusal(int row) =>
        !OneRosterLimits.TakesId(roster.Persons[row].Id) ? OneRosterFindings.IdRefused
        : RefusalOf(_values.GivenName(row), OneRosterFindings.NameMissing)
            ?? RefusalOf(_values.FamilyName(row), OneRosterFindings.NameMissing)
            ?? RefusalOf(_values.UserName(row), OneRosterFindings.UserNameMissing);

    private static string? RefusalOf(ReadOnlySpan<byte> value, string ifMissing) =>
        value.IsEmpty ? ifMissing : OneRosterLimits.IsTooLong(value) ? OneRosterFindings.TooLong : null;

    private BitArray ChooseClasses()
    {
        var classes = roster.SectionsOf(settings.GroupTypes);
        var titles = new SectionNames(roster, settings.ClassTitle, new CleanText());
        for (var row = 0; row < classes.Count; row++)
        {
            if (!classes[row])
            {
                continue;
            }

            var title = titles.Of(roster.Sections[row]);
            classes[row] = !title.IsEmpty;
            if (title.IsEmpty || OneRosterLimits.IsTooLong(title))
            {
                _findings.Add(
                    title.IsEmpty ? OneRosterFindings.ClassNameMissing : OneRosterFindings.NameShortened, EntityKind.Group, roster.Sections[row].Group);
            }
        }

        return classes;
    }

    private void ReportUnits()
    {
        var clean = new CleanText();
        foreach (ref readonly var unit in roster.Units.Rows)
        {
            if (OneRosterLimits.IsTooLong(clean.Clean(roster[unit.Name])))
            {
                _findings.Add(OneRosterFindings.NameShortened, EntityKind.Unit, unit.Id);
            }
        }
    }

    private void Report(string code, int row) => _findings.Add(code, EntityKind.Person, roster.Persons[row].Id);
}
