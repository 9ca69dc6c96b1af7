using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>Decides on everything in a pull. Pure: data, settings and a date in, decisions out.</summary>
public static class Decide
{
    /// <exception cref="RunHeldException">A rule cannot be evaluated on this pull.</exception>
    public static Decisions On(SourceData data, RuleBook rules, EligibilitySettings settings, DateOnly today)
    {
        var decisions = new Decisions(
            data, rules, new RuleSettings(settings, data.Vocabularies), new DateWindow(today, settings.DateMarginDays));
        RefuseUnmarkedPull(decisions);
        Units(decisions);
        Parallel.Invoke(() => People(decisions), () => Groups(decisions));
        return decisions;
    }

    private static void People(Decisions decisions)
    {
        Persons(decisions);
        Students(decisions);
        Staff(decisions);
        Guardians(decisions);
    }

    /// <summary>When nobody is marked at all, the source keeps the marking from us: who is protected cannot be told.</summary>
    [Told]
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
            + $"{d.Rules.MarkingAdvice}, or set eligibility.acceptUnmarkedProtection.");
    }

    private static void Units(Decisions d)
    {
        for (var row = 0; row < d.Units.Length; row++)
        {
            d.Units[row] = d.Rules.Units.Ask(d, row);
        }

        d.DutyUnits = DutyUnits.Of(d);
    }

    private static void Persons(Decisions d) => Ask(d, d.Rules.Persons, d.Persons);

    /// <summary>Asks the rules for every row; none of them asks for what is decided on another row of the same kind.</summary>
    private static void Ask(Decisions d, RowRule[] rules, Reasons[] answers) => RowRanges.ForEach(answers.Length, (start, end) =>
    {
        for (var row = start; row < end; row++)
        {
            answers[row] = rules.Ask(d, row);
        }
    });

    private static void Students(Decisions d)
    {
        Ask(d, d.Rules.Placements, d.Placements);
        for (var row = 0; row < d.Placements.Length; row++)
        {
            Count(d, d.Data.SchoolPlacements[row].Person, Roles.Student, d.Placements[row].Passes);
        }
    }

    private static void Staff(Decisions d)
    {
        Ask(d, d.Rules.Duties, d.Duties);
        for (var row = 0; row < d.Duties.Length; row++)
        {
            if (d.Data.Duties.IsCurrent(row) && d.Data.Duties[row].Person >= 0)
            {
                Count(d, d.Data.Duties[row].Person, Roles.Staff, d.Duties[row].Passes);
            }
        }
    }

    private static void Guardians(Decisions d)
    {
        JudgeCustody(d);
        d.Guardianships.Reserve(d.Data.Responsibles.Count);
        foreach (ref readonly var row in d.Data.Responsibles.Rows)
        {
            if (row.Responsible < 0)
            {
                continue;
            }

            var guards = AnswersFor(d, row) && HasCustody(d, row);
            Count(d, row.Responsible, Roles.Guardian, guards);
            if (guards && d.Is(row.Responsible, Roles.Guardian))
            {
                d.Guardianships.Add((row.Responsible, row.Student));
            }
        }
    }

    /// <summary>Custody of an eligible student counts; of somebody whom none names, that of any.</summary>
    private static void JudgeCustody(Decisions d)
    {
        var (ofEligible, ofAny) = (new bool[d.Persons.Length], new bool[d.Persons.Length]);
        foreach (ref readonly var row in d.Data.Responsibles.Rows)
        {
            if (row.Responsible >= 0)
            {
                var (answers, hasCustody) = (AnswersFor(d, row), HasCustody(d, row));
                d.HasStudent[row.Responsible] |= answers;
                ofEligible[row.Responsible] |= answers && hasCustody;
                ofAny[row.Responsible] |= hasCustody;
            }
        }

        if (d.Rules.Custody is not { } custody)
        {
            return;
        }

        foreach (ref readonly var row in d.Data.Responsibles.Rows)
        {
            if (row.Responsible >= 0 && !(d.HasStudent[row.Responsible] ? ofEligible : ofAny)[row.Responsible])
            {
                d.Persons[row.Responsible] |= Reasons.Of(custody);
            }
        }
    }

    /// <summary>Nobody answers for himself or herself.</summary>
    private static bool AnswersFor(Decisions d, in ResponsibleRow row) =>
        row.Responsible != row.Student && d.Rules.Guardian.Passes(d, row) && d.Is(row.Student, Roles.Student);

    private static bool HasCustody(Decisions d, in ResponsibleRow row) => d.Rules.Custody?.Passes(d, row) ?? true;

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

        Ask(d, d.Rules.Groups, d.Groups);
    }
}
