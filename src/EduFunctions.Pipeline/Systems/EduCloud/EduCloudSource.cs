using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <summary>EduCloud, IST's SS 12000:2020 API, through which Extens and IST Administration are read too.</summary>
public sealed class EduCloudSource(IHttpClientFactory http, PipelineOptions options, TimeProvider time) : ISource, IConnectionTest
{
    public const string HttpClientName = "educloud";

    private const int MostRestarts = 3;

    /// <summary>In the order in which they refer to each other: what is named comes before what names it.</summary>
    internal static readonly string[] Collections =
        ["organisations", "syllabuses", "persons", "groups", "placements", "duties", "activities"];

    public string Type => "educloud";

    public Type Settings => typeof(EduCloudSettings);

    public RuleBook Rules => EduCloudRules.Book;

    public string PageExtension => "json.gz";

    public async Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var eduCloud = (EduCloudSettings)pull.Tenant.Source;
        using var client = http.CreateClient(HttpClientName);
        using var token = new AccessToken(client, eduCloud, time);
        var pages = new PageFetcher(client, token, eduCloud, options, time);
        var ids = await SeenAsync(snapshot, ct);
        var unfinished = 0;

        // All collections at once; pages of one collection follow each other, since each names the next. The first failure stops all.
        var all = new ParallelOptions { MaxDegreeOfParallelism = Collections.Length, CancellationToken = ct };
        await Parallel.ForEachAsync(Collections, all, async (collection, stop) =>
        {
            if (!await PullAsync(pages, collection, snapshot, ids, sliceEnds, stop))
            {
                Interlocked.Increment(ref unfinished);
            }
        });
        if (unfinished > 0)
        {
            return false;
        }

        var listed = ids["persons"].Own.Ids.Length;
        await new PersonLookup(pages, snapshot).RunAsync(ids.Missing("persons"), ids["persons"], ct);
        foreach (var collection in Collections)
        {
            snapshot.Ids[collection] = ids.Count(collection);
        }

        // Who was looked up is counted where the answers lie.
        snapshot.Ids["persons"] = snapshot.Ids["persons"] with { Distinct = listed };

        return true;
    }

    public Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) =>
        EduCloudReader.ReadAsync(snapshot, options, ct);

    public Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct) => UnmarkedCopies.ReadAsync(snapshot, data, ct);

    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        using var client = http.CreateClient(HttpClientName);
        await foreach (var check in EduCloudConnection.TestAsync(client, (EduCloudSettings)settings, options, time, ct))
        {
            yield return check;
        }
    }

    /// <summary>The ids on pages that an earlier slice has stored.</summary>
    private static async Task<PullIds> SeenAsync(SnapshotWriter snapshot, CancellationToken ct)
    {
        var ids = new PullIds();
        foreach (var collection in Collections)
        {
            foreach (var page in snapshot.Pages(collection))
            {
                using var body = await snapshot.ReadAsync(collection, page, ct);
                PageBody.Parse(body.Bytes, ids[collection]);
            }
        }

        return ids;
    }

    private static async Task<bool> PullAsync(
        PageFetcher pages, string collection, SnapshotWriter snapshot, PullIds ids, CancellationToken sliceEnds, CancellationToken ct)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                return await PullOnAsync(pages, collection, snapshot, ids[collection], sliceEnds, ct);
            }
            catch (PageTokenExpiredException) when (restarts < MostRestarts)
            {
                snapshot.Restart(collection);
                ids.Restart(collection);
            }
            catch (PageTokenExpiredException)
            {
                throw new RunHeldException(
                    $"The page token of {collection} expired {MostRestarts + 1} times (410): the source changes faster than it can be read. "
                    + "Run again at a quieter hour, or raise source.pageSize.");
            }
        }
    }

    /// <summary>From the last stored page to the end of the collection or of the slice. While a page is stored, the next one is on its way.</summary>
    private static async Task<bool> PullOnAsync(
        PageFetcher pages, string collection, SnapshotWriter snapshot, CollectionIds ids, CancellationToken sliceEnds, CancellationToken ct)
    {
        var stored = snapshot.Pages(collection);
        if (stored is [.., { Next: null }])
        {
            return true;
        }

        using var given = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = pages.FetchAsync(collection, stored.Count, stored.Count > 0 ? stored[^1].Next : null, ids, given.Token);
        try
        {
            while (true)
            {
                var fetched = await ahead;
                RefuseLoops(collection, fetched.Page, snapshot);
                var storing = snapshot.AddAsync(collection, fetched.Page, fetched.Gzipped, ct);

                // Asked after a page, so that even the shortest slice gets on.
                if (fetched.Page.Next is null || sliceEnds.IsCancellationRequested)
                {
                    await storing;
                    return fetched.Page.Next is null;
                }

                ahead = pages.FetchAsync(collection, fetched.Page.Manifest.Page + 1, fetched.Page.Next, ids, given.Token);
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

    private static void RefuseLoops(string collection, StoredPage page, SnapshotWriter snapshot)
    {
        var before = snapshot.Pages(collection) is [.., var last] ? last : null;
        if (page.Manifest.Sha256 == before?.Manifest.Sha256 || snapshot.HasToken(collection, page.Next))
        {
            throw new RunHeldException(
                $"The pages of {collection} go in circles: page {page.Manifest.Page + 1} repeats an earlier one or its token. "
                + "Report it to the source's support; nothing incomplete is handed on.");
        }
    }
}
