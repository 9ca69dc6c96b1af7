namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>
/// Who is there as before and would only get a login or address that somebody else keeps, is not gone: they stay as they were delivered, also at a target that
/// would take them without one, where they had one.
/// </summary>
internal sealed class ContestedValues : IDetector
{
    public void Judge(GuardedNight night)
    {
        var (rows, difference) = (night.Persons, night.Difference);
        foreach (var rank in rows.Moving)
        {
            var (before, now) = (difference.Persons.Before(rank), difference.Persons.Now(rank));
            var isWithout = rows[rank].Change == Change.Removed ? !difference.Now.HasPerson(now)
                : rows[rank].Change == Change.Changed && difference.Before.HasValue(before);
            if (isWithout && !rows.IsSettled[rank] && difference.Now.IsContested(now))
            {
                (rows.Fates[rank], rows.IsSettled[rank]) = (Fate.AsBefore, true);
            }
        }
    }
}
