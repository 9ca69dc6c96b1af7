using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What was missing, and for how many runs in a row. Knows the run that counted last, so that a repeated stage counts once.</summary>
public sealed class Absences(string run)
{
    private const string FileKind = "absences/1";

    private readonly Dictionary<(RowKind Kind, EntityId Id, EntityId Section), int> _runs = [];

    public static Absences None { get; } = new(run: "");

    public int Count => _runs.Count;

    /// <summary>Whether these are only looked at: a pull of changes is no night, and neither adds to what was counted nor begins to count.</summary>
    private bool IsStanding { get; init; }

    public static async Task<Absences> ReadAsync(Stream stream, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, FileKind, ct);
        var absences = new Absences(file.Facts<string>());
        var rows = new Table<AbsenceRow>();
        await file.ReadAsync(stream, [TableBytes.Of("absences", rows)], ct);
        foreach (var row in rows.Rows)
        {
            absences._runs.Add(((RowKind)row.Kind, row.Id, row.Section), row.Runs);
        }

        return absences;
    }

    public void Write(Stream stream)
    {
        var rows = _runs.Select(entry => new AbsenceRow { Id = entry.Key.Id, Section = entry.Key.Section, Kind = (int)entry.Key.Kind, Runs = entry.Value });
        TableFile.Write(stream, FileKind, run, TableBytes.Of("absences", new Table<AbsenceRow>([.. rows]), static (in row) => row.Id, static (in row) => row.Section));
    }

    /// <summary>The same for a run that is no night.</summary>
    public Absences Standing()
    {
        var same = new Absences(run) { IsStanding = true };
        foreach (var (row, runs) in _runs)
        {
            same._runs.Add(row, runs);
        }

        return same;
    }

    /// <summary>Counts an absence in these, going on from the earlier ones; the number of runs in a row.</summary>
    public int Note(Absences earlier, RowKind kind, EntityId id, EntityId section = default)
    {
        var counted = earlier._runs.GetValueOrDefault((kind, id, section));
        var now = !earlier.IsStanding && (counted == 0 || !earlier.IsOf(run)) ? counted + 1 : counted;
        if (now > 0)
        {
            _runs[(kind, id, section)] = now;
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
}
