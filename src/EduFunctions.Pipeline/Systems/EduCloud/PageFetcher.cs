using System.Net;
using System.Net.Http.Headers;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Snapshots;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <summary>A page as it goes to the snapshot: proven whole, compressed.</summary>
/// <param name="Rows">Hash of the rows alone.</param>
internal sealed record FetchedPage(StoredPage Page, byte[] Gzipped, UInt128 Rows);

/// <summary>Gets pages whole or not at all: what can pass is tried again, what cannot holds the run with what to do about it.</summary>
internal sealed class PageFetcher(HttpClient http, AccessToken token, EduCloudSettings settings, PipelineOptions options, TimeProvider time)
{
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

    /// <param name="pageToken">Null for the first page.</param>
    /// <param name="ids">Gets the ids of the page.</param>
    public Task<FetchedPage> FetchAsync(string collection, int page, string? pageToken, CollectionIds ids, CancellationToken ct)
    {
        // After the first page only token and limit may be given; there are no filters at all, the rules are asked here.
        var next = pageToken is null ? "" : $"&pageToken={Uri.EscapeDataString(pageToken)}";
        var address = $"{Address(collection)}?limit={settings.PageSize}{next}";
        return RetryAsync(collection, page, async attempt =>
        {
            using var answer = await AskAsync(() => new HttpRequestMessage(HttpMethod.Get, address), attempt);
            await RefuseErrorsAsync(answer, collection, page, attempt);
            return await ReadAsync(answer, page, mayBeBare: false, ids, attempt);
        }, ct);
    }

    /// <param name="body">The ids that are asked for, as the API wants them.</param>
    /// <param name="mayHalve">Whether a 503 may mean that the answer is too large; of a single id it means an outage.</param>
    public Task<LookUpAnswer> LookUpAsync(int page, byte[] body, bool mayHalve, CollectionIds ids, CancellationToken ct) =>
        RetryAsync("persons/lookup", page, async attempt =>
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

            if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented)
            {
                return LookUpAnswer.Refused((int)answer.StatusCode);
            }

            await RefuseErrorsAsync(answer, "persons/lookup", page, attempt);
            return LookUpAnswer.Of(await ReadAsync(answer, page, mayBeBare: true, ids, attempt));
        }, ct);

    private async Task<T> RetryAsync<T>(string collection, int page, Func<CancellationToken, ValueTask<T>> ask, CancellationToken ct)
    {
        try
        {
            return await WorkSlot.WaitAsync(() => _retry.ExecuteAsync(ask, ct).AsTask());
        }
        catch (Exception e) when (e is PageFailedException or HttpRequestException or IOException or TimeoutRejectedException
            || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new RunHeldException(
                $"Page {page + 1} of {collection} could not be read from {Address(collection)}: {Cause(e)} "
                + $"({options.PageTries} tries). Check that the source answers and source.baseUrl is right, then run again.", e);
        }
        catch (BodyTooLargeException e)
        {
            throw new RunHeldException(
                $"Page {page + 1} of {collection} from {Address(collection)} is longer than {e.Most >> 20} MB, packed or unpacked. "
                + "Lower source.pageSize; if it is low already, report it to the source's support.", e);
        }
    }

    private static async Task<FetchedPage> ReadAsync(HttpResponseMessage answer, int page, bool mayBeBare, CollectionIds ids, CancellationToken ct)
    {
        using var body = await AnswerBody.ReadAsync(answer, ct);
        var parsed = PageBody.Parse(body.Bytes, ids);
        return parsed.ErrorCode is { } code ? throw new PageFailedException($"the source answered with the error {Shown(code)}")
            : parsed.IsBare && !mayBeBare ? throw new PageFailedException("the body is a bare list, which does not say whether there is another page")
            : body.Page(page, parsed);
    }

    /// <summary>One request, repeated once with a new token when the API refuses the one it has.</summary>
    private async Task<HttpResponseMessage> AskAsync(Func<HttpRequestMessage> request, CancellationToken ct)
    {
        var bearer = await token.GetAsync(refused: null, ct);
        var answer = await SendAsync(request(), bearer, ct);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        answer.Dispose();
        return await SendAsync(request(), await token.GetAsync(bearer, ct), ct);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string bearer, CancellationToken ct)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
    }

    private HttpRequestMessage LookUp(byte[] body) => new(HttpMethod.Post, Address("persons/lookup"))
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

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
                throw new RunHeldException(
                    $"{Address(collection)} refuses a token it has just been given for client \"{settings.ClientId}\" (401). "
                    + "Ask the customer whether the key pair is still active.");
            case HttpStatusCode.Forbidden:
                throw new RunHeldException(
                    $"{Address(collection)} is not open to client \"{settings.ClientId}\" (403). "
                    + $"Ask the customer to grant the scope {Scopes.For(collection)}, and check the customer id in source.baseUrl.");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new PageFailedException($"the source answered {status}{await CodeAsync(answer, ct)}", RetryAfter.Of(answer, time));
            case >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest:
                throw new RunHeldException(
                    $"{Address(collection)} answered {status}{Redirects.Target(answer)} for page {page + 1}. Redirects are not followed: a token is for the "
                    + "host of the tenant file alone. Check source.baseUrl, then run again.");
            default:
                var code = await CodeAsync(answer, ct);
                throw code.Contains("source_unavailable", StringComparison.Ordinal)
                    ? new PageFailedException($"the source answered {status}{code}")
                    : new RunHeldException(
                        $"{Address(collection)} answered {status}{code} for page {page + 1}. Check source.baseUrl and source.pageSize, then run again.");
        }
    }

    /// <summary>The code of the API's error object; its message is free text and not shown.</summary>
    private static async Task<string> CodeAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            using var body = await AnswerBody.ReadAsync(answer, ct);
            return PageBody.Parse(body.Bytes, new CollectionIds()).ErrorCode is { } code ? $" {Shown(code)}" : "";
        }
        catch (Exception e) when (e is PageFailedException or HttpRequestException or IOException or BodyTooLargeException)
        {
            return "";
        }
    }

    private string Address(string collection) => $"{settings.BaseUrl.TrimEnd('/')}/{collection}";

    /// <summary>A code is a word; what has digits or blanks may be data, and nobody can tell yet whose.</summary>
    private static string Shown(string code) =>
        code.Length <= 40 && code.All(c => char.IsAsciiLetterLower(c) || c is '_' or '-' or '.') ? code : "(a code that is no word)";

    private static string Cause(Exception e) => e is TaskCanceledException or TimeoutRejectedException ? "no answer in time" : e.Message.TrimEnd('.');
}
