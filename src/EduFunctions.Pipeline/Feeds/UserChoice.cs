using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Who and what of a roster can stand in the files of a target that has users with names of their own, and classes with titles.</summary>
internal sealed class UserChoice(Roster roster, IUserForm form, Holders holders)
{
    private readonly BitArray _persons = new(roster.Persons.Count);
    private readonly FindingLog _findings = new();
    private readonly UniqueTexts _userNames = new(roster, holders);

    /// <param name="sections">By row of the roster's: those that are wanted.</param>
    /// <param name="title">The pattern of a class's title.</param>
    public FeedSelection Choose(bool guardians, BitArray sections, string title)
    {
        ChooseStudentsAndStaff();
        SettleUserNames();
        if (guardians)
        {
            ChooseGuardians();
            SettleUserNames();
        }

        ReportUnits();
        return _userNames.Complete(new FeedSelection(_persons, ChooseClasses(sections, title), _findings), NamesOfChosen);
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
        var refusal = form.Refusal(row);
        _persons[row] = refusal is null;
        if ((refusal ?? form.Loss(row)) is { } finding)
        {
            Report(finding, row);
        }
    }

    /// <summary>Whose user name somebody else has, is left out.</summary>
    private void SettleUserNames()
    {
        foreach (var row in _userNames.Settle(NamesOfChosen))
        {
            _persons[row] = false;
            Report(form.Findings.UserNameTaken, row);
        }
    }

    private SharedTexts.Reader NamesOfChosen()
    {
        var names = form.UserNames();
        return row => _persons[row] ? names(row) : default;
    }

    private BitArray ChooseClasses(BitArray sections, string title)
    {
        var titles = new SectionNames(roster, title, new CleanText());
        for (var row = 0; row < sections.Count; row++)
        {
            if (!sections[row])
            {
                continue;
            }

            var name = titles.Of(roster.Sections[row]);
            sections[row] = !name.IsEmpty;
            if (name.IsEmpty || form.IsTooLong(name))
            {
                _findings.Add(name.IsEmpty ? form.Findings.ClassNameMissing : form.Findings.NameShortened, EntityKind.Group, roster.Sections[row].Group);
            }
        }

        return sections;
    }

    private void ReportUnits()
    {
        var clean = new CleanText();
        foreach (ref readonly var unit in roster.Units.Rows)
        {
            if (form.IsTooLong(clean.Clean(roster[unit.Name])))
            {
                _findings.Add(form.Findings.NameShortened, EntityKind.Unit, unit.Id);
            }
        }
    }

    private void Report(string code, int row) => _findings.Add(code, EntityKind.Person, roster.Persons[row].Id);
}
