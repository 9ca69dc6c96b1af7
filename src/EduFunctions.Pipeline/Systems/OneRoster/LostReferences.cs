using System.Globalization;
using System.Text;
using CsvHelper;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <param name="Row">Whose reference leads nowhere.</param>
internal sealed record DanglingReference(CsvFile File, EntityId Row, int Line, string Column)
{
    /// <summary>The id that nobody has.</summary>
    public EntityId To { get; init; }

    public Oddness Oddness { get; init; }
}

/// <summary>Something that a row was about in an earlier pull, when its reference led somewhere.</summary>
/// <param name="Row">Whose reference it is, when what stands there can be no id: it is handed on from pull to pull. None when it counts for one night.</param>
internal sealed record LostReference(string File, int Line, string Column, EntityKind Kind, EntityId Entity, EntityId Row = default);

/// <summary>
/// References that led somewhere in the last pull and lead nowhere in this one: of whatever the row was about by then, targets keep what they have, for this
/// night, or for as long as something stands there that is no id of this register (<see cref="IdShapes"/>). They lie in the snapshot, which says the same ever
/// after, whatever becomes of the pull before it.
/// </summary>
internal static class LostReferences
{
    /// <summary>Not in the snapshots of earlier releases, as a column of the form would have to be.</summary>
    private const string RowColumn = $"{CsvForm.Extension}row";

    private static readonly CsvFile Form = new(SnapshotManifest.LostReferences, new("file"), new("line"), new("column"), new("kind"), new("entity"));

    /// <summary>Finds and stores them.</summary>
    public static async Task StoreAsync(IReadOnlyList<DanglingReference> dangling, string source, SnapshotWriter snapshot, CancellationToken ct)
    {
        var lost = dangling.Count > 0 && await snapshot.LastPullAsync(ct) is { } last && last.Manifest.Source == source ? await FindAsync(dangling, last, ct) : [];
        if (lost.Count == 0)
        {
            return;
        }

        using var page = new SpooledPage();
        await WriteAsync(lost, page.Input);
        var (stored, gzipped) = page.Store(lost.Count);
        snapshot.Restart(Form.Name);
        await snapshot.AddAsync(Form.Name, stored, gzipped, ct);
    }

    public static async Task<IReadOnlyList<LostReference>> ReadAsync(Snapshot snapshot, CancellationToken ct)
    {
        var lost = new List<LostReference>();
        foreach (var page in snapshot.Pages(Form.Name))
        {
            await using var stored = await snapshot.OpenPageAsync(Form.Name, page, ct);
            using (var csv = new OneRosterRows(Form, stored.Body))
            {
                while (csv.Read())
                {
                    var line = int.Parse(csv["line"], CultureInfo.InvariantCulture);
                    lost.Add(new LostReference(csv["file"], line, csv["column"], Enum.Parse<EntityKind>(csv["kind"]), CsvValue.Id(csv["entity"]), CsvValue.Id(csv[RowColumn])));
                }
            }

            await stored.RequireWholeAsync(ct);
        }

        return lost;
    }

    /// <param name="last">The pull in which the same rows are looked for.</param>
    public static async Task<IReadOnlyList<LostReference>> FindAsync(IReadOnlyList<DanglingReference> dangling, Snapshot last, CancellationToken ct)
    {
        var earlier = new EarlierReferences([.. dangling.Where(reference => !reference.Row.IsNone)]);
        try
        {
            foreach (var file in CsvForm.Files)
            {
                foreach (var page in last.Pages(file.Name))
                {
                    await using var stored = await last.OpenPageAsync(file.Name, page, ct);
                    using var csv = new OneRosterRows(file, stored.Body);
                    earlier.Read(file, csv);
                }
            }

            earlier.HandOn(await ReadAsync(last, ct));
        }
        catch (RunHeldException)
        {
            // What that pull had is not kept any more: nothing is known of it.
            return [];
        }

        return earlier.Lost;
    }

    private static async Task WriteAsync(IReadOnlyList<LostReference> lost, Stream to)
    {
        await using var csv = new CsvWriter(new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true), CultureInfo.InvariantCulture);
        foreach (var row in lost.Select(Fields).Prepend(Form.Columns.Select(column => column.Name).Append(RowColumn)))
        {
            foreach (var field in row)
            {
                csv.WriteField(field);
            }

            await csv.NextRecordAsync();
        }
    }

    private static IEnumerable<string> Fields(LostReference lost) =>
        [lost.File, lost.Line.ToString(CultureInfo.InvariantCulture), lost.Column, lost.Kind.ToString(), lost.Entity.ToString(), lost.Row.IsNone ? "" : lost.Row.ToString()];
}
