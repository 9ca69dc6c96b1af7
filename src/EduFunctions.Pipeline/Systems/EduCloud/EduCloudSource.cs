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

    /// <summary>In the order in which they refer to each other: what is named comes before what names it.</summary>
    internal static readonly string[] Collections =
        ["organisations", "syllabuses", "persons", "groups", "placements", "duties", "activities"];

    public string Type => "educloud";

    public Type Settings => typeof(EduCloudSettings);

    public RuleBook Rules => EduCloudRules.Book;

    public IReadOnlyList<FindingKind> Findings => EduCloudFindings.All;

    public string PageExtension => "json.gz";

    public async Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var eduCloud = (EduCloudSettings)pull.Tenant.Source;
        using var client = http.CreateClient(HttpClientName);
        using var token = new AccessToken(client, eduCloud, time);
        var pages = new PageFetcher(client, token, eduCloud, options, time);
        var ids = await SeenAsync(snapshot, ct);
        var collections = new CollectionPull(pages, snapshot, ids, eduCloud.MaxPages);
        var unfinished = 0;

        // All collections at once; pages of one collection follow each other, since each names the next. The first failure stops all.
        var all = new ParallelOptions { MaxDegreeOfParallelism = Collections.Length, CancellationToken = ct };
        await Parallel.ForEachAsync(Collections, all, async (collection, stop) =>
        {
            if (!await collections.RunAsync(collection, sliceEnds, stop))
            {
                Interlocked.Increment(ref unfinished);
            }
        });
        if (unfinished > 0)
        {
            return false;
        }

        var listed = ids["persons"].Own.Ids.Length;
        if (await new PersonLookup(pages, snapshot).RunAsync(ids.Missing("persons"), ids["persons"], ct) is { } refusal)
        {
            snapshot.Notes.Add(new PullNote(
                PullNote.LookUpRefused, PersonLookup.Collection,
                $"The source does not say who is meant by ids that its list of persons does not have ({refusal}). Whoever is known by such an id is not removed."));
        }

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
                ids[collection].LastRows = PageBody.Parse(body.Bytes, ids[collection]).RowsHash;
            }
        }

        return ids;
    }
}
