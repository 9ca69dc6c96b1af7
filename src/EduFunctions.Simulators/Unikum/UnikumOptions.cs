using System.Text;

namespace EduFunctions.Simulators.Unikum;

/// <summary>What the receiver and a municipality have agreed on.</summary>
public sealed record UnikumOptions
{
    /// <summary>Columns of the relation file.</summary>
    public string Layout { get; init; } = "{subject}\t{object}\t{type}\t{operation}";

    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string LineEnd { get; init; } = "\n";

    public string OrganisationId { get; init; } = "nordhamn";

    /// <summary>Whether people are known by civic number, and not by an alternative id.</summary>
    public bool CivicNumbers { get; init; }
}
