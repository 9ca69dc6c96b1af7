namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>What is not understood is not absent: no approval lets it go. Limits count it with the others, who may not go the sooner for it.</summary>
internal sealed class NotUnderstood : IDetector
{
    public void Judge(GuardedNight night)
    {
        if (night.Verdict.Doubts is { } doubts)
        {
            Keep(night.Persons, rank => !night.Persons.MustGo[rank] && doubts.KeepsPerson(rank) && !LeavesWithProtected(night, rank));
            Keep(night.Sections, doubts.KeepsSection);
        }
    }

    private static void Keep(GuardedRows rows, Predicate<int> isKept)
    {
        for (var rank = 0; rank < rows.Fates.Length; rank++)
        {
            if (isKept(rank))
            {
                rows.IsSettled[rank] = rows.IsUnread[rank] = true;
                rows.Fates[rank] = Fate.AsBefore;
            }
        }
    }

    /// <summary>A guardian who has protected students only goes with them, whatever was not understood.</summary>
    private static bool LeavesWithProtected(GuardedNight night, int rank) =>
        night.Persons[rank] is { Change: Change.Removed, Kind: RowKind.Guardians } && night.StudentsOf(rank) is (_, false, true);
}
