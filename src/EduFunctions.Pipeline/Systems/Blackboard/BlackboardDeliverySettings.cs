using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Blackboard;

public sealed record BlackboardDeliverySettings : DeliverySettings
{
    [SafeAddress]
    [Description("Address on the integration's page of HTTP endpoints, up to and with /endpoint.")]
    public required string BaseUrl { get; init; }

    [Description("The integration's shared user name.")]
    public required string Username { get; init; }

    [Description("The integration's shared password.")]
    public required Secret Password { get; init; }

    [Description("Logins by object, where an object has an integration of its own.")]
    public IReadOnlyDictionary<string, BlackboardLogin> Objects { get; init; } = new Dictionary<string, BlackboardLogin>();

    [Range(1, 1440, ErrorMessage = "must be 1 to 1440")]
    [Description("Minutes that Learn may work on one file before its end counts as unknown.")]
    public int TimeoutMinutes { get; init; } = 30;

    [Description("Certificates in PEM that Learn's own has to lead to, where it is none that this machine trusts.")]
    public Secret? TrustedRoots { get; init; }

    internal ConnectionCertificates? Certificates => ConnectionCertificates.OfRoots(TrustedRoots, "delivery");

    internal BlackboardLogin LoginOf(LearnObject kind) =>
        Objects.GetValueOrDefault(kind.Name) ?? new BlackboardLogin { Username = Username, Password = Password };

    public override IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup)
    {
        if (setup.Settings is not BlackboardSettings)
        {
            yield return ("type", $"a feed of type {setup.Type} cannot be delivered to Learn");
        }

        foreach (var wrong in ConnectionCertificates.Contradictions(TrustedRoots, ("baseUrl", BaseUrl)))
        {
            yield return wrong;
        }

        foreach (var name in Objects.Keys.Where(name => LearnObject.All.All(kind => kind.Name != name)))
        {
            yield return ($"objects.{name}", $"unknown object; known are {string.Join(", ", LearnObject.All.Select(kind => kind.Name))}");
        }
    }

    public override IEnumerable<(string Key, string Cause)> UnusableSecrets() => ConnectionCertificates.Unusable(TrustedRoots);
}

public sealed record BlackboardLogin
{
    [Description("The integration's shared user name.")]
    public required string Username { get; init; }

    [Description("The integration's shared password.")]
    public required Secret Password { get; init; }
}
