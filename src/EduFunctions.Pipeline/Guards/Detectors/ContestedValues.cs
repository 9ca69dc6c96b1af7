namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Who is there as before and would only get a login or address that somebody else keeps, is not gone: they stay as they were delivered.</summary>
internal sealed class ContestedValues : IDetector
{
    public void Judge(GuardedNight night)
    {
        var (rows, difference) = (night.Persons, night.Difference);
        foreach (var rank in rows.Moving)
        {
            if (rows[rank].Change == Change.Removed && !rows.IsSettled[rank] && difference.Now.IsContested(difference.Persons.Now(rank)) && !difference.Now.HasPerson(difference.Persons.Now(rank)))
            {
                (rows.Fates[rank], rows.IsSettled[rank]) = (Fate.AsBefore, true);
            }
        }
    }
}
