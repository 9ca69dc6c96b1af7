using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Both verdicts on a difference: the one that holds while nobody has approved, and the one an approval brings.</summary>
internal sealed class Judgement
{
    private readonly RosterDifference _difference;
    private readonly IReadOnlyList<PlannedDeletions> _deletions;

    /// <param name="isBaselineLost">Whether what was delivered last cannot be read, so that everything waits.</param>
    /// <param name="absentSchools">Ids of schools that could not be pulled.</param>
    /// <param name="loginSetting">The feed's setting that decides on logins.</param>
    /// <param name="deletions">What is due to be deleted for good.</param>
    /// <param name="unconfirmed">What waits for what was delivered last may not be all that the target has; null for nothing.</param>
    /// <param name="unprotected">How many would not be protected any more; 0 when they are not too many.</param>
    public Judgement(
        RosterDifference difference, GuardSettings settings, Absences earlier, string run, bool isBaselineLost, IReadOnlyCollection<string>? absentSchools = null,
        DateOnly today = default, int unprotected = 0, string loginSetting = "", IReadOnlyList<PlannedDeletions>? deletions = null, Hold? unconfirmed = null)
    {
        (_difference, _deletions) = (difference, deletions ?? []);
        Held = Guard.Judge(difference, settings, earlier, run, isReleased: false, absentSchools, today);
        Released = Held.Holds.Count == 0 ? Held : Guard.Judge(difference, settings, earlier, run, isReleased: true, absentSchools, today);
        Held.Holds.InsertRange(0, SettingChanges.Find(difference, settings, loginSetting));
        if (unprotected > 0)
        {
            Held.Holds.Add(new Hold(HoldCode.Unprotected, null, null, unprotected, difference.Now.Roster.Protected.Count, settings.MaxUnprotected));
        }

        if (Deletions.Judge(_deletions, settings) is { } tooMany)
        {
            Held.Holds.Add(tooMany);
        }

        if (unconfirmed is not null)
        {
            Held.Holds.Add(unconfirmed);
        }

        if (isBaselineLost)
        {
            var rows = ChangeCounts.Kinds.Select(kind => difference.Counts.Total(kind)).Sum(rows => rows.Added + rows.Changed + rows.Removed);
            Held.Holds.Add(new Hold(HoldCode.BaselineLost, null, null, rows, rows, 0));
        }
    }

    public Verdict Held { get; }

    public Verdict Released { get; }

    public HashedPlan Plan(PlanName name, Func<FeedChanges, IReadOnlyList<string>> forecast) =>
        HashedPlan.Of(new PlanBuilder(_difference, Held, Released) { Deletions = _deletions }.Build(name, forecast));
}
