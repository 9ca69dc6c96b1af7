using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Scim;

public sealed record ScimDeliverySettings : DeliverySettings
{
    [SafeAddress]
    [Description("Address of the SCIM server, without the resource behind it, such as https://scim.example/v2.")]
    public required string BaseUrl { get; init; }

    [Description("Token of every call (Bearer); or else tokenUrl, clientId and clientSecret.")]
    public Secret? Token { get; init; }

    [SafeAddress]
    [Description("Where a token is asked for with the client's credentials (OAuth 2.0).")]
    public string? TokenUrl { get; init; }

    [Description("The client's name there.")]
    public string? ClientId { get; init; }

    [Description("The client's secret there.")]
    public Secret? ClientSecret { get; init; }

    [Description("Scope to ask for, where the token server wants one.")]
    public string? Scope { get; init; }

    [Range(1, 1000, ErrorMessage = "must be 1 to 1000")]
    [Description("Resources that are asked for at once where a whole list is read; the server may give fewer.")]
    public int PageSize { get; init; } = 100;

    [Description("Whether many users are created by one call, where the server offers that.")]
    public bool Bulk { get; init; } = true;

    [Range(1, 720, ErrorMessage = "must be 1 to 720")]
    [Description("Minutes for a whole delivery, with all that the server makes us wait; what is left then goes with the next run.")]
    public int TimeoutMinutes { get; init; } = 240;

    public override IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup)
    {
        if (setup.Settings is not ScimSettings)
        {
            yield return ("type", $"a feed of type {setup.Type} cannot be delivered to a SCIM server");
        }

        object?[] client = [TokenUrl, ClientId, ClientSecret];
        if (Token is null ? client.Contains(null) : client.Any(part => part is not null))
        {
            yield return ("token", "is needed, or tokenUrl, clientId and clientSecret, not both");
        }

        if (Token?.Reveal() is { } token && (token.Length == 0 || token.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            yield return ("token", $"names the secret \"{Token.Name}\", which holds characters that no token has");
        }

        if (BaseUrl.AsSpan().ContainsAny('?', '#'))
        {
            yield return ("baseUrl", "must have nothing behind a question mark");
        }
    }
}
