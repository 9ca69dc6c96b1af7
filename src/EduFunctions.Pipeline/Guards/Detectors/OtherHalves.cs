namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>
/// Where removals are held, additions in such a number may be the same rows under other ids that nothing gives away: with both at the target everybody
/// would be there twice, so they wait for the same answer. They may have come to another school, too.
/// </summary>
internal static class OtherHalves
{
    public static void Hold(GuardedNight night, RowKind kind)
    {
        var (removals, additions, limit) = (night.Removals, night.Additions, Limit.Removals(night.Settings));
        var held = removals.Held(kind);
        var isAnyHeld = held > 0 || night.Changes.Held(kind) > 0;
        var (count, of) = (0, 0);
        for (var school = 0; school < night.Difference.Counts.Schools; school++)
        {
            var here = additions.Counted(kind, school);
            (count, of) = (count + here.Tonight, of + here.Of);
            var mayBeHeld = here.Of <= 0 ? isAnyHeld : removals.Holds(kind, school) || held * 2 >= here.Count;
            if (isAnyHeld && mayBeHeld && here.Tonight > 0 && !additions.IsHeld(kind, school) && limit.IsPassedBySchool(kind, here.Count, here.Of))
            {
                Hold(night, kind, school, new Hold(HoldCode.OtherHalf, kind, night.SchoolId(school), here.Count, here.Of, limit.Percent));
            }
        }

        if (held * 2 >= count && held > 0 && limit.IsPassedByAll(kind, count, of))
        {
            HoldEverywhere(night, kind, new Hold(HoldCode.OtherHalf, kind, null, count, of, limit.PercentOfTenant));
        }
    }

    private static void Hold(GuardedNight night, RowKind kind, int school, Hold hold)
    {
        night.Additions.Hold(kind, school);
        night.Verdict.Holds.Add(hold);
    }

    private static void HoldEverywhere(GuardedNight night, RowKind kind, Hold hold)
    {
        var open = Enumerable.Range(0, night.Difference.Counts.Schools).Where(school => night.Additions.Counted(kind, school).Tonight > 0 && !night.Additions.IsHeld(kind, school)).ToList();
        open.ForEach(school => night.Additions.Hold(kind, school));
        night.Verdict.Holds.AddRange(open.Count == 0 ? [] : [hold]);
    }
}
