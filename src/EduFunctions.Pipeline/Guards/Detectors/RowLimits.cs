namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Counts what goes, changes and comes by kind and school, and keeps what is over the limits.</summary>
internal sealed class RowLimits : IDetector
{
    private readonly RowKind[] _kinds;
    private readonly Func<GuardedNight, GuardedRows> _rowsOf;

    private RowLimits(Func<GuardedNight, GuardedRows> rowsOf, params RowKind[] kinds) => (_rowsOf, _kinds) = (rowsOf, kinds);

    public static RowLimits OfStudentsAndStaff { get; } = new(night => night.Persons, RowKind.Students, RowKind.Staff);

    public static RowLimits OfGuardians { get; } = new(night => night.Persons, RowKind.Guardians);

    public static RowLimits OfSections { get; } = new(night => night.Sections, RowKind.Sections);

    public void Judge(GuardedNight night)
    {
        var rows = _rowsOf(night);
        var judged = rows.Moving.Where(rank => _kinds.Contains(rows[rank].Kind) && !rows.IsSettled[rank]).ToList();
        Count(night, rows, judged);
        foreach (var kind in _kinds)
        {
            night.Verdict.Holds.AddRange(
                [.. night.Removals.Settle(kind, night.SchoolId), .. night.Changes.Settle(kind, night.SchoolId), .. night.Additions.Settle(kind, night.SchoolId)]);
            OtherHalves.Hold(night, kind);
        }

        foreach (var rank in night.IsReleased ? [] : judged)
        {
            var row = rows[rank];
            var (tally, school) = (TallyOf(night, row.Change), SchoolOf(night, rows, rank));
            if (tally?.IsHeld(row.Kind, school) == true && (IsNews(night, rows, rank) || tally.Holds(row.Kind, school)))
            {
                rows.Fates[rank] = row.Change == Change.Added ? Fate.NotYet : Fate.AsBefore;
            }
        }
    }

    /// <summary>What is missing for too short a time stays, and is not counted.</summary>
    private void Count(GuardedNight night, GuardedRows rows, List<int> judged)
    {
        foreach (var kind in _kinds)
        {
            night.CountAtBegin(kind);
            night.CountAll(night.Changes, kind);
            night.CountAll(night.Additions, kind);
        }

        foreach (var rank in judged)
        {
            var row = rows[rank];
            if (row.Change == Change.Removed && night.IsGraced(row.Kind, rows.Id(rank)))
            {
                rows.Fates[rank] = Fate.AsBefore;
            }
            else if (IsNews(night, rows, rank))
            {
                TallyOf(night, row.Change)?.Count(row.Kind, SchoolOf(night, rows, rank));
            }
        }

        CountUnread(night, rows);
    }

    /// <summary>Who would go tonight may have changed as well, if anybody could read it.</summary>
    private void CountUnread(GuardedNight night, GuardedRows rows)
    {
        foreach (var rank in rows.Unread.Where(rank => _kinds.Contains(rows[rank].Kind) && IsNews(night, rows, rank)))
        {
            night.Changes.CountUnread(rows[rank].Kind, rows[rank].School);
            night.Removals.CountUnread(rows[rank].Kind, night.SchoolOfLeaving(rows, rank), rows[rank].Change == Change.Removed ? 1 : 0);
        }
    }

    private static bool IsNews(GuardedNight night, GuardedRows rows, int rank) => !night.HasJustCome(rows, rank) && !night.HasJustChanged(rows, rank);

    private static int SchoolOf(GuardedNight night, GuardedRows rows, int rank) =>
        rows[rank].Change == Change.Removed ? night.SchoolOfLeaving(rows, rank) : rows[rank].School;

    private static Tally? TallyOf(GuardedNight night, Change change) => change switch
    {
        Change.Removed => night.Removals,
        Change.Changed => night.Changes,
        Change.Added => night.Additions,
        _ => null,
    };
}
