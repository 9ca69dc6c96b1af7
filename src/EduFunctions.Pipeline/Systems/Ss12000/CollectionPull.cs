using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Pulls a collection page after page, each named by the one before, and proves that the pages are one list: closed, finite, nobody on two of them.</summary>
/// <param name="basis">What changes are pulled for; null in a full pull.</param>
internal sealed class CollectionPull(PageFetcher pages, SnapshotWriter snapshot, PullIds ids, int mostPages, Snapshot? basis = null)
{
    private const int MostRestarts = 3;

    public PullIds Ids => ids;

    /// <summary>True when the collection is complete, false when the slice is over.</summary>
    [Told]
    public async Task<bool> RunAsync(string collection, CancellationToken sliceEnds, CancellationToken ct)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                if (!await PullOnAsync(collection, sliceEnds, ct))
                {
                    return false;
                }

                var repeats = await RepeatsAsync(collection, ct);
                if (!repeats && IsWhole(collection))
                {
                    return true;
                }

                var content = repeats ? await ContentAsync(collection, ct) : null;
                if (snapshot.Attempt(collection) > 0)
                {
                    RequireWhole(collection);
                    var note = await IsForGoodAsync(collection, content, ct) ? Repeated(collection) : Unstable(collection);
                    lock (snapshot.Notes)
                    {
                        snapshot.Notes.Add(note);
                    }

                    return true;
                }

