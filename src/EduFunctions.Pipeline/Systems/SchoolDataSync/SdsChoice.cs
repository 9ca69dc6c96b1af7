using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>Who and what of a roster can stand in the files.</summary>
internal sealed class SdsChoice(Roster roster, SdsSettings settings)
{
    private readonly SdsValues _values = new(roster, settings);
    private readonly BitArray _persons = new(roster.Persons.Count);
    private readonly FindingLog _findings = new();

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
        return new FeedSelection(_persons, ChooseClasses(), _findings);
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

    private void SettleUserNames()
    {
        foreach (var row in SdsValues.WithTakenUserName(roster, settings, _persons).ToList())
        {
            _persons[row] = false;
            Report(SdsFindings.UserNameTaken, row);
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
        else if (_values.LosesEmail(row))
        {
            Report(SdsFindings.EmailRefused, row);
        }
    }

    private string? Refusal(int row) =>
        !SdsLimits.TakesId(roster.Persons[row].Id) ? SdsFindings.IdRefused
        : RefusalOfName(_values.GivenName(row)) ?? RefusalOfName(_values.FamilyName(row))
        ?? (roster.Persons[row].Roles == Roles.Guardian && _values.Email(row).IsEmpty ? SdsFindings.GuardianWithoutEmail : RefusalOfUserName(_values.UserName(row)));

    private static string? RefusalOfName(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? SdsFindings.NameMissing : SdsLimits.IsPersonNameTooLong(name) ? SdsFindings.TooLong : null;

    private static string? RefusalOfUserName(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? SdsFindings.UserNameMissing : SdsLimits.TakesUserName(name) ? null : SdsFindings.UserNameRefused;

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
            if (title.IsEmpty || SdsLimits.IsTooLong(title))
            {
                _findings.Add(title.IsEmpty ? SdsFindings.ClassNameMissing : SdsFindings.NameShortened, EntityKind.Group, roster.Sections[row].Group);
            }
        }

        return classes;
    }

    private void ReportUnits()
    {
        var clean = new CleanText();
        foreach (ref readonly var unit in roster.Units.Rows)
        {
            if (SdsLimits.IsTooLong(clean.Clean(roster[unit.Name])))
            {
                _findings.Add(SdsFindings.NameShortened, EntityKind.Unit, unit.Id);
            }
        }
    }

    private void Report(string code, int row) => _findings.Add(code, EntityKind.Person, roster.Persons[row].Id);
}
