using System.Net.Http.Headers;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Calls of a server: each ends, is repeated where that does no harm, and waits where the server wants it.</summary>
internal sealed class ScimServer(HttpClient http, ScimDeliverySettings settings, ScimPace pace, TimeProvider time)
{
    private const string MediaType = "application/scim+json";
    private const int MostTries = 5;

    private readonly string _base = settings.BaseUrl.TrimEnd('/');
    private readonly ScimLogin _login = new(http, settings);

    public string Authority { get; } = new Uri(settings.BaseUrl).Authority;

    /// <param name="path">Below the server's address.</param>
    /// <param name="version">What the resource has to be like; null for whatever it is.</param>
    /// <returns>The answer; of what changes something also one that is lost, since nothing must be repeated before somebody has looked.</returns>
    /// <exception cref="IOException">The server cannot be reached, or cannot answer now.</exception>
    /// <exception cref="DeliveryRefusedException">It refuses us.</exception>
    /// <exception cref="SliceOverException">It wants us to wait.</exception>
    [Told]
    public async Task<ScimAnswer> AskAsync(HttpMethod method, string path, string? body, string? version, CancellationToken ct)
    {
        var (tries, waits, hasRenewed) = (0, 0, false);
        while (true)
        {
            var (answer, after, cause) = await TryAsync(method, path, body, version, ct);
            switch (answer.Status)
            {
                case 429:
                    await pace.PauseAsync(++waits, after, ct);
                    break;
                case 401 when _login.CanRenew && !hasRenewed:
                    _login.Renew();
                    hasRenewed = true;
                    break;
                case 401:
                    throw new DeliveryRefusedException($"{Authority} refused the call (401). {_login.Check}");
                case >= 300 and < 400:
                    throw new DeliveryRefusedException(
                        $"{Authority} answered {answer.Status}: it is elsewhere. Nothing is sent after an address that nobody has checked; correct delivery.baseUrl.");
                case 0 or 408 or (>= 500 and not 501) when method != HttpMethod.Get:
                    await (after is null ? Task.CompletedTask : pace.PauseAsync(1, after, ct));
                    return answer;
                case 0 or 408 or (>= 500 and not 501) when ++tries < MostTries:
                    await pace.PauseAsync(tries, after, ct);
                    break;
                case 0:
                    throw new IOException($"{Authority} cannot be reached, or broke off ({cause}), {tries} times in a row. Check delivery.baseUrl.");
                case 408 or 502 or 503 or 504:
                    throw new IOException($"{Authority} answered {answer.Status}, {tries} times in a row. Check delivery.baseUrl.");
                default:
                    return answer;
            }
        }
    }

    /// <summary>How long a server wants us to wait before we look again what became of something.</summary>
    public Task PauseAsync(int tries, CancellationToken ct) => pace.PauseAsync(tries, wanted: null, ct);

    [Told]
    private async Task<(ScimAnswer Answer, TimeSpan? After, string Cause)> TryAsync(HttpMethod method, string path, string? body, string? version, CancellationToken ct)
    {
        var token = await _login.GetAsync(ct);
        try
        {
            using var request = new HttpRequestMessage(method, $"{_base}/{path}");
            request.Headers.Authorization = token;
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            if (version is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", version);
            }

            request.Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
            using var answer = await http.SendAsync(request, ct);
            return (ScimAnswer.Of((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(ct)), AfterOf(answer.Headers.RetryAfter), "");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return (new ScimAnswer(0), null, CallTrouble.Of(e));
        }
    }

    private TimeSpan? AfterOf(RetryConditionHeaderValue? header) => header?.Delta ?? header?.Date - time.GetUtcNow();
}
