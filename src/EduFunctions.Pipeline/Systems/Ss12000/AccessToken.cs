using System.Globalization;
using System.Net;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Tls;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The OAuth2 client credentials token of one pull: fetched when needed, renewed before it expires or when it is refused.</summary>
/// <param name="path">Of the settings in the tenant file.</param>
internal sealed class AccessToken(HttpClient http, ClientCredentials settings, string path, TimeProvider time) : IAccess
{
    private const int UsualBody = 4096;
    private const int MostBody = 1 << 20;
    private const double ShortLife = 300;
    private const double LongestLife = 24 * 60 * 60;

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private Credential? _token;
    private DateTimeOffset _renewAt;

    [Told]
    public string Caller => $"client \"{settings.ClientId}\"";

    [Told]
    public (string What, string Advice) Refused =>
        ($"a token it has just been given for {Caller}", "Ask the customer whether the key pair is still active.");

    public async ValueTask<Credential?> GetAsync(Credential? refused, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_token is null || _token == refused || time.GetUtcNow() >= _renewAt)
            {
                await FetchAsync(ct);
            }

            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    [Told]
    private async Task FetchAsync(CancellationToken ct)
    {
        using var answer = await PostAsync(ct);
        var status = (int)answer.StatusCode;
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new RunHeldException(
                $"The token endpoint {settings.TokenUrl} refused client \"{settings.ClientId}\" ({status}). "
                + $"Check {path}.clientId and the secret \"{settings.ClientSecret.Name}\", then run again.");
        }

        if (Redirects.Is(answer))
        {
            throw new RunHeldException(
                $"The token endpoint {settings.TokenUrl} answered {Redirects.Said(answer)}. The client's secret follows no redirect: "
                + $"check {path}.tokenUrl, then run again.");
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw new PageFailedException($"the token endpoint {settings.TokenUrl} answered {status}", RetryAfter.Of(answer, time));
        }

        Keep(await ReadAsync(answer, ct));
    }

    [Told]
    private async Task<HttpResponseMessage> PostAsync(CancellationToken ct)
    {
        try
        {
            using var request = settings.Request();
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new PageFailedException($"the token endpoint {settings.TokenUrl} cannot be reached, or broke off: {CallTrouble.Of(e)}", inner: e);
        }
    }

    [Told]
    private async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            using var body = await RentedBody.ReadAsync(await answer.Content.ReadAsStreamAsync(ct), UsualBody, ct, MostBody);
            return JsonText.WithoutMark(body.Bytes).ToArray();
        }
        catch (Exception e) when (e is BodyTooLargeException or IOException or HttpRequestException)
        {
            throw new PageFailedException($"the token endpoint {settings.TokenUrl} gave no whole answer, or one of more than {MostBody >> 20} MB", inner: e);
        }
    }

    [Told]
    private string Impossible => $"the token endpoint {settings.TokenUrl} gave an access_token that cannot be one";

    [Told]
    private string Missing => $"the token endpoint {settings.TokenUrl} gave no access_token";

    private void Keep(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var token = json.RootElement.GetProperty("access_token").GetString();
            if (string.IsNullOrEmpty(token) || !token.All(c => c is > ' ' and < '\u007F'))
            {
                throw new PageFailedException(Impossible);
            }

            var life = LifeOf(json.RootElement);
            _token = new Credential("Authorization", $"Bearer {token}");
            _renewAt = time.GetUtcNow() + (life > 2 * Margin ? life - Margin : life / 2);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The body may hold a token: it is not shown.
            throw new PageFailedException(Missing);
        }
    }

    /// <summary>The standard wants a number; texts are common. Without either the token is taken for a short one.</summary>
    private static TimeSpan LifeOf(JsonElement answer)
    {
        var text = answer.TryGetProperty("expires_in", out var given) && given.ValueKind is JsonValueKind.Number or JsonValueKind.String ? given.ToString() : "";
        var seconds = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : ShortLife;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 1, LongestLife));
    }
}
