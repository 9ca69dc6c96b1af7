using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Guards;

/// <param name="Runs">In a row, the last one included.</param>
/// <param name="Days">On so many of the days of these runs: there may be several nights a day.</param>
/// <param name="Day">Number of the day counted last.</param>
public readonly record struct Absence(int Runs, int Days, int Day);

/// <summary>What was missing, and for how many runs in a row and on how many days. Knows the run that counted last, so that a repeated stage counts once.</summary>
public sealed class Absences(string run)
{
    private const string FileKind = "absences/1";

    private readonly Dictionary<(RowKind Kind, EntityId Id, EntityId Section), Absence> _absent = [];

    public static Absences None { get; } = new(run: "");

    public int Count => _absent.Count;

    /// <summary>Whether these are only looked at: a pull of changes is no night, and neither adds to what was counted nor begins to count.</summary>
    private bool IsStanding { get; init; }

    public static async Task<Absences> ReadAsync(Stream stream, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, FileKind, ct);
        var absences = new Absences(file.Facts<string>());
        var (rows, days) = (new Table<AbsenceRow>(), new Table<DayRow>());
        await file.ReadAsync(stream, [TableBytes.Of("absences", rows), TableBytes.Of("days", days)], ct);
        for (var at = 0; at < rows.Count; at++)
        {
            // Releases before counted no days: who is missing then is so since that day at the latest.
            var (row, day) = (rows[at], at < days.Count ? days[at] : new DayRow { Days = 1 });
            absences._absent.Add(((RowKind)row.Kind, row.Id, row.Section), new Absence(row.Runs, day.Days, day.Day));
        }

        return absences;
    }

    public void Write(Stream stream)
    {
        var rows = _absent.Select(entry => new AbsenceRow { Id = entry.Key.Id, Section = entry.Key.Section, Kind = (int)entry.Key.Kind, Runs = entry.Value.Runs });
        var days = _absent.Values.Select(absence => new DayRow { Days = absence.Days, Day = absence.Day });
        TableFile.Write(
            stream, FileKind, run,
            TableBytes.Of("absences", new Table<AbsenceRow>([.. rows]), static (in row) => row.Id, static (in row) => row.Section),
            TableBytes.Of("days", new Table<DayRow>([.. days])));
    }

    /// <summary>The same for a run that is no night.</summary>
    public Absences Standing()
    {
        var same = new Absences(run) { IsStanding = true };
        foreach (var (row, absence) in _absent)
        {
            same._absent.Add(row, absence);
        }

        return same;
    }

    /// <summary>Counts an absence in these, going on from the earlier ones.</summary>
    /// <param name="today">The day of the run. Any other than the one before is one more, so that a strange date is never more than a day.</param>
    public Absence Note(Absences earlier, DateOnly today, RowKind kind, EntityId id, EntityId section = default)
    {
        var before = earlier._absent.GetValueOrDefault((kind, id, section));
        var isCounted = earlier.IsStanding || (before.Runs > 0 && earlier.IsOf(run));
        var isOtherDay = before.Runs == 0 || before.Day != today.DayNumber;
        var now = isCounted ? before : new Absence(before.Runs + 1, before.Days + (isOtherDay ? 1 : 0), today.DayNumber);
        if (now.Runs > 0)
        {
            _absent[(kind, id, section)] = now;
        }

        return now;
    }

    private bool IsOf(string other) => run == other;

    private struct AbsenceRow
    {
        public EntityId Id;
        public EntityId Section;
        public int Kind;
        public int Runs;
    }

    private struct DayRow
    {
        public int Days;
        public int Day;
    }
}
