namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>A guardian does not come before one of the students does.</summary>
internal sealed class ComingGuardians : IDetector
{
    public void Judge(GuardedNight night)
    {
        var rows = night.Persons;
        foreach (var rank in rows.Moving)
        {
            if (rows[rank] is { Change: Change.Added, Kind: RowKind.Guardians } && WaitsForStudents(night, rank))
            {
                rows.Fates[rank] = Fate.NotYet;
            }
        }
    }

    private static bool WaitsForStudents(GuardedNight night, int guardian)
    {
        var difference = night.Difference;
        var students = difference.Now.Guardianships(difference.Persons.Now(guardian));
        foreach (var pair in students)
        {
            if (night.Persons.Fates[difference.Persons.RankNow[pair.Student]] != Fate.NotYet)
            {
                return false;
            }
        }

        return !students.IsEmpty;
    }
}
