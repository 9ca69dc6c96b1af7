using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Protocols.Tls;

/// <summary>Certificates that are shown and trusted when connecting.</summary>
/// <param name="Setting">Where the own one stands in the tenant file.</param>
/// <param name="Own">Null where nobody asks for one.</param>
/// <param name="Trusted">Null where the other side's is one that the machine trusts.</param>
internal sealed record ConnectionCertificates(string Setting, Secret? Own, Secret? Password, Secret? Trusted)
{
    /// <summary>Of who only says whom to trust; null for who does not.</summary>
    public static ConnectionCertificates? OfRoots(Secret? roots, string section) => roots is null ? null : new ConnectionCertificates($"{section}.trustedRoots", Own: null, Password: null, roots);

    /// <summary>Addresses, by key, at which such roots are of no use.</summary>
    public static IEnumerable<(string Key, string Cause)> Contradictions(Secret? roots, params IEnumerable<(string Key, string Address)> addresses) =>
        from address in roots is null ? [] : addresses
        where !address.Address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        select (address.Key, "must be an https address where certificates are trusted");

    /// <summary>Why such roots cannot be used, by key.</summary>
    public static IEnumerable<(string Key, string Cause)> Unusable(Secret? roots) =>
        roots is not null && SigningCertificate.TrustedProblem(roots) is { } problem ? [("trustedRoots", problem)] : [];
}
