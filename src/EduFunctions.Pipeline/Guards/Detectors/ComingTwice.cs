using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Who comes under a new id while the same person is still there under another. They wait: at the target everybody would be there twice.</summary>
internal sealed class ComingTwice : IDetector
{
    private static readonly RowKind[] Kinds = [RowKind.Students, RowKind.Staff, RowKind.Guardians];

    public void Judge(GuardedNight night)
    {
        var rows = night.Persons;
        var coming = rows.Moving.Where(rank => rows[rank].Change == Change.Added && !rows.IsSettled[rank]).ToList();
        var twice = coming.Count == 0 ? [] : Twice(night, coming).Select(rank => new ColumnRow(rows, rank, Moved.CameTwice)).ToList();
        night.Columns.AddRange(twice);
        var tally = night.TallyOf(Moved.CameTwice, Limit.ComingTwice(night.Settings));
        coming.ForEach(rank => tally.CountOf(rows[rank].Kind, rows[rank].School));
        twice.ForEach(row => tally.Count(rows[row.Rank].Kind, rows[row.Rank].School));
        foreach (var kind in Kinds)
        {
            night.Verdict.Holds.AddRange(tally.Settle(kind, night.SchoolId));
        }

        foreach (var row in twice.Where(row => !night.IsReleased && tally.IsHeld(rows[row.Rank].Kind, rows[row.Rank].School)))
        {
            rows.Fates[row.Rank] = Fate.NotYet;
        }
    }

    /// <summary>At a school that had nobody, names alone tell when most of those who come have those of somebody elsewhere: two of one name there are few.</summary>
    private static List<int> Twice(GuardedNight night, List<int> coming)
    {
        var (rows, detector) = (night.Persons, new RekeyDetector(night.Difference));
        var twice = detector.Doubles(coming, rank => rows.IsUnread[rank]);
        var strangers = coming.Except(twice).Where(rank => night.IsNewSchool(rows[rank].Kind, rows[rank].School)).ToList();
        var namesakes = detector.Namesakes(strangers, rank => rows.IsUnread[rank]).ToHashSet();
        foreach (var school in strangers.GroupBy(rank => (rows[rank].Kind, rows[rank].School)))
        {
            var named = school.Where(namesakes.Contains).ToList();
            twice.AddRange(2 * named.Count > school.Count() ? named : []);
        }

        return twice;
    }
}
