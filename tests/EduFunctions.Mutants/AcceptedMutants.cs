using System.Text.Json;

namespace EduFunctions.Mutants;

/// <summary>Mutants that may live, each with its reason: <c>accepted.json</c> beside this project. Known by what the code says, not by its line.</summary>
internal sealed class AcceptedMutants
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly List<Entry> _entries;

    public AcceptedMutants(string root) => _entries = JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(Path.Combine(root, "tests/EduFunctions.Mutants/accepted.json")), Web)!;

    public string? ReasonFor(Mutant mutant) =>
        _entries.Find(entry => entry.File == mutant.File && entry.Code == mutant.Code && entry.Was == mutant.Was && entry.Becomes == mutant.Becomes)?.Reason;

    /// <param name="Code">The line on which it begins.</param>
    private sealed record Entry(string File, string Code, string Was, string Becomes, string Reason);
}
