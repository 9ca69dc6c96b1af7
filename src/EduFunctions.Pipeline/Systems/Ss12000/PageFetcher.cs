using System.Net;
using System.Net.Http.Headers;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Snapshots;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>A page as it goes to the snapshot: proven whole, compressed.</summary>
/// <param name="Rows">Hash of the rows alone.</param>
internal sealed record FetchedPage(StoredPage Page, byte[] Gzipped, UInt128 Rows);

/// <summary>Gets pages whole or not at all: what can pass is tried again, what cannot holds the run with what to do about it.</summary>
/// <param name="since">Since when to ask for changes and deletions; only where they are asked for.</param>
internal sealed class PageFetcher(HttpClient http, IAccess access, RegisterSettings settings, PipelineOptions options, TimeProvider time, DateTimeOffset since = default)
{
    /// <summary>The filter of the standard; what is modified at that very time is not in it, and may be.</summary>
    public const string ModifiedAfter = "meta.modified.after";

    private const string PersonsLookup = "persons/lookup";

    /// <summary>An error object is a code and a sentence; what fails may go on without end.</summary>
    private const int MostOfError = 1 << 16;

    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddTimeout(options.PagePatience)
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<PageFailedException>().Handle<HttpRequestException>().Handle<IOException>()
                .Handle<TaskCanceledException>(e => e.InnerException is TimeoutException),
            MaxRetryAttempts = options.PageTries - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.FirstPause,
            UseJitter = true,
            DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as PageFailedException)?.RetryAfter),
        })
        .Build();

    /// <param name="asked">What the page before says of it; null for the first page.</param>
    /// <param name="ids">Gets the ids of the page.</param>
    public Task<FetchedPage> FetchAsync(string collection, int page, string? asked, CollectionIds ids, CancellationToken ct)
    {
        // After the first page only token and limit may be given, and by nothing but time is anything left out: the rules are asked here.
        var next = asked is null ? "" : $"&{(IsDeletions(collection) ? Paging.Token : settings.NextPage)}={Uri.EscapeDataString(asked)}";
        var address = $"{Address(collection)}?limit={settings.PageSize}{(asked is null || settings.NextPage == Paging.Offset ? Filter(collection) : "")}{next}";
        return RetryAsync(collection, page, async attempt =>
        {
            using var answer = await AskAsync(() => new HttpRequestMessage(HttpMethod.Get, address), attempt);
            await RefuseErrorsAsync(answer, collection, page, attempt);
            var head = PageHeaders.Of(answer, ids.Silent);
            var fetched = await ReadAsync(answer, page, body => Paging.Read(body, IsDeletions(collection) ? Paging.Token : settings.NextPage, asked), ids, attempt);
            ids.Note(head);
            return head.Next is null || fetched.Page.Next is not null
                ? fetched
                : throw new PageFailedException($"the page names no pageToken, but its header {head.Next} says that there is another page");
        }, ct);
    }

    /// <param name="body">The ids that are asked for, as the API wants them.</param>
    /// <param name="mayHalve">Whether a 503 may mean that the answer is too large; of a single id it means an outage.</param>
    [Told]
    public Task<LookUpAnswer> LookUpAsync(int page, byte[] body, bool mayHalve, CollectionIds ids, CancellationToken ct) =>
        RetryAsync(PersonsLookup, page, async attempt =>
        {
            using var answer = await AskAsync(() => LookUp(body), attempt);
            if (mayHalve && answer.StatusCode is (HttpStatusCode.ServiceUnavailable or HttpStatusCode.RequestEntityTooLarge))
            {
                return LookUpAnswer.TooLarge;
            }

            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return LookUpAnswer.Unknown;
            }

            if (answer.StatusCode == HttpStatusCode.Gone)
            {
                throw new RunHeldException(
                    $"{Address(PersonsLookup)} answered 410 for page {page + 1}, as if a look-up had a page token that could expire. "
                    + "Report it to the source's support, then run again.");
            }

            if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented)
            {
                return LookUpAnswer.Refused((int)answer.StatusCode);
            }

            await RefuseErrorsAsync(answer, PersonsLookup, page, attempt);
            var fetched = await ReadAsync(answer, page, body => body, ids, attempt);
            return new LookUpAnswer(new LookedUp(fetched with { Page = fetched.Page with { Next = null } }, HasMore: fetched.Page.Next is not null), null);
        }, ct);

    [Told]
    private async Task<T> RetryAsync<T>(string collection, int page, Func<CancellationToken, ValueTask<T>> ask, CancellationToken ct)
    {
        var (tries, last) = (0, (Exception?)null);
        try
        {
            return await WorkSlot.WaitAsync(() => _retry.ExecuteAsync(TryAsync, ct).AsTask());
        }
        catch (Exception e) when (e is PageFailedException or HttpRequestException or IOException or TimeoutRejectedException
            || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new RunHeldException(
                $"Page {page + 1} of {collection} could not be read from {Address(collection)} in {Count(tries)}: "
                + $"{Cause(e is TimeoutRejectedException && last is not null ? last : e)}. Check that the source answers and source.baseUrl is right, then run again.", e);
        }
        catch (BodyTooLargeException e)
        {
            throw new RunHeldException(
                $"Page {page + 1} of {collection} from {Address(collection)} is longer than {e.Most >> 20} MB, packed or unpacked. "
                + "Lower source.pageSize; if it is low already, report it to the source's support.", e);
        }

        async ValueTask<T> TryAsync(CancellationToken attempt)
        {
            tries++;
            try
            {
                return await ask(attempt);
            }
            catch (PageFailedException e) when (e.RetryAfter > options.PagePatience)
            {
                throw new RunHeldException(
                    $"Page {page + 1} of {collection} could not be read from {Address(collection)}: {Cause(e)}, and asks to wait {Told(e.RetryAfter.Value)} (Retry-After), "
                    + $"which is longer than a run waits ({Told(options.PagePatience)}). Run again then.", e);
            }
            catch (Exception e) when (e is PageFailedException or HttpRequestException or IOException)
            {
                // When time runs out between two tries, this is why.
                last = e;
                throw;
            }
        }
    }

    private static async Task<FetchedPage> ReadAsync(HttpResponseMessage answer, int page, Func<PageBody, PageBody> paging, CollectionIds ids, CancellationToken ct)
    {
        using var body = await AnswerBody.ReadAsync(answer, ct);
        ids.Begin(page);
        var parsed = body.Parse(ids);
        return parsed.Error is { } error ? throw new PageFailedException(error) : body.Page(page, paging(parsed), answer.Headers.Date);
    }

    private static bool IsDeletions(string collection) => collection == SnapshotManifest.Deletions;

    private static bool IsOfChanges(string collection) => IsDeletions(collection) || SnapshotManifest.ChangedIn(collection) != collection;

    private string Filter(string collection) => IsOfChanges(collection)
        ? FormattableString.Invariant($"&{(IsDeletions(collection) ? "after" : ModifiedAfter)}={since.UtcDateTime:yyyy-MM-dd'T'HH'%3A'mm'%3A'ss}Z")
        : "";

    /// <summary>One request, repeated once when the API refuses a token and a new one can be had.</summary>
    private async Task<HttpResponseMessage> AskAsync(Func<HttpRequestMessage> request, CancellationToken ct)
    {
        var shown = await access.GetAsync(refused: null, ct);
        var answer = await SendAsync(request(), shown, ct);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || await access.GetAsync(shown, ct) is not { } other || other == shown)
        {
            return answer;
        }

        answer.Dispose();
        return await SendAsync(request(), other, ct);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Credential? shown, CancellationToken ct)
    {
        using (request)
        {
            shown?.AddTo(request);
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
    }

    private HttpRequestMessage LookUp(byte[] body) => new(HttpMethod.Post, Address(PersonsLookup))
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    [Told]
    private async Task RefuseErrorsAsync(HttpResponseMessage answer, string collection, int page, CancellationToken ct)
    {
        var status = (int)answer.StatusCode;
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                return;
            case HttpStatusCode.Gone:
                throw new PageTokenExpiredException();
            case HttpStatusCode.Unauthorized:
                throw new RunHeldException($"{Address(collection)} refuses {access.Refused.What} (401). {access.Refused.Advice}");
            case HttpStatusCode.Forbidden:
                throw new RunHeldException($"{Address(collection)} is not open to {access.Caller} (403). {Remedy(collection, answer.StatusCode)}");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new PageFailedException($"the source answered {$"{status}{await CodeAsync(answer, ct)}"}", RetryAfter.Of(answer, time));
            case >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest:
                throw new RunHeldException(
                    $"{Address(collection)} answered {Redirects.Said(answer)} for page {page + 1}. Redirects are not followed: a token is for the "
                    + "host of the tenant file alone. Check source.baseUrl, then run again.");
            default:
                var code = await CodeAsync(answer, ct);
                throw code.Contains("source_unavailable", StringComparison.Ordinal)
                    ? new PageFailedException($"the source answered {$"{status}{code}"}")
                    : new RunHeldException(
                        $"{Address(collection)} answered {$"{status}{code}"} for page {page + 1}. {Remedy(collection, answer.StatusCode)}");
        }
    }

    /// <summary>The code of the API's error object; its message is free text and not shown.</summary>
    private static async Task<string> CodeAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            using var body = await AnswerBody.ReadAsync(answer, ct, MostOfError);
            return body.Parse(new CollectionIds()).ErrorCode is { } code ? $" {code}" : "";
        }
        catch (Exception e) when (e is PageFailedException or HttpRequestException or IOException or BodyTooLargeException)
        {
            return "";
        }
    }

    [Told]
    private string Remedy(string collection, HttpStatusCode status) => IsOfChanges(collection) && status != HttpStatusCode.Forbidden
        ? "If the register does not say what has changed (meta.modified.after, deletedEntities), take source.changes out of the tenant file."
        : settings.Remedy(SnapshotManifest.ChangedIn(collection), (int)status);

    private string Address(string collection) => $"{settings.BaseUrl.TrimEnd('/')}/{SnapshotManifest.ChangedIn(collection)}";

    [Told]
    private static string Count(int tries) => tries == 1 ? "1 try" : $"{tries} tries";

    [Told]
    private static string Told(TimeSpan time) =>
        time.TotalHours >= 2 ? $"{time.TotalHours:0} hours" : time.TotalMinutes >= 2 ? $"{time.TotalMinutes:0} minutes" : $"{time.TotalSeconds:0} seconds";

    [Told]
    private static string Cause(Exception e) => e switch
    {
        TaskCanceledException or TimeoutRejectedException => "no answer in time",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "no secure connection, since one side does not take the other's certificate",
        _ => e.Message.TrimEnd('.'),
    };
}
