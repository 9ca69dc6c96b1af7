using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>
/// A login that is running now. Every lookup demands one and asks about its person alone, and there is no way to come by one but with a
/// token that the tenant's broker has just signed: what may only be asked inside a login cannot be asked outside.
/// </summary>
public sealed class ActiveLogin
{
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _ends;
    private readonly string _userId;

    private ActiveLogin(Tenant tenant, LoginToken token, TimeProvider time)
    {
        (Tenant, _userId, _ends, _time) = (tenant, token.UserId, token.Ends, time);
    }

    public Tenant Tenant { get; }

    internal LoginSettings Settings => Tenant.Logins!;

    // A tenant with lookups has a source of this type, or its file is refused.
    internal UniloginSettings Source => (UniloginSettings)Tenant.Source;

    /// <summary>The person's UniID, as long as the login lasts.</summary>
    /// <exception cref="LoginRefusedException">The login is over.</exception>
    public string UserId => _time.GetUtcNow() <= _ends
        ? _userId
        : throw new LoginRefusedException(401, "The login became too old while it was looked up. Have the person log in again.");

    /// <param name="token">The bearer token of the login.</param>
    /// <exception cref="LoginRefusedException">The token is not of a login that runs now, or the tenant allows no lookups.</exception>
    public static async Task<ActiveLogin> OfAsync(string token, Tenant tenant, BrokerKeys keys, TimeProvider time, CancellationToken ct)
    {
        var settings = tenant.Logins ?? throw new LoginRefusedException(403, "The tenant has no lookups inside a login (logins).");
        return new ActiveLogin(tenant, await LoginToken.CheckAsync(token, settings.Broker, keys, time.GetUtcNow(), ct), time);
    }
}
