using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Protocols.Tls;

/// <summary>Certificates that are shown and trusted when connecting.</summary>
/// <param name="Setting">Where the own one stands in the tenant file.</param>
/// <param name="Own">Null where nobody asks for one.</param>
/// <param name="Trusted">Null where the other side's is one that the machine trusts.</param>
internal sealed record ConnectionCertificates(string Setting, Secret? Own, Secret? Password, Secret? Trusted);
