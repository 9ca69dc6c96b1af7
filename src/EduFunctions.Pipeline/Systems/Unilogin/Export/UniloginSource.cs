using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Snapshots;
using Polly;
using Polly.Retry;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>
/// Unilogin SkoleGrunddata (wsiEKSPORT). A collection per institution, named by its number in lower case, with one page: the whole answer,
/// SOAP envelope and all, byte for byte.
/// </summary>
public sealed class UniloginSource(SoapConnections connections, CallBudget budget, PipelineOptions options, TimeProvider time) : ISource, IConnectionTest
{
    private const int AtOnce = 4;

    public string Type => "unilogin";

    public Type Settings => typeof(UniloginSettings);

    public string OnlyANightTells => "every institution answers with all of its people, and within the calls of a day";

    public RuleBook Rules => UniloginRules.Book;

    public IReadOnlyList<FindingKind> Findings => ExportFindings.All;

    public Vocabularies MakeVocabularies() => UniloginVocabularies.Make();

    public string PageExtension => "xml.gz";

    public async Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var settings = (UniloginSettings)pull.Tenant.Source;
        var missing = settings.Institutions.Where(institution => snapshot.Pages(CollectionOf(institution)).Count == 0).ToList();
        var skipped = new ConcurrentBag<string>();
        if (missing.Count > 0)
        {
            using var service = WsiEksport.Open(settings, connections, time);

            // Costs no call of the day, and tells trouble with connection, signature or agreement before one is spent.
            var agreed = (await AgreementsAsync(service, settings, ct)).ToLookup(institution => institution);
            var puller = new InstitutionPuller(service, budget, snapshot, pull, ExportFilter.Of(pull.Tenant), options, time);
            foreach (var institution in missing.Where(institution => !agreed.Contains(CollectionOf(institution))))
            {
                skipped.Add(institution);
            }

            if (!await PullAsync(missing.Except(skipped), puller, skipped, sliceEnds, ct))
            {
                return false;
            }
        }

        Note(settings, snapshot, skipped);
        return true;
    }

    public Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) => UniloginReader.ReadAsync(snapshot, options, ct);

    public Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct) =>
        UniloginReader.ReadPeopleAsync(snapshot, data.ProtectedIds, data, ct);

    public Task ReadPeopleAsync(Snapshot snapshot, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct) =>
        UniloginReader.ReadPeopleAsync(snapshot, people, data, ct);

    /// <summary>Asks for the agreements, which costs no call of the day.</summary>
    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var unilogin = (UniloginSettings)settings;
        var (agreed, problem) = await TryAgreementsAsync(unilogin, ct);
        yield return new ConnectionCheck("agreements", problem);
        foreach (var institution in problem is null ? unilogin.Institutions : [])
        {
            yield return new ConnectionCheck(
                $"institution {institution}", agreed.Contains(CollectionOf(institution)) ? null : NoAgreement(institution, unilogin));
        }
    }

    /// <summary>The collection that holds an institution's answer.</summary>
    internal static string CollectionOf(string institution) => institution.ToLowerInvariant();

    /// <summary>True when all are there. One that is held stops those that were not begun; calls under way are spent and come to their end.</summary>
    private static async Task<bool> PullAsync(
        IEnumerable<string> institutions, InstitutionPuller puller, ConcurrentBag<string> skipped, CancellationToken sliceEnds, CancellationToken ct)
    {
        var held = new ConcurrentQueue<RunHeldException>();
        var (begun, unfinished) = (0, 0);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(institutions, parallel, async (institution, stop) =>
        {
            // The first is always begun, so that even the shortest slice gets on.
            if (!held.IsEmpty || (Interlocked.Increment(ref begun) > 1 && sliceEnds.IsCancellationRequested))
            {
                Interlocked.Increment(ref unfinished);
                return;
            }

            try
            {
                switch (await puller.RunAsync(institution, sliceEnds, stop))
                {
                    case PullOutcome.NoAgreement:
                        skipped.Add(institution);
                        break;
                    case PullOutcome.Unfinished:
                        Interlocked.Increment(ref unfinished);
                        break;
                }
            }
            catch (RunHeldException e)
            {
                held.Enqueue(e);
            }
        });
        return held.TryDequeue(out var first) ? throw first : unfinished == 0;
    }

    private async Task<(IReadOnlySet<string> Agreed, string? Problem)> TryAgreementsAsync(UniloginSettings settings, CancellationToken ct)
    {
        try
        {
            using var service = WsiEksport.Open(settings, connections, time);
            return (await service.AgreementsAsync(ct), null);
        }
        catch (SoapException e)
        {
            return (new HashSet<string>(), ServiceProblem.Describe(e, settings, "hentDataAftaler"));
        }
        catch (RunHeldException e)
        {
            return (new HashSet<string>(), e.Message);
        }
    }

    private async Task<IReadOnlySet<string>> AgreementsAsync(WsiEksport service, UniloginSettings settings, CancellationToken ct)
    {
        var retry = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<SoapException>(e => e.MayPass),
                MaxRetryAttempts = options.PageTries - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.FirstPause,
                UseJitter = true,
            })
            .Build();
        try
        {
            return await retry.ExecuteAsync(async stop => await service.AgreementsAsync(stop), ct);
        }
        catch (SoapException e)
        {
            throw new RunHeldException(ServiceProblem.Describe(e, settings, "hentDataAftaler"), e);
        }
    }

    [Told]
    private static void Note(UniloginSettings settings, SnapshotWriter snapshot, ConcurrentBag<string> skipped)
    {
        if (skipped.Count == settings.Institutions.Count)
        {
            throw new RunHeldException(
                $"None of the tenant's {skipped.Count} institutions has an agreement for the package {settings.Package}, so nothing can be pulled. Have them approved in Tilslutning.");
        }

        foreach (var institution in settings.Institutions.Order(StringComparer.OrdinalIgnoreCase))
        {
            var collection = CollectionOf(institution);
            if (skipped.Contains(institution))
            {
                snapshot.Notes.Add(new PullNote(PullNote.Skipped, collection, NoAgreement(institution, settings)));
            }
            else if (snapshot.Pages(collection)[0].Manifest.CopiedFrom is { } run)
            {
                snapshot.Notes.Add(new PullNote(
                    PullNote.Reused, collection, EarlierAnswer(institution, run)));
            }
        }
    }

    [Told]
    private static string EarlierAnswer(string institution, string run) => $"Institution {institution} had no call left today: the answer of run {run} was used.";

    [Told]
    private static string NoAgreement(string institution, UniloginSettings settings) =>
        $"Institution {institution} has no agreement for the package {settings.Package} and was left out: have it approved in Tilslutning, or take it from source.institutions.";
}
