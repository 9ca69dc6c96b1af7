using System.Net.Http.Headers;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>The token of the calls: given, or asked for with the client's credentials; none where the certificate of the connection says who calls.</summary>
internal sealed class ScimLogin(HttpClient http, ScimDeliverySettings settings)
{
    private string? _token = settings.Token?.Reveal();

    /// <summary>Whether another token can be had for one that is refused.</summary>
    public bool CanRenew => settings.Token is null && !settings.HasCertificateAlone;

    /// <summary>What an operator has to check when it is refused.</summary>
    [Told]
    public string Check => settings.Token is { } token ? $"Check the secret \"{token.Name}\" (delivery.token)."
        : settings.HasCertificateAlone ? $"Check that the server knows the certificate of the secret \"{settings.Certificate!.Name}\" (delivery.certificate)."
        : $"Check client \"{settings.ClientId}\" and the secret \"{settings.ClientSecret!.Name}\" (delivery.clientSecret).";

    /// <exception cref="DeliveryRefusedException">There is none for these credentials.</exception>
    /// <exception cref="IOException">There is none now.</exception>
    public async Task<AuthenticationHeaderValue?> GetAsync(CancellationToken ct) =>
        settings.HasCertificateAlone ? null : new("Bearer", _token ??= await AskAsync(ct));

    /// <summary>The next call gets another one.</summary>
    public void Renew() => _token = null;

    [Told]
    private async Task<string> AskAsync(CancellationToken ct)
    {
        var place = new Uri(settings.TokenUrl!).Authority;
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings.ClientId!,
            ["client_secret"] = settings.ClientSecret!.Reveal(),
        };
        if (settings.Scope is { } scope)
        {
            form["scope"] = scope;
        }

        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await http.PostAsync(settings.TokenUrl, content, ct);
            var status = (int)answer.StatusCode;
            var token = ScimText.Of(ScimAnswer.Of(status, await answer.Content.ReadAsByteArrayAsync(ct)).Body?["access_token"]);
            return answer.IsSuccessStatusCode && !string.IsNullOrEmpty(token) && !token.AsSpan().ContainsAnyExceptInRange('!', '~') ? token
                : status is 400 or 401 or 403 ? throw new DeliveryRefusedException($"{place} gave no token ({status}). {Check}")
                : throw new IOException($"{place} answered {status} and gave no token. Check delivery.tokenUrl.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new IOException($"{place} cannot be reached, or broke off ({CallTrouble.Of(e)}). Check delivery.tokenUrl.", e);
        }
    }
}
