namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>After the students: a guardian stays with a student who stays, and goes uncounted with protected ones.</summary>
internal sealed class LeavingGuardians : IDetector
{
    public void Judge(GuardedNight night)
    {
        var rows = night.Persons;
        foreach (var rank in rows.Moving)
        {
            if (rows[rank] is { Change: Change.Removed, Kind: RowKind.Guardians } && !rows.IsSettled[rank])
            {
                var (hasKept, hasStudent, hasProtected) = night.StudentsOf(rank);
                rows.Fates[rank] = hasKept ? Fate.AsBefore : rows.Fates[rank];
                rows.IsSettled[rank] = hasKept || (!hasStudent && hasProtected);
            }
        }
    }
}
