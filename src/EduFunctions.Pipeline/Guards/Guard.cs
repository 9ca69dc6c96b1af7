using EduFunctions.Pipeline.Guards.Detectors;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Judges a difference: protected persons go whatever else happens; who comes again under a new id waits; who is missing for too short a time stays;
/// of the rest, what is over a limit stays. Additions and updates within the limits flow.
/// </summary>
internal static class Guard
{
    /// <summary>In this order: what one has settled, the next ones leave alone.</summary>
    private static readonly IReadOnlyList<IDetector> Detectors =
    [
        new NotUnderstood(),
        new MendedTexts(),
        new MassProtection(),
        new RestingTarget(),
        new ContestedValues(),
        RekeyedIds.OfPersons,
        RowLimits.OfStudentsAndStaff,
        ColumnLimits.OfPersons,
        DamagedTexts.OfPersons,
        new LeavingGuardians(),
        RowLimits.OfGuardians,
        new ComingTwice(),
        new ComingToNewSchools(),
        new ComingGuardians(),
        RekeyedIds.OfSections,
        RowLimits.OfSections,
        ColumnLimits.OfSections,
        new EmptiedSchools(),
        DamagedTexts.OfSections,
        new DamagedSchools(),
        new LeavingMembers(),
        new ComingMembers(),
    ];

    /// <param name="earlier">What was missing in the runs before.</param>
    /// <param name="isReleased">True when an operator lets through what is over the limits.</param>
    /// <param name="absentSchools">Ids of schools that could not be pulled.</param>
    /// <param name="today">The day of the run.</param>
    public static Verdict Judge(
        RosterDifference difference, GuardSettings settings, Absences earlier, string run, bool isReleased, IReadOnlyCollection<string>? absentSchools = null,
        DateOnly today = default)
    {
        var night = new GuardedNight(difference, settings, earlier, run, isReleased, absentSchools ?? [], today);
        foreach (var detector in Detectors)
        {
            detector.Judge(night);
        }

        night.Close();
        return night.Verdict;
    }

    /// <summary>Everything as it was, but for the protected and their guardians: for rosters of earlier days.</summary>
    public static Verdict KeepAll(RosterDifference difference)
    {
        var unlimited = new GuardSettings { MinRemoved = 0, MaxRemovedPercent = 0 };
        return Judge(difference, unlimited, Absences.None, "", isReleased: false);
    }
}
