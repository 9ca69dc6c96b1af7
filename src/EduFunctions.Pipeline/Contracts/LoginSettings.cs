using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>Lookups about the person who is logging in now: whose logins count, and where is asked.</summary>
public sealed record LoginSettings
{
    [Description("The broker whose logins count.")]
    public required BrokerSettings Broker { get; init; }

    [SafeAddress]
    [Description("Address of wsiINST; absent it is the public one of the source's version.")]
    public string? WsiInst { get; init; }

    [SafeAddress]
    [Description("Address of wsiBRUGER; absent it is the public one of the source's version.")]
    public string? WsiBruger { get; init; }

    [SafeAddress]
    [Description("Address of wsiIDENTIFIKATION; absent it is the public one, which version 6 of the source has not.")]
    public string? WsiIdentifikation { get; init; }

    [Description("Whether the civic number of the person may be looked up or compared, when a call asks for it.")]
    public bool AllowCivicNumber { get; init; }
}

/// <summary>How a token of a running login is known.</summary>
public sealed record BrokerSettings
{
    [SafeAddress]
    [Description("The issuer (iss) of the tokens; the broker's keys are found below it by OpenID Connect discovery.")]
    public string Issuer { get; init; } = "https://broker.unilogin.dk/auth/realms/broker";

    [SafeAddress]
    [Description("Address below which discovery is asked, where that is not the issuer.")]
    public string? Authority { get; init; }

    [Description("The audience (aud) of the tokens: the client id of the service at the broker.")]
    public required string Audience { get; init; }

    [Description("The claim that holds the person's UniID.")]
    public string SubjectClaim { get; init; } = "uniid";

    [Range(1, 60, ErrorMessage = "must be 1 to 60")]
    [Description("Minutes after which a login is too old for lookups.")]
    public int MaxAgeMinutes { get; init; } = 5;

    internal TimeSpan MaxAge => TimeSpan.FromMinutes(MaxAgeMinutes);

    internal string Discovery => $"{(Authority ?? Issuer).TrimEnd('/')}/.well-known/openid-configuration";
}
