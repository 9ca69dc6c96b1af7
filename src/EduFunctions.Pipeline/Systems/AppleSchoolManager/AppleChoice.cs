using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Who of a roster can stand in the zip. Staff before student, then names and ids, what the tenant requires, and addresses decide.</summary>
internal sealed class AppleChoice(Roster roster, AppleSettings settings)
{
    private readonly AppleValues _values = new(roster, settings);
    private readonly BitArray _chosen = new(roster.Persons.Count);
    private readonly FindingLog _findings = new();
    private readonly IReadOnlyList<string> _required = settings.RequiredColumns;

    public FeedSelection Choose()
    {
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if ((roster.Persons[row].Roles & (Roles.Student | Roles.Staff)) != 0)
            {
                ChoosePerson(row);
            }
        }

        SettleAddresses();
        var selection = new FeedSelection(_chosen, roster.SectionsOf(settings.GroupTypes), _findings);
        ReportNames(selection.Sections);
        ReportLimits(selection);
        return selection;
    }

    private void ChoosePerson(int row)
    {
        if ((roster.Persons[row].Roles & (Roles.Student | Roles.Staff)) == (Roles.Student | Roles.Staff))
        {
            Report(AppleFindings.StaffBeforeStudent, row);
        }

        var refusal = Refusal(row);
        _chosen[row] = refusal is null;
        if (refusal is not null)
        {
            Report(refusal, row);
        }
        else if (_values.LosesValue(row))
        {
            Report(AppleFindings.ValueRefused, row);
        }
    }

    private string? Refusal(int row)
    {
        var first = _values.FirstName(row);
        var last = _values.LastName(row);
        return first.IsEmpty || last.IsEmpty ? AppleFindings.NameMissing
            : AppleLimits.IsTooLong(first) || AppleLimits.IsTooLong(last) ? AppleFindings.TooLong
            : !AppleLimits.TakesId(roster.Persons[row].Id) ? AppleFindings.IdRefused
            : MissingColumn(row) is not { } missing ? null
            : missing == AppleFile.Email ? AppleFindings.EmailMissing
            : AppleFindings.FieldMissing;
    }

    private string? MissingColumn(int row)
    {
        foreach (var column in _required)
        {
            if (IsMissing(column, row))
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>Staff have no school year.</summary>
    private bool IsMissing(string column, int row) =>
        _values.Of(column, row).IsEmpty && (column != AppleFile.GradeLevel || (roster.Persons[row].Roles & Roles.Staff) == 0);

    private void SettleAddresses()
    {
        var taken = _values.TakenAddresses(_chosen);
        var isRequired = _required.Contains(AppleFile.Email);
        for (var row = 0; row < taken.Count; row++)
        {
            if (taken[row])
            {
                Report(AppleFindings.EmailTaken, row);
                _chosen[row] = !isRequired;
            }
        }
    }

    /// <summary>Names of things are cut where they are too long.</summary>
    private void ReportNames(BitArray sections)
    {
        foreach (ref readonly var unit in roster.Units.Rows)
        {
            if (AppleLimits.IsTooLong(roster[unit.Name]))
            {
                _findings.Add(AppleFindings.NameShortened, EntityKind.Unit, unit.Id);
            }
        }

        for (var row = 0; row < sections.Count; row++)
        {
            if (sections[row] && AppleLimits.IsTooLong(roster[roster.Sections[row].Name]))
            {
                _findings.Add(AppleFindings.NameShortened, EntityKind.Group, roster.Sections[row].Group);
            }
        }
    }

    /// <summary>What does not fit into Apple's numbered columns.</summary>
    private void ReportLimits(FeedSelection selection)
    {
        var roles = new AppleRoles(roster, selection.Persons);
        ApplePersons.Report(roster, roster.StudentUnits, roles.Students, _findings);
        ApplePersons.Report(roster, roster.StaffUnits, roles.Staff, _findings);
        new AppleInstructors(roster, roles.Staff, selection.Sections).Report(_findings);
    }

    private void Report(string code, int row) => _findings.Add(code, EntityKind.Person, roster.Persons[row].Id);
}
