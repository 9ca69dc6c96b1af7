using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>What became of a post: a reference, a refusal that leaves nothing behind, an answer that proves neither, or none.</summary>
internal sealed record PostAnswer(string? Reference = null, string? Refusal = null, string? Failure = null, string? Loss = null);

/// <summary>The two calls of Learn's flat file integration.</summary>
internal sealed partial class LearnEndpoint(HttpClient http, BlackboardDeliverySettings settings)
{
    private readonly string _base = settings.BaseUrl.TrimEnd('/');

    /// <exception cref="IOException">Learn cannot be reached or asks to come later: the file was certainly not taken.</exception>
    public async Task<PostAnswer> PostAsync(LearnObject kind, string operation, Stream file, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Post, kind, $"{kind.Name}/{operation}");
        request.Content = new FeedFileContent(file);
        HttpStatusCode status;
        string body;
        try
        {
            using var answer = await http.SendAsync(request, ct);
            (status, body) = (answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw new IOException(Unreachable(request.RequestUri!, CallTrouble.Of(e)), e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return new PostAnswer(Loss: $"{request.RequestUri!.Authority} answered the post of {kind.Name} with more than {http.MaxResponseContentBufferSize >> 20} MB, which is no answer of Learn's");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new PostAnswer(Loss: $"{request.RequestUri!.Authority} broke off the post of {kind.Name} without an answer");
        }

        return Judge(status, body, kind, request.RequestUri!);
    }

    /// <returns>Null when Learn does not say.</returns>
    public async Task<DataSetStatus?> StatusAsync(LearnObject kind, string reference, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, kind, $"dataSetStatus/{reference}");
        try
        {
            using var answer = await http.SendAsync(request, ct);
            return answer.StatusCode == HttpStatusCode.OK ? DataSetStatus.TryParse(await answer.Content.ReadAsStringAsync(ct)) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <returns>Why the login cannot be used; null when it can.</returns>
    public async Task<string?> FindObstacleAsync(LearnObject kind, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, kind, $"dataSetStatus/{Guid.Empty:n}");
        try
        {
            using var answer = await http.SendAsync(request, ct);
            return answer.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Refused(kind, answer.StatusCode),
                HttpStatusCode.OK when DataSetStatus.TryParse(await answer.Content.ReadAsStringAsync(ct)) is not null => null,
                _ => $"Learn answered {(int)answer.StatusCode} to {request.RequestUri!.AbsolutePath}. Check delivery.baseUrl against the integration's page of HTTP endpoints.",
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return Unreachable(request.RequestUri!, CallTrouble.Of(e));
        }
    }

    [Told]
    private static string Unreachable(Uri address, string cause) => $"{address.Authority} cannot be reached ({cause}). Check delivery.baseUrl.";

    /// <summary>Learn says success in a sentence; a 200 can carry a stack trace as well. What else it says may hold data and is not repeated.</summary>
    private PostAnswer Judge(HttpStatusCode status, string body, LearnObject kind, Uri address) => status switch
    {
        HttpStatusCode.OK when Success().Match(body) is { Success: true } match => new PostAnswer(match.Groups[1].Value),
        HttpStatusCode.OK => new PostAnswer(Failure:
            $"Learn answered 200 to {kind.Name} but does not say that the file was uploaded. Look whether the integration is active, and into its log"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new PostAnswer(Refusal: Refused(kind, status)),
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => throw new IOException($"{address.Authority} asks to come later ({(int)status})."),
        >= HttpStatusCode.InternalServerError => new PostAnswer(Failure: $"Learn answered {(int)status} to {kind.Name}. Look into the integration's log"),
        _ => new PostAnswer(Refusal: $"Learn answered {(int)status} to {address.AbsolutePath}. Check delivery.baseUrl against the integration's page of HTTP endpoints"),
    };

    private string Refused(LearnObject kind, HttpStatusCode status) =>
        $"Learn refused user \"{settings.LoginOf(kind).Username}\" for {kind.Name} ({(int)status}). "
        + $"Check delivery.username and the secret \"{settings.LoginOf(kind).Password.Name}\"";

    private HttpRequestMessage Request(HttpMethod method, LearnObject kind, string path)
    {
        var login = settings.LoginOf(kind);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.Password.Reveal()}"));
        var request = new HttpRequestMessage(method, $"{_base}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return request;
    }

    [GeneratedRegex(@"Success: Feed File Uploaded.*?\b([0-9a-f]{32})\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Success();
}
