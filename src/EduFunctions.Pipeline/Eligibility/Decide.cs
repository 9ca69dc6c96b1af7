using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>Decides on everything in a pull. Pure: data, settings and a date in, decisions out.</summary>
public static class Decide
{
    /// <exception cref="RunHeldException">A rule cannot be evaluated on this pull.</exception>
    public static Decisions On(SourceData data, EligibilitySettings settings, DateOnly today)
    {
        var decisions = new Decisions(
            data, new RuleSettings(settings, data.Vocabularies), new DateWindow(today, settings.DateMarginDays));
        RefuseUnmarkedPull(decisions);
        Units(decisions);
        Persons(decisions);
        Students(decisions);
        Staff(decisions);
        Guardians(decisions);
        Groups(decisions);
        return decisions;
    }

    /// <summary>When nobody is marked at all, the source keeps the marking from us: who is protected cannot be told.</summary>
    private static void RefuseUnmarkedPull(Decisions d)
    {
        if (d.Settings.AcceptsUnmarkedPull || d.Data.Persons.Count == 0)
        {
            return;
        }

        foreach (ref readonly var person in d.Data.Persons.Rows)
        {
            if (person.OwnMarking != Marking.Absent)
            {
                return;
            }
        }

        throw new RunHeldException(
            $"None of {d.Data.Persons.Distinct} persons has a security marking, so who is protected cannot be told. "
            + "Ask the customer to let the key pair read securityMarking, or set eligibility.acceptUnmarkedProtection.");
    }

    private static void Units(Decisions d)
    {
        for (var row = 0; row < d.Units.Length; row++)
        {
            d.Units[row] = UnitRules.All.Ask(d, row);
        }

        d.DutyUnits = DutyUnits.Of(d);
    }

    private static void Persons(Decisions d)
    {
        for (var row = 0; row < d.Persons.Length; row++)
        {
            d.Persons[row] = PersonRules.All.Ask(d, row);
        }
    }

    private static void Students(Decisions d)
    {
        for (var row = 0; row < d.Placements.Length; row++)
        {
            d.Placements[row] = PlacementRules.All.Ask(d, row);
            Count(d, d.Data.SchoolPlacements[row].Person, Roles.Student, d.Placements[row].Passes);
        }
    }

    private static void Staff(Decisions d)
    {
        for (var row = 0; row < d.Duties.Length; row++)
        {
            d.Duties[row] = DutyRules.All.Ask(d, row);
            if (d.Data.Duties.IsCurrent(row) && d.Data.Duties[row].Person >= 0)
            {
                Count(d, d.Data.Duties[row].Person, Roles.Staff, d.Duties[row].Passes);
            }
        }
    }

    private static void Guardians(Decisions d)
    {
        foreach (ref readonly var row in d.Data.Responsibles.Rows)
        {
            if (row.Responsible < 0)
            {
                continue;
            }

            // Nobody answers for himself or herself.
            var guards = row.Responsible != row.Student && d.Settings.IsGuardianRelation(row.Relation) && d.Is(row.Student, Roles.Student);
            d.HasStudent[row.Responsible] |= guards;
            Count(d, row.Responsible, Roles.Guardian, guards);
            if (guards && d.Is(row.Responsible, Roles.Guardian))
            {
                d.Guardianships.Add((row.Responsible, row.Student));
            }
        }
    }

    private static void Count(Decisions d, int person, Roles role, bool passes)
    {
        d.Candidates[person] |= role;
        if (passes && d.PersonReasons(person, role).Passes)
        {
            d.Eligible[person] |= role;
        }
    }

    private static void Groups(Decisions d)
    {
        foreach (ref readonly var row in d.Data.ActivityGroups.Rows)
        {
            if (row.Group >= 0 && d.Data.Activities[row.Activity].Syllabus >= 0 && d.IsCurrentActivity(row.Activity))
            {
                d.HasSyllabus[row.Group] = true;
            }
        }

        for (var row = 0; row < d.Groups.Length; row++)
        {
            d.Groups[row] = GroupRules.All.Ask(d, row);
        }
    }
}
