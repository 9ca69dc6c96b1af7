using System.Numerics;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>How many units, persons and groups are left out, by reason: each counted once per reason, however many roles it touches.</summary>
public static class Exclusions
{
    public static SortedDictionary<string, int> Count(Decisions d)
    {
        var counts = new int[Reasons.Most];
        for (var unit = 0; unit < d.Units.Length; unit++)
        {
            Add(counts, d.Data.Units.IsCurrent(unit) ? d.Units[unit] : Reasons.None);
        }

        foreach (var person in OfPersons(d))
        {
            Add(counts, person);
        }

        for (var group = 0; group < d.Groups.Length; group++)
        {
            Add(counts, d.Data.Groups.IsCurrent(group) ? d.Groups[group] : Reasons.None);
        }

        return new(d.Rules.All.Where(rule => counts[rule.Number] > 0).ToDictionary(rule => rule.Code, rule => counts[rule.Number]), StringComparer.Ordinal);
    }

    /// <summary>By person the reasons against all roles that were asked and refused.</summary>
    private static Reasons[] OfPersons(Decisions d)
    {
        var reasons = new Reasons[d.Persons.Length];
        for (var row = 0; row < d.Placements.Length; row++)
        {
            Join(d, reasons, d.Data.SchoolPlacements[row].Person, Roles.Student, d.Placements[row]);
        }

        for (var row = 0; row < d.Duties.Length; row++)
        {
            if (d.Data.Duties.IsCurrent(row) && d.Data.Duties[row].Person >= 0)
            {
                Join(d, reasons, d.Data.Duties[row].Person, Roles.Staff, d.Duties[row]);
            }
        }

        for (var person = 0; person < reasons.Length; person++)
        {
            if (d.Candidates[person].HasFlag(Roles.Guardian))
            {
                Join(d, reasons, person, Roles.Guardian, d.HasStudent[person] ? Reasons.None : Reasons.Of(d.Rules.Guardian));
            }
        }

        return reasons;
    }

    private static void Join(Decisions d, Reasons[] reasons, int person, Roles role, Reasons further)
    {
        if (!d.Is(person, role))
        {
            reasons[person] |= further | d.PersonReasons(person, role);
        }
    }

    private static void Add(int[] counts, Reasons reasons)
    {
        for (var bits = reasons.Bits; bits != 0; bits &= bits - 1)
        {
            counts[BitOperations.TrailingZeroCount(bits)]++;
        }
    }
}
