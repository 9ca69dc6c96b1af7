using System.Buffers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Writes a collection anew, page by page: a page of which nothing has changed as it is, of any other the rows that are left, each as it is now, and behind
/// them all the rows that are new.
/// </summary>
internal sealed class ChangesMerge(Snapshot basis, SnapshotWriter snapshot, ChangeSet changes, CollectionIds ids, WholeRows whole)
{
    private const int NewRowsPerPage = 1000;

    private readonly HashSet<EntityId> _met = [];
    private int _gone;

    /// <summary>True when the collection is complete, false when the slice is over. What an earlier slice has written is left as it is.</summary>
    public async Task<bool> RunAsync(CancellationToken sliceEnds, CancellationToken ct)
    {
        var (pages, written) = (basis.Pages(changes.Collection), snapshot.Pages(changes.Collection).Count);
        foreach (var (at, page) in pages.Index())
        {
            using var stored = await basis.ReadStoredAsync(changes.Collection, page, ct);
            using var body = await RentedBody.GunzipAsync(stored.AsStream(), (int)page.Bytes, ct);
            var rows = PageRow.AllOf(JsonText.WithoutMark(body.Bytes));
            var isTouched = Meet(JsonText.WithoutMark(body.Memory), rows);
            if (at < written)
            {
                continue;
            }

            var isLast = at == pages.Count - 1 && _met.Count == changes.Rows.Count;
            await (isTouched ? WriteAsync(Rows(body.Memory, rows), isLast, ct) : CopyAsync(page, stored, body, isLast, ct));
            if (sliceEnds.IsCancellationRequested && !isLast)
            {
                return false;
            }
        }

        ChangeSet.RequireFew(changes.Collection, changes.Rows.Count + _gone, basis.Rows(changes.Collection));
        whole.RequireFew(_met.Count);
        await AddNewAsync(pages.Count, ct);
        if (whole.Note(_met.Count) is { } note)
        {
            lock (snapshot.Notes)
            {
                snapshot.Notes.Add(note);
            }
        }

        return true;
    }

    /// <summary>Notes which changes concern rows of the page, and what they lack of them; whether any does.</summary>
    private bool Meet(ReadOnlyMemory<byte> json, List<PageRow> rows)
    {
        var isTouched = false;
        foreach (var row in rows)
        {
            if (changes.Rows.TryGetValue(row.Id, out var changed))
            {
                whole.Complete(row.Id, json.Span.Slice(row.Start, row.Length), changed);
                _met.Add(row.Id);
                isTouched = true;
            }
            else if (changes.Gone.Contains(row.Id))
            {
                _gone++;
                isTouched = true;
            }
        }

        return isTouched;
    }

    private List<ReadOnlyMemory<byte>> Rows(ReadOnlyMemory<byte> body, List<PageRow> rows)
    {
        var json = JsonText.WithoutMark(body);
        return [.. rows.Where(row => !changes.Gone.Contains(row.Id)).Select(row =>
            whole.Find(row.Id) ?? changes.Rows.GetValueOrDefault(row.Id) ?? json.Slice(row.Start, row.Length))];
    }

    private async Task AddNewAsync(int pages, CancellationToken ct)
    {
        // In order, so that a slice after a kill makes the same pages.
        var added = changes.Rows.Where(row => !_met.Contains(row.Key)).OrderBy(row => row.Key).Select(row => (ReadOnlyMemory<byte>)row.Value).Chunk(NewRowsPerPage).ToList();
        foreach (var (at, rows) in added.Index().Skip(snapshot.Pages(changes.Collection).Count - pages))
        {
            await WriteAsync(rows, at == added.Count - 1, ct);
        }
    }

    private async Task CopyAsync(PageManifest page, RentedBody stored, RentedBody body, bool isLast, CancellationToken ct)
    {
        ids.Begin(Number);
        PageBody.Parse(body.Bytes, ids);
        var manifest = page with { Page = Number, Token = null, Next = null, CopiedFrom = page.CopiedFrom ?? basis.Manifest.Run };
        await snapshot.AddAsync(changes.Collection, new StoredPage(manifest, Next(isLast)), stored.Memory, ct);
    }

    private async Task WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> rows, bool isLast, CancellationToken ct)
    {
        var body = new ArrayBufferWriter<byte>(rows.Sum(row => row.Length + 1) + 64);
        body.Write("{\"data\":["u8);
        for (var at = 0; at < rows.Count; at++)
        {
            body.Write(at == 0 ? [] : ","u8);
            body.Write(rows[at].Span);
        }

        body.Write("],\"pageToken\":null}"u8);
        ids.Begin(Number);
        PageBody.Parse(body.WrittenSpan, ids);
        var stored = OwnPage.Gzip(body.WrittenSpan);
        var manifest = new PageManifest(Number, rows.Count, body.WrittenCount, OwnPage.Hex(body.WrittenSpan), stored.Length, OwnPage.Hex(stored));
        await snapshot.AddAsync(changes.Collection, new StoredPage(manifest, Next(isLast)), stored, ct);
    }

    private int Number => snapshot.Pages(changes.Collection).Count;

    private string? Next(bool isLast) => isLast ? null : FormattableString.Invariant($"{Number + 1}");
}
