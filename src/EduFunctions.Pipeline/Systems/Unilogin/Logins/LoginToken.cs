using System.Globalization;
using EduFunctions.Pipeline.Contracts;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>What the token of a running login says, once everything about it has been checked.</summary>
/// <param name="UserId">The person's UniID.</param>
/// <param name="Ends">From when on the login no longer counts.</param>
internal sealed record LoginToken(string UserId, DateTimeOffset Ends)
{
    private const int LongestUserId = 64;

    /// <summary>How far the broker's clock and ours may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    // Asymmetric ones only: with a symmetric one, the public key would be a secret that everybody knows.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = 16 << 10 };

    /// <exception cref="LoginRefusedException">The token is not of a login that runs now.</exception>
    public static async Task<LoginToken> CheckAsync(string text, BrokerSettings broker, BrokerKeys keys, DateTimeOffset now, CancellationToken ct)
    {
        var token = Read(text);
        var key = await KeyAsync(token, broker, keys, ct);
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = broker.Issuer,
            ValidAudience = broker.Audience,
            ValidAlgorithms = Algorithms,
            IssuerSigningKey = key,
            LifetimeValidator = (from, until, _, _) => until > (now - Skew).UtcDateTime && (from is null || from < (now + Skew).UtcDateTime),
        });
        return result.IsValid ? Login(token, broker, now) : throw Refused(Reason(result.Exception, broker));
    }

    private static JsonWebToken Read(string text)
    {
        try
        {
            return Handler.ReadJsonWebToken(text);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            throw Refused("The bearer token is no signed JSON Web Token.");
        }
    }

    private static async Task<SecurityKey> KeyAsync(JsonWebToken token, BrokerSettings broker, BrokerKeys keys, CancellationToken ct)
    {
        // Looked at before the broker is asked for anything; what counts is that all of it is checked again with the signature.
        if (token.IsEncrypted || !Algorithms.Contains(token.Alg) || token.TryGetHeaderValue<object>("crit", out _))
        {
            throw Refused($"The token is not signed as it must be; accepted are {string.Join(", ", Algorithms)}, without further conditions.");
        }

        if (token.Issuer != broker.Issuer)
        {
            throw Refused($"The token's issuer (iss) is not {broker.Issuer}.");
        }

        return await keys.FindAsync(broker, token.Kid ?? "", ct) ?? throw Refused("The broker has no key of the name that the token gives (kid).");
    }

    /// <summary>The library's messages may show the token's claims: only the kind of error is told.</summary>
    private static string Reason(Exception error, BrokerSettings broker) => error switch
    {
        SecurityTokenInvalidAudienceException => $"The token is not meant for this service: its audience (aud) must be {broker.Audience}.",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNoExpirationException => "The token has expired, or is not valid yet.",
        _ => "The token's signature does not verify with the broker's key.",
    };

    private static LoginToken Login(JsonWebToken token, BrokerSettings broker, DateTimeOffset now)
    {
        // A broker's word that somebody logged out is signed with the same key and meant for the same service.
        if (token.TryGetPayloadValue<object>("events", out _))
        {
            throw Refused("The token tells of an event, not of a login.");
        }

        var issued = Time(token, JwtRegisteredClaimNames.Iat) ?? throw Refused("The token does not say when it was issued (iat).");
        var begun = Time(token, JwtRegisteredClaimNames.AuthTime) is { } login && login < issued ? login : issued;
        if (issued > now + Skew || begun + broker.MaxAge < now)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture,
                $"The login must be at most {broker.MaxAgeMinutes} minutes old (iat and auth_time). Have the person log in again."));
        }

        var ends = begun + broker.MaxAge;
        return new LoginToken(Subject(token, broker), Earlier(ends, new DateTimeOffset(token.ValidTo) + Skew));
    }

    private static string Subject(JsonWebToken token, BrokerSettings broker) =>
        token.TryGetPayloadValue<string>(broker.SubjectClaim, out var user) && user is { Length: > 0 and <= LongestUserId } && !user.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            ? user
            : throw new LoginRefusedException(403, $"The token has no UniID in the claim \"{broker.SubjectClaim}\". Check logins.broker.subjectClaim, and what the broker gives the service.");

    private static DateTimeOffset? Time(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<long>(claim, out var seconds) && seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static LoginRefusedException Refused(string why) => new(401, why);
}
