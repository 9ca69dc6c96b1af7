using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>What is wrong in a tenant file: where (JSON path and 1-based line) and why.</summary>
public sealed record ConfigurationError(string Path, int Line, string Cause)
{
    /// <summary>The secret that this host lacks, where that is the cause; null for what is wrong with the file.</summary>
    public string? MissingSecret { get; init; }

    [Told]
    public override string ToString() => $"{Path} (line {Line}): {Cause}";
}

/// <summary>A tenant that cannot run because of its file or its secrets. Other tenants go on.</summary>
public sealed class TenantRefusedException(string tenant, IReadOnlyList<ConfigurationError> errors)
    : Exception(Words(tenant, errors))
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;

    /// <summary>The same for people who look at runs: a file is not wrong that names secrets which other hosts have and this one lacks.</summary>
    [Told]
    public string Sentence => Errors.Count > 0 && Errors.All(error => error.MissingSecret is not null)
        ? $"A secret is missing on this host: {string.Join(", ", Errors.Select(error => error.MissingSecret).Distinct())}. The tenant file is not wrong, but this host cannot run it."
        : Message;

    [Told]
    private static string Words(string tenant, IReadOnlyList<ConfigurationError> errors) => $"Tenant {tenant} is refused: {string.Join("; ", errors)}";
}
