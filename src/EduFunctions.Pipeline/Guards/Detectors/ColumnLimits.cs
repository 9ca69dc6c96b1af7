using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>One column in which most rows of a school have another value or none, whatever else may change that day.</summary>
internal sealed class ColumnLimits : IDetector
{
    private static readonly RowKind[] PersonKinds = [RowKind.Students, RowKind.Staff, RowKind.Guardians];

    private readonly RowKind[] _kinds;
    private readonly Moved[] _columns;
    private readonly Func<GuardedNight, GuardedRows> _rowsOf;
    private readonly Func<ColumnComparison, int, IEnumerable<Moved>> _columnsOf;

    private ColumnLimits(
        RowKind[] kinds, Moved[] columns, Func<GuardedNight, GuardedRows> rowsOf, Func<ColumnComparison, int, IEnumerable<Moved>> columnsOf) =>
        (_kinds, _columns, _rowsOf, _columnsOf) = (kinds, columns, rowsOf, columnsOf);

    public static ColumnLimits OfPersons { get; } = new(
        PersonKinds,
        [Moved.ChangedOwner, Moved.ChangedNames, Moved.ChangedMail, Moved.ChangedLogin, Moved.ChangedYear, Moved.LostStudents],
        night => night.Persons, static (comparison, rank) => comparison.OfPerson(rank));

    public static ColumnLimits OfSections { get; } = new(
        [RowKind.Sections], [Moved.ChangedNames, Moved.LostTeachers],
        night => night.Sections, static (comparison, rank) => comparison.OfSection(rank));

    public void Judge(GuardedNight night)
    {
        var (rows, comparison) = (_rowsOf(night), new ColumnComparison(night.Difference));
        var changed = rows.Moving.Where(rank => rows[rank].Change == Change.Changed && !rows.IsSettled[rank])
            .SelectMany(rank => _columnsOf(comparison, rank).Select(column => new ColumnRow(rows, rank, column))).ToLookup(row => row.Moved);
        foreach (var column in _columns)
        {
            Judge(night, rows, column, [.. changed[column]]);
        }
    }

    private void Judge(GuardedNight night, GuardedRows rows, Moved column, IReadOnlyList<ColumnRow> changed)
    {
        night.Columns.AddRange(changed);
        var tally = night.TallyOf(column, Limit.Of(column, night.Settings));
        var news = changed.Where(row => !night.HasJustChanged(rows, row.Rank, column)).ToList();
        foreach (var row in news)
        {
            tally.Count(rows[row.Rank].Kind, rows[row.Rank].School);
        }

        foreach (var rank in rows.Unread)
        {
            tally.CountUnread(rows[rank].Kind, rows[rank].School);
        }

        foreach (var kind in _kinds)
        {
            night.CountAll(tally, kind);
            night.Verdict.Holds.AddRange(tally.Settle(kind, night.SchoolId));
        }

        foreach (var row in news.Where(row => !night.IsReleased && tally.IsHeld(rows[row.Rank].Kind, rows[row.Rank].School)))
        {
            rows.Fates[row.Rank] = Fate.AsBefore;
        }
    }
}
