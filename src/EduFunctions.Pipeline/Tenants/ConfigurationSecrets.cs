using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>
/// Secrets of one machine: configuration <c>Secrets:name</c>, as environment variable <c>Secrets__name</c>. Shells cannot export a name
/// with hyphens, so the name with underscores in their place is taken too.
/// </summary>
public sealed class ConfigurationSecrets(IConfiguration configuration) : ISecrets
{
    public Task<string?> FindAsync(string name, CancellationToken ct) =>
        Task.FromResult(configuration[$"Secrets:{name}"] ?? configuration[$"Secrets:{name.Replace('-', '_')}"]);

    [Told]
    public string Remedy(string name) => $"set the environment variable {Variable(name)}";

    /// <summary>The environment variable that holds the secret, in a form that shells take.</summary>
    public static string Variable(string name) => $"Secrets__{name.Replace('-', '_')}";
}
