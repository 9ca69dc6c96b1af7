using System.Text;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>OAuth2 client credentials, in the form or as HTTP Basic.</summary>
internal sealed class TokenEndpoint(AccessTokens tokens, EduCloudHabits habits, Faults faults, string clientId, string clientSecret)
{
    private const string Scope = "ist.ss12000-v2.api.standard ist.ss12000-v2.api.students ist.ss12000-v2.api.responsibles";

    public async Task AnswerAsync(HttpContext context, PageRequest request)
    {
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, "invalid_request");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (id, secret) = Basic(context.Request) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        if (form["grant_type"] != "client_credentials")
        {
            await RefuseAsync(context, "unsupported_grant_type");
        }
        else if (id != clientId || secret != clientSecret)
        {
            await RefuseAsync(context, "invalid_client");
        }
        else
        {
            await GrantAsync(context, request);
        }
    }

    private static (string Id, string Secret)? Basic(HttpRequest request)
    {
        const string Scheme = "Basic ";
        var header = request.Headers.Authorization.ToString();
        var bytes = new byte[header.Length];
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header[Scheme.Length..], bytes, out var length))
        {
            return null;
        }

        // RFC 6749, 2.3.1: both parts are form-encoded before they are put together.
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2).Select(Uri.UnescapeDataString).ToList();
        return (parts[0], parts[^1]);
    }

    private Task GrantAsync(HttpContext context, PageRequest request)
    {
        var token = tokens.Issue();
        var body = Answers.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("access_token", token);
            writer.WriteNumber("expires_in", (int)habits.TokenLifetime.TotalSeconds);
            writer.WriteString("token_type", "Bearer");
            writer.WriteString("scope", Scope);
            writer.WriteEndObject();
        });
        return Answers.SendAsync(context, StatusCodes.Status200OK, faults.Rewrite(request, body));
    }

    private static Task RefuseAsync(HttpContext context, string error) =>
        Answers.SendAsync(context, StatusCodes.Status400BadRequest, Answers.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("error", error);
            writer.WriteEndObject();
        }));
}
