using System.Net;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <summary>The OAuth2 client credentials token of one pull: fetched when needed, renewed before it expires or when it is refused.</summary>
internal sealed class AccessToken(HttpClient http, EduCloudSettings settings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private string? _token;
    private DateTimeOffset _renewAt;

    /// <param name="refused">The token the API has just refused, if any.</param>
    public async Task<string> GetAsync(string? refused, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_token is null || _token == refused || time.GetUtcNow() >= _renewAt)
            {
                await FetchAsync(ct);
            }

            return _token!;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task FetchAsync(CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings.ClientId,
            ["client_secret"] = settings.ClientSecret.Reveal(),
        });
        using var answer = await http.PostAsync(settings.TokenUrl, form, ct);
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new RunHeldException(
                $"The token endpoint {settings.TokenUrl} refused client \"{settings.ClientId}\" ({(int)answer.StatusCode}). "
                + $"Check source.clientId and the secret \"{settings.ClientSecret.Name}\", then run again.");
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw new PageFailedException($"the token endpoint {settings.TokenUrl} answered {(int)answer.StatusCode}", RetryAfter.Of(answer, time));
        }

        Keep(await answer.Content.ReadAsByteArrayAsync(ct));
    }

    private void Keep(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var seconds = json.RootElement.TryGetProperty("expires_in", out var lifetime) && lifetime.TryGetInt32(out var given) ? given : 300;
            var life = TimeSpan.FromSeconds(seconds);
            _token = json.RootElement.GetProperty("access_token").GetString()!;
            _renewAt = time.GetUtcNow() + (life > 2 * Margin ? life - Margin : life / 2);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The body may hold a token: it is not shown.
            throw new PageFailedException($"the token endpoint {settings.TokenUrl} gave no token");
        }
    }
}
