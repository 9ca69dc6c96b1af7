using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protocols.Tls;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>A register that is read by SS 12000:2020; its settings say how it differs from others.</summary>
public abstract class RegisterSource(CertifiedConnections connections, PipelineOptions options, TimeProvider time) : IChangesSource, IConnectionTest
{
    public const string HttpClientName = "register";

    /// <summary>In the order in which they refer to each other: what is named comes before what names it.</summary>
    internal static readonly string[] Collections =
        ["organisations", "syllabuses", "persons", "groups", "placements", "duties", "activities"];

    public abstract string Type { get; }

    public abstract Type Settings { get; }

    public string OnlyANightTells => "every page comes to its end, and whether the register has everybody who should be there: survey tells more";

    public RuleBook Rules => Ss12000Rules.Book;

    public IReadOnlyList<FindingKind> Findings => Ss12000Findings.All;

    public Vocabularies MakeVocabularies() => Ss12000Vocabularies.Make();

    public string PageExtension => "json.gz";

    public async Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var settings = (RegisterSettings)pull.Tenant.Source;
        using var client = connections.Open(HttpClientName, settings.Certificates);
        using var access = settings.Enter(client, time);
        var pages = new PageFetcher(client, access, settings, options, time);
        var wanted = CollectionsOf(settings);
        var ids = await SeenAsync(settings, snapshot, wanted, ct);
        var collections = new CollectionPull(pages, snapshot, ids, settings.MaxPages);
        if (!await EachAsync(wanted, (collection, stop) => collections.RunAsync(collection, sliceEnds, stop), ct))
        {
            return false;
        }

