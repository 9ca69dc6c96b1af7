using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>EduCloud, IST's SS 12000:2020 API, through which Extens and IST Administration are read too.</summary>
public sealed class EduCloudSource(IHttpClientFactory http, PipelineOptions options, TimeProvider time) : ISource
{
    public const string HttpClientName = "educloud";

    private const int MostRestarts = 3;

    /// <summary>In the order in which they refer to each other: what is named comes before what names it.</summary>
    internal static readonly string[] Collections =
        ["organisations", "syllabuses", "persons", "groups", "placements", "duties", "activities"];

    public string Type => "educloud";

    public Type Settings => typeof(EduCloudSettings);

    public async Task<bool> ExtractAsync(SourceSettings settings, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var eduCloud = (EduCloudSettings)settings;
        using var client = http.CreateClient(HttpClientName);
        using var token = new AccessToken(client, eduCloud, time);
        var pages = new PageFetcher(client, token, eduCloud, options, time);
        var unfinished = 0;

        // All collections at once; pages of one collection follow each other, since each names the next. The first failure stops all.
        var all = new ParallelOptions { MaxDegreeOfParallelism = Collections.Length, CancellationToken = ct };
        await Parallel.ForEachAsync(Collections, all, async (collection, stop) =>
        {
            if (!await PullAsync(pages, collection, snapshot, sliceEnds, stop))
            {
                Interlocked.Increment(ref unfinished);
            }
        });
        return unfinished == 0;
    }

    public Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) =>
        EduCloudReader.ReadAsync(snapshot, options, ct);

    private static async Task<bool> PullAsync(
        PageFetcher pages, string collection, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                return await PullOnAsync(pages, collection, snapshot, sliceEnds, ct);
            }
            catch (PageTokenExpiredException) when (restarts < MostRestarts)
            {
                snapshot.Restart(collection);
            }
            catch (PageTokenExpiredException)
            {
                throw new RunHeldException(
                    $"The page token of {collection} expired {MostRestarts + 1} times (410): the source changes faster than it can be read. "
                    + "Run again at a quieter hour, or raise source.pageSize.");
            }
        }
    }

    /// <summary>From the last stored page to the end of the collection or of the slice.</summary>
    private static async Task<bool> PullOnAsync(
        PageFetcher pages, string collection, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        for (var last = snapshot.Last(collection); last is null || last.Next is not null; last = snapshot.Last(collection))
        {
            if (sliceEnds.IsCancellationRequested)
            {
                return false;
            }

            var fetched = await pages.FetchAsync(collection, snapshot.PageCount(collection), last?.Next, ct);
            RefuseLoops(collection, fetched.Page, last, snapshot);
            await snapshot.AddAsync(collection, fetched.Page, fetched.Gzipped, ct);
        }

        return true;
    }

    private static void RefuseLoops(string collection, StoredPage page, StoredPage? before, SnapshotWriter snapshot)
    {
        if (page.Manifest.Sha256 == before?.Manifest.Sha256 || snapshot.HasToken(collection, page.Next))
        {
            throw new RunHeldException(
                $"The pages of {collection} go in circles: page {page.Manifest.Page + 1} repeats an earlier one or its token. "
                + "Report it to the source's support; nothing incomplete is handed on.");
        }
    }
}
