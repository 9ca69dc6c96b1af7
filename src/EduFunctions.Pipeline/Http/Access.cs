using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Languages;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Pipeline.Http;

/// <summary>
/// Decides what a caller may do. Where App Service authentication is on, by the roles of the principal that it puts into a header; where a key
/// is set, by the key; otherwise by the word of the host. (docs/api.md)
/// </summary>
/// <param name="isPlatformSignedIn">
/// Whether the platform authenticates: then, and only then, it removes what callers put into the principal's header themselves.
/// </param>
/// <param name="keys">Of which every caller needs one; empty for none.</param>
public sealed class Access(bool isPlatformSignedIn, IReadOnlyList<CallerKey> keys)
{
    public const string KeyHeader = "x-functions-key";

    // Set by App Service itself.
    private const string PlatformSignIn = "WEBSITE_AUTH_ENABLED";
    private const string PlatformName = "WEBSITE_SITE_NAME";

    private const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";
    private const string NameHeader = "X-MS-CLIENT-PRINCIPAL-NAME";
    private const string RoleClaim = "roles";
    private const string Basic = "Basic realm=\"EduFunctions\", charset=\"UTF-8\"";

    public static Access Of(IConfiguration configuration) => new(
        IsTrue(configuration[PlatformSignIn]) && configuration[PlatformName] is { Length: > 0 },
        CallerKey.Of(configuration));

    public Grants GrantsOf(ApiCall call) =>
        RolesOf(call) is { } roles ? new Grants(roles)
        : keys.Count == 0 && call.IsVouchedFor ? Grants.All
        : Grants.None;

    /// <summary>Who calls, as far as it can be told: by the platform's word, or the name of the key.</summary>
    public string? NameOf(ApiCall call) => isPlatformSignedIn ? call.Header(NameHeader) : KeyOf(call)?.Name;

    /// <summary>Names of roles that a principal or a key brings along; null where neither is asked for.</summary>
    private IEnumerable<string>? RolesOf(ApiCall call) =>
        isPlatformSignedIn ? (Principal(call.Header(PrincipalHeader)) is { } principal ? Roles(principal) : [])
        : keys.Count == 0 ? null
        : KeyOf(call)?.Roles ?? [];

    /// <summary>The answer to a caller who may not; null for one who may.</summary>
    public ApiAnswer? FindRefusal(ApiRole role, ApiRoute route, ApiCall call) =>
        role < route.Role ? Refusal(route, call)
        : isPlatformSignedIn && route is { IsApi: true, Role: > ApiRole.Anyone } && !call.IsVouchedFor ? Unauthenticated("Bearer", $"Give the function's key in the header {KeyHeader}.")
        : null;

    [Told]
    private ApiAnswer Refusal(ApiRoute route, ApiCall call) =>
        isPlatformSignedIn && Principal(call.Header(PrincipalHeader)) is not null
            ? ApiAnswer.Problem(403, "Not allowed", $"{Need(route, call)} Have it assigned to you at the app's registration in Entra ID.")
        : isPlatformSignedIn ? Unauthenticated("Bearer", "Sign in with Entra ID.")
        : KeyOf(call) is { } known ? ApiAnswer.Problem(403, "Not allowed", $"{Need(route, call)} The key {known.Name} has not got it.")
        : keys.Count > 0 ? Unauthenticated(Basic, $"Give the key in the header {KeyHeader}, or as password.")
        : ApiAnswer.Problem(403, "Not allowed", "Callers that the host does not know need App Service authentication, or the machine's own name and address.");

    /// <summary>A role may be had for one tenant alone, so that it is said of which tenant it is needed.</summary>
    [Told]
    private static string Need(ApiRoute route, ApiCall call)
    {
        var role = route.Role.ToString().ToLowerInvariant();
        return call.Values.TryGetValue("tenant", out var tenant) ? $"The call needs the role {role} for the tenant {tenant}."
            : route.IsOfMany ? $"The call needs the role {role}."
            : $"The call needs the role {role} for all tenants.";
    }

    [Told]
    private static ApiAnswer Unauthenticated(string scheme, string detail) =>
        ApiAnswer.Problem(401, "Not signed in", detail) with { Extra = ("WWW-Authenticate", scheme) };

    private static IEnumerable<string> Roles(JsonElement principal)
    {
        var roleClaim = Text(principal, "role_typ") ?? RoleClaim;
        return principal.TryGetProperty("claims", out var claims) && claims.ValueKind == JsonValueKind.Array
            ? claims.EnumerateArray().Where(claim => Text(claim, "typ") is { } name && (name == RoleClaim || name == roleClaim)).Select(claim => Text(claim, "val") ?? "")
            : [];
    }

    private static string? Text(JsonElement json, string property) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Principal(string? header)
    {
        try
        {
            return header is not null && JsonElement.Parse(Convert.FromBase64String(header)) is { ValueKind: JsonValueKind.Object } principal ? principal : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>All are compared, so that no answer comes sooner for one of them.</summary>
    private CallerKey? KeyOf(ApiCall call) => (call.Header(KeyHeader) ?? Password(call.Header("Authorization"))) is { } given ? keys.Where(key => key.Is(given)).ToList().FirstOrDefault() : null;

    /// <summary>Of basic authentication, which every browser asks people for by itself.</summary>
    private static string? Password(string? authorization)
    {
        const string basic = "Basic ";
        if (authorization?.StartsWith(basic, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(authorization[basic.Length..], bytes, out var length)
            ? Encoding.UTF8.GetString(bytes[..length]) is var login && login.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? login[(colon + 1)..] : null
            : null;
    }

    private static bool IsTrue(string? setting) => bool.TryParse(setting, out var value) && value;
}
