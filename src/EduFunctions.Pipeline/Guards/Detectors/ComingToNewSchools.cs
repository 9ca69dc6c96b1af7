namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>
/// A school that had nobody of a kind is free, but not when as many come to all such schools together as all others have: then the source may hand out everybody
/// a second time, under schools of other ids.
/// </summary>
internal sealed class ComingToNewSchools : IDetector
{
    private const int AsMany = 100;

    private static readonly RowKind[] Kinds = [RowKind.Students, RowKind.Staff];

    public void Judge(GuardedNight night)
    {
        var (rows, limit) = (night.Persons, Limit.Additions(night.Settings));
        foreach (var kind in Kinds)
        {
            var coming = rows.Moving.Where(rank => rows[rank].Change == Change.Added && rows[rank].Kind == kind && !rows.IsSettled[rank] && night.IsNewSchool(kind, rows[rank].School)).ToList();
            var (there, most) = (night.Difference.Counts.Total(kind).Before, Math.Max(AsMany, limit.Percent));
            if (there == 0 || coming.Count <= limit.Most(kind) || coming.Count * 100L < (long)there * most)
            {
                continue;
            }

            night.Verdict.Holds.Add(new Hold(HoldCode.Additions, kind, null, coming.Count, there, most));
            foreach (var rank in night.IsReleased ? [] : coming)
            {
                rows.Fates[rank] = Fate.NotYet;
            }
        }
    }
}
