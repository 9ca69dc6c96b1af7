using System.Net;
using System.Text.Json;
using System.Text.Unicode;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Pipeline.Probing;

/// <summary>Asks within limits: so many calls in so much time, each of which ends; whoever says when to come again is asked no sooner.</summary>
internal sealed class ProbeCalls(HttpClient http, IAccess access, string baseUrl, ProbeLimits limits, TimeProvider time)
{
    private const int MostTries = 3;

    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(2);
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = PageBody.MaxDepth };

    private readonly long _start = time.GetTimestamp();
    private readonly List<ProbeAnswer> _answers = [];
    private string? _stopped;

    public int Made { get; private set; }

    /// <summary>All answers so far, without their bodies' rows.</summary>
    public IReadOnlyList<ProbeAnswer> Answers => _answers;

    public Task<ProbeAnswer> GetAsync(string path, CancellationToken ct) => AskAsync(() => To(HttpMethod.Get, path), access, ct);

    /// <summary>The same without showing who calls.</summary>
    public Task<ProbeAnswer> GetAsStrangerAsync(string path, CancellationToken ct) => AskAsync(() => To(HttpMethod.Get, path), null, ct);

    public HttpRequestMessage To(HttpMethod method, string path) => new(method, $"{baseUrl.TrimEnd('/')}/{path}");

    public Task<ProbeAnswer> AskAsync(Func<HttpRequestMessage> request, CancellationToken ct) => AskAsync(request, access, ct);

    /// <param name="shown">Null where nobody, or the request itself, says who calls.</param>
    public async Task<ProbeAnswer> AskAsync(Func<HttpRequestMessage> request, IAccess? shown, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (Over() is { } why)
            {
                return ProbeAnswer.Unasked(why);
            }

            var (answer, wait) = await TryAsync(request, shown, ct);
            _answers.Add(answer.Status == (int)HttpStatusCode.OK && !answer.IsHiddenError ? answer.Judged() : answer);
            if (wait is not { } pause)
            {
                return answer;
            }

            if (pause > limits.Pause || attempt == MostTries)
            {
                _stopped = $"the register asked to be left alone ({answer.Status})";
                return answer;
            }

            await Task.Delay(answer.SaysWhen ? pause : pause * attempt, time, ct);
        }
    }

    private string? Over() =>
        _stopped is not null ? _stopped
        : Made >= limits.Requests ? $"{limits.Requests} requests are used up"
        : time.GetElapsedTime(_start) >= limits.Time ? "the time is over"
        : null;

    /// <summary>One call, and a second one when what was shown has grown old; with it, how long to wait before it is tried again.</summary>
    private async Task<(ProbeAnswer Answer, TimeSpan? Wait)> TryAsync(Func<HttpRequestMessage> request, IAccess? shown, CancellationToken ct)
    {
        var left = Math.Max(1, (limits.Time - time.GetElapsedTime(_start)).TotalMilliseconds);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromMilliseconds(Math.Min(left, limits.Answer.TotalMilliseconds)));
        try
        {
            using var answer = await SendAsync(request, shown, patience.Token);
            return (await ReadAsync(answer, patience.Token), WaitOf(answer));
        }
        catch (Exception e) when (e is PageFailedException or RunHeldException)
        {
            return (new ProbeAnswer { Problem = "no access token could be had" }, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return (new ProbeAnswer { Problem = e is HttpRequestException { HttpRequestError: var error } ? $"no connection ({error})" : "no whole answer in time" }, null);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, IAccess? shown, CancellationToken ct)
    {
        var credential = shown is null ? null : await shown.GetAsync(refused: null, ct);
        var answer = await SendAsync(request(), credential, ct);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || shown is null || await shown.GetAsync(credential, ct) is not { } other || other == credential)
        {
            return answer;
        }

        answer.Dispose();
        return await SendAsync(request(), other, ct);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Credential? credential, CancellationToken ct)
    {
        using (request)
        {
            Made++;
            credential?.AddTo(request);
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
    }

    private TimeSpan? WaitOf(HttpResponseMessage answer)
    {
        var asked = RetryAfter.Of(answer, time);
        return answer.StatusCode == HttpStatusCode.TooManyRequests ? asked ?? UsualPause
            : answer.StatusCode == HttpStatusCode.ServiceUnavailable ? asked
            : null;
    }

    private static async Task<ProbeAnswer> ReadAsync(HttpResponseMessage message, CancellationToken ct)
    {
        var type = message.Content.Headers.ContentType;
        var answer = new ProbeAnswer
        {
            Status = (int)message.StatusCode,
            MediaType = type?.MediaType ?? "",
            Charset = type?.CharSet?.Trim('"') ?? "",
            IsPacked = message.Content.Headers.ContentEncoding.Count > 0,
            Tag = message.Headers.ETag?.ToString(),
            SaysWhen = message.Headers.RetryAfter is not null,
        };
        try
        {
            using var body = await AnswerBody.ReadAsync(message, ct);
            return Parse(answer, JsonText.WithoutMark(body.Bytes).ToArray());
        }
        catch (BodyTooLargeException)
        {
            return answer with { Problem = $"a body of more than {AnswerBody.MostBytes >> 20} MB" };
        }
        catch (PageFailedException e)
        {
            return answer with { Problem = e.Message };
        }
    }

    private static ProbeAnswer Parse(ProbeAnswer answer, byte[] body)
    {
        if (body.Length > 0 && !Utf8.IsValid(body))
        {
            return answer with { Problem = "a body that is not UTF-8" };
        }

        try
        {
            JsonText.Repair(body);
            return answer with { Body = body, Length = body.Length, IsJson = true, Json = JsonElement.Parse(body, Depth) };
        }
        catch (JsonException)
        {
            // Errors need no body, and some have a page for people.
            return answer.Status == (int)HttpStatusCode.OK ? answer with { Problem = "a body that is no complete JSON" } : answer;
        }
    }
}
