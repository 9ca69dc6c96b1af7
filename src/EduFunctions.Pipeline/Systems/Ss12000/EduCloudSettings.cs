using System.ComponentModel;
using System.Net;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The profile of EduCloud: one token endpoint, scopes by collection, all collections.</summary>
public sealed record EduCloudSettings : RegisterSettings
{
    [SafeAddress]
    [Description("Address of the token endpoint.")]
    public string TokenUrl { get; init; } = "https://skolid.se/connect/token";

    [Description("Name of the key pair the customer ordered.")]
    public required string ClientId { get; init; }

    [Description("Secret of the key pair.")]
    public required Secret ClientSecret { get; init; }

    [Description("Certificates in PEM that the register's own, and the token endpoint's, have to lead to, where they are none that this machine trusts.")]
    public Secret? TrustedRoots { get; init; }

    internal override ConnectionCertificates? Certificates => ConnectionCertificates.OfRoots(TrustedRoots, "source");

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant) =>
        base.Contradictions(tenant)
            .Concat(ConnectionCertificates.Contradictions(TrustedRoots, ("baseUrl", BaseUrl), ("tokenUrl", TokenUrl)))
            .Concat(ConnectionCertificates.Unusable(TrustedRoots));

    internal override ClientCredentials Client => new() { TokenUrl = TokenUrl, ClientId = ClientId, ClientSecret = ClientSecret };

    internal override IAccess Enter(HttpClient http, TimeProvider time) => new AccessToken(http, Client, "source", time);

    [Told]
    internal override string Remedy(string collection, int status) => status == (int)HttpStatusCode.Forbidden
        ? $"Ask the customer to grant the scope {Scopes.For(collection)}, and check the customer id in source.baseUrl."
        : "Check source.baseUrl and source.pageSize, then run again.";
}
