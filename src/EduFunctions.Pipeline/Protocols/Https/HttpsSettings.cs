using System.ComponentModel;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Protocols.Https;

public sealed partial record HttpsSettings : DeliverySettings
{
    /// <summary>What the body says of itself, or the connection does.</summary>
    private static readonly string[] OwnHeaders = ["Content-Length", "Content-Type", "Host", "Transfer-Encoding", "Connection", "Expect"];

    [SafeAddress]
    [Description("Where the files are put: {file} is replaced by the file's name; without it the name is put behind the address.")]
    public required string Url { get; init; }

    [Description("Headers of every call with the secrets they hold, as { \"Authorization\": { \"secret\": \"…\" } }.")]
    public IReadOnlyDictionary<string, Secret> Headers { get; init; } = new Dictionary<string, Secret>();

    [Description("Certificates in PEM that the receiver's own has to lead to, where it is none that this machine trusts.")]
    public Secret? TrustedRoots { get; init; }

    internal ConnectionCertificates? Certificates => ConnectionCertificates.OfRoots(TrustedRoots, "delivery");

    internal Uri AddressOf(string file)
    {
        var name = Uri.EscapeDataString(file);
        return new Uri(Url.Contains(TargetKey.FilePlace, StringComparison.Ordinal) ? Url.Replace(TargetKey.FilePlace, name, StringComparison.Ordinal) : $"{Url.TrimEnd('/')}/{name}");
    }

    public override IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup)
    {
        if (Url.AsSpan().ContainsAny('?', '#'))
        {
            yield return ("url", "must have nothing behind a question mark: what is secret belongs into headers, what is an address of a container into a delivery of type blob");
        }

        foreach (var wrong in ConnectionCertificates.Contradictions(TrustedRoots, ("url", Url)))
        {
            yield return wrong;
        }

        foreach (var (name, _) in Headers.Where(header => !HeaderName().IsMatch(header.Key) || OwnHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            yield return ($"headers.{name}", "is no header that can be set");
        }
    }

    public override IEnumerable<(string Key, string Cause)> UnusableSecrets() =>
    [
        .. ConnectionCertificates.Unusable(TrustedRoots),
        .. from header in Headers
           where header.Value.Reveal().AsSpan().ContainsAnyExceptInRange(' ', '~')
           select ($"headers.{header.Key}", $"names the secret \"{header.Value.Name}\", which holds characters that no header may"),
    ];

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$")]
    private static partial Regex HeaderName();
}
