namespace EduFunctions.Pipeline.Eligibility;

internal static class DutyUnits
{
    private const int DeepestHierarchy = 32;

    /// <summary>By row of units: the unit itself when it is eligible and, when the tenant wants it, every eligible unit below.</summary>
    public static IReadOnlyList<int>[] Of(Decisions d)
    {
        var units = new List<int>[d.Units.Length];
        for (var row = 0; row < units.Length; row++)
        {
            units[row] ??= [];
            if (!d.IsUnit(row))
            {
                continue;
            }

            units[row].Add(row);
            if (d.Settings.DutiesAtParents)
            {
                AddToAncestors(d, row, units);
            }
        }

        return units;
    }

    private static void AddToAncestors(Decisions d, int unit, List<int>[] units)
    {
        var ancestor = d.Data.Units[unit].Parent;
        for (var depth = 0; ancestor >= 0 && ancestor != unit && depth < DeepestHierarchy; depth++)
        {
            (units[ancestor] ??= []).Add(unit);
            ancestor = d.Data.Units[ancestor].Parent;
        }
    }
}
