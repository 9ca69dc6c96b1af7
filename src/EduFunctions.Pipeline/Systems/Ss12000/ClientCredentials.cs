using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Text;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>A client of an OAuth 2 token endpoint.</summary>
public sealed record ClientCredentials
{
    internal const string Form = "form";
    internal const string Basic = "basic";

    [SafeAddress]
    [Description("Address of the token endpoint.")]
    public required string TokenUrl { get; init; }

    [Description("Name of the client.")]
    public required string ClientId { get; init; }

    [Description("Secret of the client.")]
    public required Secret ClientSecret { get; init; }

    [Description("Scopes to ask for, separated by blanks; absent asks for none by name.")]
    public string? Scope { get; init; }

    [AllowedValues(Form, Basic, ErrorMessage = "must be \"form\" or \"basic\"")]
    [Description("Whether id and secret go in the form or as HTTP Basic.")]
    public string SentAs { get; init; } = Form;

    /// <summary>Asks for a token.</summary>
    internal HttpRequestMessage Request()
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        var request = new HttpRequestMessage(HttpMethod.Post, TokenUrl);
        if (SentAs == Basic)
        {
            // RFC 6749, 2.3.1: both are form-encoded before they are put together.
            var pair = $"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret.Reveal())}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            (form["client_id"], form["client_secret"]) = (ClientId, ClientSecret.Reveal());
        }

        if (Scope is { } scope)
        {
            form["scope"] = scope;
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }
}

/// <summary>A key in a header.</summary>
public sealed record ApiKey
{
    [RegularExpression("^[A-Za-z0-9-]{1,64}$", ErrorMessage = "must be the name of a header")]
    [Description("Name of the header.")]
    public string Header { get; init; } = "X-API-Key";

    [Description("The key that goes into the header.")]
    public required Secret Value { get; init; }
}