                Restart(collection, content);
            }
            catch (PageTokenExpiredException) when (restarts < MostRestarts)
            {
                Restart(collection);
            }
            catch (PageTokenExpiredException)
            {
                throw new RunHeldException(
                    $"The page token of {collection} expired {MostRestarts + 1} times (410): the source changes faster than it can be read. "
                    + "Run again at a quieter hour, or raise source.pageSize.");
            }
        }
    }

    [Told]
    private static PullNote Unstable(string collection) => new(
        PullNote.Unstable, collection,
        $"The pages of {collection} do not fit together: also when pulled again, some rows stand on two pages, so others may stand on none. "
        + "Nobody who is missing there is removed tonight. Report it to the source's support.");

    [Told]
    private static PullNote Repeated(string collection) => new(
        PullNote.Repeated, collection,
        $"Some rows of {collection} stand there twice, and in the same places when pulled again. Whoever has such rows stays as targets have them until all of them say "
        + "that they have left. Report it to the source's support.");

    /// <summary>Whether as many rows and pages came as the source itself says that there are.</summary>
    private bool IsWhole(string collection) =>
        !(SaidRows(collection) > Rows(collection)) && !(ids[collection].Size.Pages > snapshot.Pages(collection).Count);

    /// <summary>How many rows the source says there are. Beside what has changed, some say how many the whole collection has.</summary>
    private long? SaidRows(string collection)
    {
        var (said, of) = (ids[collection].Size.Rows, SnapshotManifest.ChangedIn(collection));
        return basis is not null && of != collection && said * 2 > basis.Rows(of) ? null : said;
    }

    private long Rows(string collection) => snapshot.Pages(collection).Sum(page => (long)page.Manifest.Rows);

    /// <exception cref="RunHeldException">Fewer came, also when the collection was pulled again.</exception>
    [Told]
    private void RequireWhole(string collection)
    {
        var (size, rows, pages) = (ids[collection].Size with { Rows = SaidRows(collection) }, Rows(collection), snapshot.Pages(collection).Count);
        if (size.Rows > rows)
        {
            throw new RunHeldException(
                $"The source says that {collection} has {size.Rows} rows, and hands out {rows} of them, also when pulled again. Nothing incomplete is handed on: "
                + "report it to the source's support, or, where it counts what this client is not handed, name the member or header that says so in source.ownWords.");
        }

        if (size.Pages > pages)
        {
            throw new RunHeldException(
                $"The source says that {collection} has {size.Pages} pages, and hands out {pages} of them, also when pulled again. Nothing incomplete is handed on: "
                + "report it to the source's support, or, where it counts what this client is not handed, name the member or header that says so in source.ownWords.");
        }
    }

    private void Restart(string collection, string? content = null)
    {
        snapshot.Restart(collection, content);
        ids.Restart(collection);
    }

    /// <summary>Whether an id stands on two pages: the order of the rows moved while they were read.</summary>
    private async Task<bool> RepeatsAsync(string collection, CancellationToken ct)
    {
        var all = ids[collection].Own;
        if (all.Added == all.Ids.Length)
        {
            return false;
        }

        // An id may also stand twice on one page, of which the later counts, or have been noted on a page that was asked for twice.
        var onPages = 0L;
        foreach (var page in snapshot.Pages(collection))
        {
            using var body = await snapshot.ReadAsync(collection, page, ct);
            var own = new CollectionIds();
            PageBody.Parse(body.Bytes, own);
            onPages += own.Own.Ids.Length;
        }

        return onPages > all.Ids.Length;
    }

    /// <summary>
    /// Whether rows stand there twice since the source has them twice: twice tonight it was the same, it was so in the last pull, and no page begins with rows of
    /// an earlier one, as pages do that leave out others.
    /// </summary>
    private async Task<bool> IsForGoodAsync(string collection, string? content, CancellationToken ct) =>
        RepeatedRows.Are(collection) && content is not null && content == snapshot.Former(collection)
        && (await snapshot.FindEarlierAsync(ct))?.Manifest is var last && (last is null || last.IsUnstable(collection) || last.Repeats(collection))
        && !await BeginsAgainAsync(collection, ct);

    /// <summary>Whether the first row of a page stands on an earlier one and says the same there.</summary>
    private async Task<bool> BeginsAgainAsync(string collection, CancellationToken ct)
    {
        var seen = new HashSet<UInt128>();
        foreach (var page in snapshot.Pages(collection))
        {
            using var body = await snapshot.ReadAsync(collection, page, ct);
            var json = JsonText.WithoutMark(body.Memory);
            var rows = PageRow.AllOf(json.Span).Select(row => JsonMeaning.Of(json.Span.Slice(row.Start, row.Length))).ToList();
            if (rows.Count > 0 && seen.Contains(rows[0]))
            {
                return true;
            }

            seen.UnionWith(rows);
        }

        return false;
    }

    /// <summary>What all pages hold, in their order, as one hash.</summary>
    private async Task<string> ContentAsync(string collection, CancellationToken ct)
    {
        var rows = new StringBuilder();
        foreach (var page in snapshot.Pages(collection))
        {
            using var body = await snapshot.ReadAsync(collection, page, ct);
            rows.Append(CultureInfo.InvariantCulture, $"{PageBody.Parse(body.Bytes, new CollectionIds()).RowsHash:x}\n");
        }

        return Hash.Of(rows.ToString());
    }

    /// <summary>From the last stored page to the end of the collection or of the slice. While a page is stored, the next one is on its way.</summary>
    private async Task<bool> PullOnAsync(string collection, CancellationToken sliceEnds, CancellationToken ct)
    {
        var stored = snapshot.Pages(collection);
        if (stored is [.., { Next: null }])
        {
            return true;
        }

        var seen = ids[collection];
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = pages.FetchAsync(collection, stored.Count, stored.Count > 0 ? stored[^1].Next : null, seen, given.Token);
        try
        {
            while (true)
            {
                var fetched = await ahead;
                RefuseLoops(collection, fetched, seen);
                var storing = snapshot.AddAsync(collection, fetched.Page, fetched.Gzipped, ct);

                // Asked after a page, so that even the shortest slice gets on.
                if (fetched.Page.Next is null || sliceEnds.IsCancellationRequested)
                {
                    await storing;
                    return fetched.Page.Next is null;
                }

                ahead = pages.FetchAsync(collection, fetched.Page.Manifest.Page + 1, fetched.Page.Next, seen, given.Token);
                await storing;
            }
        }
        finally
        {
            // Nobody waits for the page ahead when storing has failed.
            await given.CancelAsync();
            await ahead.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    [Told]
    private void RefuseLoops(string collection, FetchedPage fetched, CollectionIds seen)
    {
        var page = fetched.Page;
        var number = page.Manifest.Page + 1;
        var repeatsRows = number > 1 && page.Manifest.Rows > 0 && fetched.Rows == seen.LastRows;
        if (repeatsRows || snapshot.HasToken(collection, page.Next))
        {
            throw new RunHeldException(
                $"The pages of {collection} go in circles: page {number} repeats an earlier one or its token. "
                + "Report it to the source's support; nothing incomplete is handed on.");
        }

        if (number >= mostPages && page.Next is not null)
        {
            throw new RunHeldException(
                $"The collection {collection} has more than {mostPages} pages (source.maxPages), of which the last has {page.Manifest.Rows} rows. "
                + "Raise source.maxPages or source.pageSize if there is so much; else report it to the source's support.");
        }

        seen.LastRows = fetched.Rows;
    }
}