        await CompleteAsync(pull, pages, snapshot, ids, wanted, ct);
        return true;
    }

    public async Task<bool> ExtractChangesAsync(Pull pull, Snapshot basis, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var settings = (RegisterSettings)pull.Tenant.Source;
        using var client = connections.Open(HttpClientName, settings.Certificates);
        using var access = settings.Enter(client, time);
        var pages = new PageFetcher(client, access, settings, options, time, basis.Manifest.Horizon);
        var wanted = CollectionsOf(settings);
        var ids = await SeenAsync(settings, snapshot, [.. wanted, .. wanted.Select(SnapshotManifest.ChangesOf), SnapshotManifest.Deletions], ct);
        var later = new PageFetcher(client, access, settings, options, time, Latest(time.GetUtcNow(), basis.Manifest.Clock).AddDays(2));
        var changes = new ChangesPull(basis, snapshot, ids, later, OwnProperties(pull.Tenant), settings.MaxNotUnderstoodPercent);
        if (!await changes.RunAsync(new CollectionPull(pages, snapshot, ids, settings.MaxPages, basis), wanted, sliceEnds, ct))
        {
            return false;
        }

        await CompleteAsync(pull, pages, snapshot, ids, wanted, ct);
        return true;
    }

    private static DateTimeOffset Latest(DateTimeOffset ours, DateTimeOffset? theirs) => theirs > ours ? theirs.Value : ours;

    private static IReadOnlyList<string> OwnProperties(Tenant tenant) =>
        tenant.Eligibility.Selection?.Property is { } property ? [property.ActiveUnit, property.ToLms] : [];

    public async Task ProveAsync(Pull pull, Snapshot changed, SnapshotWriter full, CancellationToken ct)
    {
        var settings = (RegisterSettings)pull.Tenant.Source;
        using var client = connections.Open(HttpClientName, settings.Certificates);
        using var access = settings.Enter(client, time);
        var pages = new PageFetcher(client, access, settings, options, time, changed.Manifest.Horizon);
        var ids = await SeenAsync(settings, full, [SnapshotManifest.Deletions], ct);
        await new ChangesProof(changed, full).RunAsync(new CollectionPull(pages, full, ids, settings.MaxPages), CollectionsOf(settings), ct);
    }

    /// <summary>
    /// All collections at once; pages of one collection follow each other, since each names the next. The first failure stops all, the end of a slice none.
    /// </summary>
    internal static async Task<bool> EachAsync(IReadOnlyCollection<string> collections, Func<string, CancellationToken, Task<bool>> pull, CancellationToken ct)
    {
        var unfinished = 0;
        var all = new ParallelOptions { MaxDegreeOfParallelism = collections.Count, CancellationToken = ct };
        await Parallel.ForEachAsync(collections, all, async (collection, stop) =>
        {
            if (!await pull(collection, stop))
            {
                Interlocked.Increment(ref unfinished);
            }
        });
        return unfinished == 0;
    }

    /// <summary>All collections are there: looks up who is missing in them, and counts.</summary>
    private async Task CompleteAsync(Pull pull, PageFetcher pages, SnapshotWriter snapshot, PullIds ids, IReadOnlyList<string> wanted, CancellationToken ct)
    {
        var (listed, gone) = (ids["persons"].Own.Ids.Length, ids[SnapshotManifest.Deletions] as DeletedIds);
        var lookUp = new PersonLookup(pages, snapshot, ids["persons"], ids[PersonLookup.Collection]);
        var refusal = await lookUp.RunAsync(ids.Missing("persons"), ct);
        if (lookUp.Note() is { } unasked)
        {
            snapshot.Notes.Add(unasked);
        }

        var silent = await SilentPersons.KeepAsync(snapshot, ids.Missing("persons"), gone?["persons"], ct);
        var over = Ss12000Reader.Over(time.GetUtcNow(), pull.Tenant.Eligibility.DateMarginDays);
        var lost = await snapshot.FindEarlierAsync(ct) is { } earlier ? await new EarlierRows(snapshot.SoFar, earlier, ids, wanted, gone, over).FindAsync(ct) : [];
        await LostParts.StoreAsync(snapshot, lost, ct);
        await PullMarks.StoreAsync(snapshot, ids, wanted, ct);
        if (refusal is not null)
        {
            snapshot.Notes.Add(new PullNote(PullNote.LookUpRefused, PersonLookup.Collection, Unanswered(refusal)));
        }
        else if (silent > 0)
        {
            snapshot.Notes.Add(SilentPersons.Note(silent));
        }

        foreach (var collection in wanted)
        {
            NoteUnknown(snapshot, collection, [.. ids[collection].Unknown.Union(ids[SnapshotManifest.ChangesOf(collection)].Unknown)]);
            snapshot.Ids[collection] = ids.Count(collection);
        }

        // Who was looked up is counted where the answers lie.
        snapshot.Ids["persons"] = snapshot.Ids["persons"] with { Distinct = listed };
    }

    [Told]
    private static void NoteUnknown(SnapshotWriter snapshot, string collection, IReadOnlyList<string> members)
    {
        if (members.Count > 0)
        {
            snapshot.Notes.Add(new PullNote(
                PullNote.MemberUnknown, collection,
                $"Answers for {collection} have members beside their rows that nobody knows ({string.Join(", ", members)}). Look whether one of them says that something "
                + "is missing, and report it to EduFunctions then."));
        }
    }

    [Told]
    private static string Unanswered(string refusal) =>
        $"The source does not say who is meant by ids that its list of persons does not have ({refusal}). Whoever is known by such an id is not removed.";

    public Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) =>
        Ss12000Reader.ReadAsync(snapshot, options, ct);

    public Task<SourceData> ReadUnitsAsync(Snapshot snapshot, CancellationToken ct) => Ss12000Reader.ReadUnitsAsync(snapshot, ct);

    public Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct) => UnmarkedCopies.ReadAsync(snapshot, data, ct);

    public Task ReadPeopleAsync(Snapshot snapshot, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct) =>
        UnmarkedCopies.ReadAllAsync(snapshot, people, data, ct);

    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var register = (RegisterSettings)settings;
        var (client, problem) = TryOpen(register);
        if (client is null)
        {
            yield return new ConnectionCheck("certificate", problem);
            yield break;
        }

        using (client)
        {
            await foreach (var check in Ss12000Connection.TestAsync(client, register, options, time, ct))
            {
                yield return check;
            }
        }
    }

    internal static IReadOnlyList<string> CollectionsOf(RegisterSettings settings) => [.. Collections.Except(settings.Absent)];

    private (HttpClient? Client, string? Problem) TryOpen(RegisterSettings settings)
    {
        try
        {
            return (connections.Open(HttpClientName, settings.Certificates), null);
        }
        catch (RunHeldException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>The ids on pages that an earlier slice has stored.</summary>
    private static async Task<PullIds> SeenAsync(RegisterSettings settings, SnapshotWriter snapshot, IReadOnlyList<string> collections, CancellationToken ct)
    {
        var ids = new PullIds(new SilentSizes(settings.OwnWords));
        foreach (var collection in collections)
        {
            foreach (var page in snapshot.Pages(collection))
            {
                using var body = await snapshot.ReadAsync(collection, page, ct);
                ids[collection].Begin(page.Manifest.Page);
                ids[collection].LastRows = PageBody.Parse(body.Bytes, ids[collection]).RowsHash;
            }
        }

        return ids;
    }
}
