using EduFunctions.Pipeline.Systems.Unilogin.Logins;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Http;

/// <summary>The operation of the HTTP API that answers about the person who is logging in.</summary>
public sealed class LoginApi(SyncApi sync, TenantStore tenants, BrokerKeys keys, LoginLookup lookup, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    /// <summary><c>POST /api/tenants/{tenant}/logins</c>: what the tenant's services know now of the person of a running login.</summary>
    /// <param name="authorization">The header of this name, with the login's token.</param>
    public async Task<ApiAnswer> LookUpAsync(string tenant, string? authorization, Stream body, CancellationToken ct)
    {
        if (await sync.UnknownAsync(tenant, ct) is { } unknown)
        {
            return unknown;
        }

        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return Refused(401, "The header Authorization must carry the login's token: Bearer, a space, the token.");
        }

        if (await RequestBody.ReadAsync(body, new LoginQuestion(), ct) is not { } question)
        {
            return ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with at most contacts, groupSizes, civicNumber and verifyCivicNumber.");
        }

        try
        {
            var login = await ActiveLogin.OfAsync(authorization[Scheme.Length..].Trim(), (await tenants.ReadAsync(tenant, ct)).Tenant, keys, time, ct);
            return new ApiAnswer(200, await lookup.AnswerAsync(login, question, ct));
        }
        catch (TenantRefusedException e)
        {
            return ApiAnswer.Problem(422, "Tenant refused", e.Message);
        }
        catch (LoginRefusedException e)
        {
            return Refused(e.Status, e.Message);
        }
        catch (LookupFailedException e)
        {
            return ApiAnswer.Problem(502, "Lookup failed", e.Message);
        }
        catch (InvalidDataException e)
        {
            // Who is protected is then not known.
            return ApiAnswer.Problem(503, "The last roster cannot be read", e.Message);
        }
    }

    private static ApiAnswer Refused(int status, string detail) => ApiAnswer.Problem(status, "No lookup for this login", detail) with
    {
        Extra = status == 401 ? ("WWW-Authenticate", "Bearer error=\"invalid_token\"") : null,
    };
}
